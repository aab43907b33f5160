// Sums and averages over trees in their fast form: one step instead of one per segment.
#pragma once

#include <vector>

#include "models/mining/mining.hpp"
#include "models/tree/split_tree.hpp"

namespace scorelet::models::mining {

struct ForestStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  struct Member {
    tree::SplitTree splits;
    std::vector<double> scores;  ///< per node; missing where a node has none
    double weight = 1;
  };
  std::vector<Member> trees;
  Method method = Method::sum;  ///< sum, weightedSum, average or weightedAverage
  MissingPrediction missingPrediction = MissingPrediction::carryOn;
  double missingThreshold = 1;
  bool isFloat = false;
  Slot value = kNoSlot;

 private:
  Value score(const Frame& frame, std::size_t row) const;
};

}  // namespace scorelet::models::mining
