// What of one field's values is kept: small sums that merge.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <scorelet/telemetry/exponential_histogram.hpp>

#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"
#include "telemetry/novel_values.hpp"

namespace scorelet::telemetry {

struct FieldSums {
  std::uint64_t missing = 0, invalid = 0, outside = 0, novel = 0, numbers = 0;
  std::vector<std::uint64_t> bins;
  ExponentialHistogram histogram;
  evaluation::ExactSum sum;
  double minimum = evaluation::kNaN, maximum = evaluation::kNaN;
  NovelValues novelValues;

  struct Range {
    double low, high;
  };
  /// Valid numbers: some, at most a chunk of them. `edges` are those between `bins`, if there are any. The range of
  /// these.
  Range add(std::span<const double> some, std::span<const double> edges);
  void merge(const FieldSums& other);

 private:
  void widen(double low, double high);
};

}  // namespace scorelet::telemetry
