// What of one field's values is kept: small sums that merge.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <scorelet/telemetry/exponential_histogram.hpp>

#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"
#include "telemetry/novel_values.hpp"
#include "telemetry/number_block.hpp"
#include "telemetry/recent_buckets.hpp"

namespace scorelet::telemetry {

/// Between the bins of numbers: as they are and, for floats, the least that is not below each. Filled up for `reach`.
class Edges {
 public:
  Edges() = default;
  explicit Edges(std::span<const double> edges);
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const double* from(std::size_t i, double /*as*/) const noexcept { return &doubles_[i]; }
  [[nodiscard]] const float* from(std::size_t i, float /*as*/) const noexcept { return &floats_[i]; }

 private:
  std::size_t size_ = 0;
  std::vector<double> doubles_;
  std::vector<float> floats_;
};

struct FieldSums {
  std::uint64_t missing = 0, invalid = 0, outside = 0, novel = 0, numbers = 0;
  std::vector<std::uint64_t> bins;
  ExponentialHistogram histogram;  ///< after `fold`
  evaluation::ExactSum sum;
  double minimum = evaluation::kNaN, maximum = evaluation::kNaN;
  NovelValues novelValues;
  std::unique_ptr<RecentBuckets> recent;  ///< of numbers
  bool areFloats = true;                  ///< so far

  /// Finite numbers. `edges` are those between `bins`, if there are any.
  void add(const NumberBlock& block, const Edges& edges);
  void fold() {
    if (recent != nullptr) recent->fold(histogram);
  }
  /// Both are folded.
  void merge(const FieldSums& other);

 private:
  void addToBins(const NumberBlock& block, const Edges& edges);
  void addToHistogram(const NumberBlock& block);
  void addToSum(const NumberBlock& block);
  void widen(double low, double high);
};

}  // namespace scorelet::telemetry
