// ClusteringModel (spec: Clustering Models): every cluster gets an affinity, the best one wins.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "compile/model.hpp"
#include "models/comparison/comparison.hpp"

namespace scorelet::models::clustering {

using program::Frame;
using program::Slot;

/// modelClass="centerBased": the affinity of a cluster is the comparison with its centre.
struct CenterStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override {
    return measure.bytes() + centers.coordinates.size() * sizeof(Value);
  }
  comparison::Measure measure;
  comparison::Points centers;
  std::vector<Slot> affinities;  ///< per cluster
};

/// How a field's values are distributed in one cluster.
struct Distribution {
  double mean = 0, deviation = 1;    ///< continuous
  std::vector<double> logFrequency;  ///< categorical, parallel to `DistributedField::values`
};
struct DistributedField {
  Slot slot = compile::kNoSlot;
  bool isContinuous = true;
  std::vector<Value> values;
  std::vector<Distribution> clusters;
};

/// modelClass="distributionBased": the affinity of a cluster is its probability, given the record's values.
struct DistributionStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;
  std::vector<DistributedField> fields;
  std::vector<double> logShare;  ///< of each cluster, by its size
  std::vector<Slot> affinities;
};
[[nodiscard]] std::unique_ptr<DistributionStep> readDistributions(compile::ModelContext& context);

/// The winner: the first of the best.
struct WinnerStep final : program::Step {
  void run(const Frame& frame) const override;
  std::vector<Slot> affinities;
  bool isSimilarity = false;
  struct Answer {
    std::vector<Value> of;  ///< per cluster
    Slot to;
  };
  std::vector<Answer> answers;  ///< id, value, name
};

/// Clusters by rank: what `of` says of them, or their affinity.
struct RankStep final : program::Step {
  void run(const Frame& frame) const override;
  std::vector<Slot> affinities;
  bool isSimilarity = false;
  std::vector<Value> of;  ///< empty: the affinity
  program::Ranks ranks;
  Slot to = compile::kNoSlot;
};

}  // namespace scorelet::models::clustering
