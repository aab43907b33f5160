// TimeSeries: stored values at consecutive times (spec: TimeSeries, TimeValue).
#pragma once

#include <vector>

#include "compile/model.hpp"
#include "models/time_series/transformation.hpp"

namespace scorelet::models::time_series {

struct Series {
  xml::Element at;
  double first = 1;            ///< index of the first value
  std::vector<double> values;  ///< one for each index from there on, gaps filled
  [[nodiscard]] explicit operator bool() const noexcept { return !values.empty(); }
  [[nodiscard]] double last() const noexcept { return first + static_cast<double>(values.size()) - 1; }
};

/// One TimeSeries element; empty after a report.
[[nodiscard]] Series readSeries(compile::Builder& builder, xml::Element timeSeries);

/// The stored history of `field` in the model: its logical series, else the original one; empty if there is none.
/// A series without a field is that of the target.
[[nodiscard]] Series readHistory(compile::ModelContext& context, std::string_view field);

/// Takes the values to the model's scale; reports the first one that has no place there.
void transform(Series& series, Transformation transformation);

}  // namespace scorelet::models::time_series
