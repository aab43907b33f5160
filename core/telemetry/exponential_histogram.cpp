#include <scorelet/telemetry/exponential_histogram.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "base/math.hpp"
#include "telemetry/counting/bucket_offsets.hpp"

namespace scorelet::telemetry {

namespace {

static_assert(ExponentialHistogram::kFinest == counting::kFinest);

std::uint64_t sum(const std::vector<std::uint64_t>& counts) noexcept {
  std::uint64_t total = 0;
  for (const std::uint64_t n : counts) total += n;
  return total;
}

}  // namespace

ExponentialHistogram::ExponentialHistogram(int scale) : scale_(std::clamp(scale, 0, kFinest)) {}

std::int64_t ExponentialHistogram::bucketOf(double x) const noexcept {
  const double size = std::fabs(x);
  const std::int64_t finest = size < 0x1p-1022 ? counting::finestBucket(std::bit_cast<std::uint64_t>(size * 0x1p54)) -
                                                     std::int64_t{54} * static_cast<std::int64_t>(counting::kSteps)
                                               : counting::finestBucket(std::bit_cast<std::uint64_t>(size));
  return finest >> (kFinest - scale_);
}

void ExponentialHistogram::add(double x) {
  if (x == 0)
    ++zeros_;
  else
    add(x > 0 ? positive_ : negative_, bucketOf(x), 1);
}

void ExponentialHistogram::cover(double x) {
  if (x != 0) add(x > 0 ? positive_ : negative_, bucketOf(x), 0);
}

void ExponentialHistogram::addBucket(bool isPositive, std::int64_t index, int scale, std::uint64_t count) {
  while (scale_ > scale) coarsen();
  add(isPositive ? positive_ : negative_, index >> (scale - scale_), count);
}

/// Scales fall below 0, where one bucket holds several powers of two.
void ExponentialHistogram::add(Side& side, std::int64_t index, std::uint64_t count) {
  if (const auto place = static_cast<std::uint64_t>(index - side.offset); place < side.counts.size()) {
    side.counts[place] += count;
    return;
  }
  if (side.counts.empty()) side.offset = static_cast<std::int32_t>(index);
  for (;;) {
    const std::int64_t first = std::min<std::int64_t>(side.offset, index);
    const std::int64_t last =
        std::max<std::int64_t>(side.offset + static_cast<std::int64_t>(side.counts.size()) - 1, index);
    if (last - first < static_cast<std::int64_t>(kBuckets)) {
      const auto before = static_cast<std::size_t>(side.offset - first);
      if (before > 0) side.counts.insert(side.counts.begin(), before, 0);
      side.offset = static_cast<std::int32_t>(first);
      side.counts.resize(static_cast<std::size_t>(last - first) + 1);
      side.counts[static_cast<std::size_t>(index - first)] += count;
      return;
    }
    coarsen();
    index >>= 1;
  }
}

void ExponentialHistogram::coarsen() {
  for (Side* side : {&positive_, &negative_}) {
    if (side->counts.empty()) continue;
    const std::int64_t first = side->offset, halved = first >> 1;
    const std::int64_t last = (first + static_cast<std::int64_t>(side->counts.size()) - 1) >> 1;
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(last - halved) + 1);
    for (std::size_t k = 0; k < side->counts.size(); ++k)
      counts[static_cast<std::size_t>(((first + static_cast<std::int64_t>(k)) >> 1) - halved)] += side->counts[k];
    side->offset = static_cast<std::int32_t>(halved);
    side->counts = std::move(counts);
  }
  --scale_;
}

void ExponentialHistogram::merge(const ExponentialHistogram& other) {
  zeros_ += other.zeros_;
  while (scale_ > other.scale_) coarsen();  // even if there is no bucket
  for (const bool isPositive : {true, false}) {
    const Side& from = isPositive ? other.positive_ : other.negative_;
    for (std::size_t k = 0; k < from.counts.size(); ++k)  // the scale may fall from one bucket to the next
      if (from.counts[k] > 0)
        addBucket(isPositive, from.offset + static_cast<std::int64_t>(k), other.scale_, from.counts[k]);
  }
}

std::uint64_t ExponentialHistogram::count() const noexcept {
  return zeros_ + sum(positive_.counts) + sum(negative_.counts);
}

std::optional<ExponentialHistogram> ExponentialHistogram::restored(int scale, std::uint64_t zeros, Side positive,
                                                                   Side negative) {
  constexpr int kCoarsest = -10;  // two buckets hold all doubles
  constexpr std::int32_t kFarthest = 1 << 20;
  if (scale < kCoarsest || scale > kFinest) return std::nullopt;
  for (const Side* side : {&positive, &negative})
    if (side->counts.size() > kBuckets || side->offset < -kFarthest || side->offset > kFarthest) return std::nullopt;
  ExponentialHistogram out;
  out.scale_ = scale;
  out.zeros_ = zeros;
  out.positive_ = std::move(positive);
  out.negative_ = std::move(negative);
  return out;
}

double ExponentialHistogram::valueOf(std::int64_t index) const {
  const double x = dm::exp2(std::ldexp(static_cast<double>(index) + 0.5, -scale_));
  return std::min(x, std::numeric_limits<double>::max());
}

double ExponentialHistogram::quantile(double p) const {
  const std::uint64_t n = count();
  if (n == 0 || !(p >= 0 && p <= 1)) return std::numeric_limits<double>::quiet_NaN();
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(n))));
  std::uint64_t seen = 0;
  for (std::size_t k = negative_.counts.size(); k-- > 0;)
    if ((seen += negative_.counts[k]) >= rank) return -valueOf(negative_.offset + static_cast<std::int64_t>(k));
  if ((seen += zeros_) >= rank) return 0;
  for (std::size_t k = 0; k < positive_.counts.size(); ++k)
    if ((seen += positive_.counts[k]) >= rank) return valueOf(positive_.offset + static_cast<std::int64_t>(k));
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace scorelet::telemetry
