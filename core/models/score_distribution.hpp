// ScoreDistribution: how the training records of a Node or rule are spread over the classes (spec: Trees).
#pragma once

#include <vector>

#include "base/distinct_values.hpp"
#include "compile/model.hpp"

namespace scorelet::models {

struct ScoreDistribution {
  std::vector<double> counts, probabilities, confidences;  ///< one per category; empty where there is no such element
  double total = 0;
  Value dominant = missing();  ///< the first class with the highest recordCount
  [[nodiscard]] bool empty() const noexcept { return counts.empty(); }
};

/// @recordCount of a Node, rule or ScoreDistribution: finite and not below 0; reported otherwise.
[[nodiscard]] double readRecordCount(xml::Element e);

/// Adds the classes that `e` names in its @score and its ScoreDistribution elements to those that are known.
void collectCategories(compile::ModelContext& context, xml::Element e, DistinctValues& categories);

/// The ScoreDistribution children of `e`. Probabilities and confidences that are not given are shares of the records.
class ScoreDistributionReader {
 public:
  explicit ScoreDistributionReader(compile::ModelContext& context) : context_(context) {}
  /// Until the next one is read.
  [[nodiscard]] const ScoreDistribution& read(xml::Element e, const DistinctValues& categories);

 private:
  struct Row {
    xml::Element at;
    std::uint32_t category;
    double count;
  };
  compile::ModelContext& context_;
  std::vector<Row> rows_;
  ScoreDistribution out_;
};

}  // namespace scorelet::models
