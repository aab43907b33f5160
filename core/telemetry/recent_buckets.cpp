#include "telemetry/recent_buckets.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::telemetry {

bool RecentBuckets::cover(const counting::Extent& numbers, ExponentialHistogram& of) {
  constexpr double kLeast = 0x1p-126, kMost = 0x1p127;  // normal as floats and as doubles
  constexpr int kCoarsest = 1;                          // floats have no bucket's number below it (bucket_offsets.hpp)
  const auto [present, zeros, low, high, leastAbove, mostBelow] = numbers;
  const bool hasPositive = high > 0, hasNegative = low < 0;
  const bool isCovered =
      (!hasPositive || positive_.has(leastAbove, high)) && (!hasNegative || negative_.has(-mostBelow, -low));
  if (isCovered) return scale_ >= kCoarsest;
  if (leastAbove < kLeast || -mostBelow < kLeast || high > kMost || -low > kMost) return false;
  for (const double end : {leastAbove, high, mostBelow, low})
    if (std::isfinite(end)) of.cover(end);
  if (of.scale() != scale_) fold(of);
  scale_ = of.scale();
  const auto widen = [](Side& side, double least, double most, const ExponentialHistogram::Side& buckets) {
    side.least = std::min(side.least, least);
    side.most = std::max(side.most, most);
    side.first = buckets.offset;
  };
  if (hasPositive) widen(positive_, leastAbove, high, of.positive());
  if (hasNegative) widen(negative_, -mostBelow, -low, of.negative());
  return scale_ >= kCoarsest;
}

void RecentBuckets::fold(ExponentialHistogram& into) {
  for (Side* side : {&positive_, &negative_}) {
    side->least = std::numeric_limits<double>::infinity();
    side->most = 0;
  }
  if (blocks_ == 0) return;
  for (const bool isPositive : {true, false}) {
    const std::int64_t first = isPositive ? positive_.first : negative_.first;
    for (std::size_t i = 0; i < counting::kPlaces; ++i) {
      const std::size_t place = static_cast<std::uint64_t>(first + static_cast<std::int64_t>(i)) % counting::kPlaces;
      std::uint64_t count = 0;
      for (const auto& counters : counters_) count += counters[(isPositive ? 0 : counting::kPlaces) + place];
      if (count > 0) into.addBucket(isPositive, first + static_cast<std::int64_t>(i), scale_, count);
    }
  }
  blocks_ = 0;
  std::fill_n(&counters_[0][0], counting::kTurns * counting::kCounters, std::uint16_t{0});
}

}  // namespace scorelet::telemetry
