// Counts of a histogram's buckets in two bytes each, before they are added to it.
#pragma once

#include <cstdint>
#include <limits>

#include <scorelet/telemetry/exponential_histogram.hpp>

#include "telemetry/counting/counting.hpp"

namespace scorelet::telemetry {

class RecentBuckets {
 public:
  /// Makes the histogram cover a block of numbers. False: it is to be asked for each of them.
  [[nodiscard]] bool cover(const counting::Extent& numbers, ExponentialHistogram& of);
  /// A block that is covered.
  template <class Number>
  void add(const counting::Passes<Number>& passes, const Number* x, std::size_t n, ExponentialHistogram& of) {
    if (blocks_ == kMostBlocks) fold(of);
    ++blocks_;
    passes.place(x, n, scale_, counters_);
  }
  /// Before anybody looks at the histogram, or adds to it in another way.
  void fold(ExponentialHistogram& into);

 private:
  static constexpr std::uint32_t kMostBlocks = 0xffff / (counting::kBlock / counting::kTurns);  // no counter runs over

  /// The numbers of one sign that have been here, without it, and the first bucket of the histogram.
  struct Side {
    double least = std::numeric_limits<double>::infinity(), most = 0;
    std::int64_t first = 0;
    [[nodiscard]] bool has(double low, double high) const noexcept { return low >= least && high <= most; }
  };
  Side positive_, negative_;
  int scale_ = 0;
  std::uint32_t blocks_ = 0;
  std::uint16_t counters_[counting::kTurns][counting::kCounters] = {};
};

}  // namespace scorelet::telemetry
