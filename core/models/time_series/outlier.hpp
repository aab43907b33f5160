// OutlierEffect: known interventions, on the model's scale.
#pragma once

#include <vector>

#include "compile/model.hpp"
#include "models/time_series/lags.hpp"

namespace scorelet::models::time_series {

struct Outlier {
  enum class Type : std::uint8_t { additive, level, transient, seasonalAdditive, trend, innovational } type;
  double start = 0, magnitude = 0, damping = 1;
  std::uint32_t period = 0;

  /// What it adds at time `t`; of the innovational one only the shock itself, which the model carries on.
  [[nodiscard]] double at(double t) const noexcept;
};

/// All OutlierEffects of `arima`; `period` is the length of a season, 0 if there is none.
[[nodiscard]] std::vector<Outlier> readOutliers(xml::Element arima, std::uint32_t period);

}  // namespace scorelet::models::time_series
