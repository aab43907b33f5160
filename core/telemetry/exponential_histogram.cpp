#include <scorelet/telemetry/exponential_histogram.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "base/math.hpp"

namespace scorelet::telemetry {

namespace {

constexpr std::size_t kSteps = std::size_t{1} << ExponentialHistogram::kFinest;

/// 2^(i/128) from i = 0 to 128: where the finest buckets end.
constexpr std::array<double, kSteps + 1> kEnds = [] {
  constexpr double kRoots[] = {1.0054299011128028214,  // 2^(1/128)
                               1.0108892860517004600, 1.0218971486541166782, 1.0442737824274138403,
                               1.0905077326652576592, 1.1892071150027210667, 1.4142135623730950488};
  std::array<double, kSteps + 1> ends{};
  for (std::size_t i = 0; i < kSteps; ++i) {
    ends[i] = 1;
    for (std::size_t bit = 0; bit < std::size(kRoots); ++bit)
      if ((i >> bit & 1) != 0) ends[i] *= kRoots[bit];
  }
  ends[kSteps] = 2;
  return ends;
}();

/// In which of the finest buckets of its power of two a mantissa lies that begins with these 8 bits and zeros.
constexpr std::array<std::uint8_t, 256> kFirst = [] {
  std::array<std::uint8_t, 256> first{};
  std::size_t step = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    while (kEnds[step + 1] < 1 + static_cast<double>(i) / 256) ++step;
    first[i] = static_cast<std::uint8_t>(step);
  }
  return first;
}();

/// The finest bucket that `x`, above 0, lies in. Exact powers of two end a bucket.
std::int64_t finestIndex(double x) noexcept {
  constexpr std::uint64_t kOne = 0x3FF0'0000'0000'0000u;  // bits of 1.0
  const bool isSubnormal = x < 0x1p-1022;
  const auto bits = std::bit_cast<std::uint64_t>(isSubnormal ? x * 0x1p54 : x);
  const std::int64_t exponent = static_cast<std::int64_t>(bits >> 52) - 1023 - (isSubnormal ? 54 : 0);
  const std::uint64_t digits = bits & ((std::uint64_t{1} << 52) - 1);
  const std::int64_t first = exponent * static_cast<std::int64_t>(kSteps);
  if (digits == 0) return first - 1;
  const auto mantissa = std::bit_cast<double>(kOne | digits);
  std::size_t step = kFirst[digits >> 44];
  while (mantissa > kEnds[step + 1]) ++step;
  return first + static_cast<std::int64_t>(step);
}

std::uint64_t sum(const std::vector<std::uint64_t>& counts) noexcept {
  std::uint64_t total = 0;
  for (const std::uint64_t n : counts) total += n;
  return total;
}

}  // namespace

ExponentialHistogram::ExponentialHistogram(int scale) : scale_(std::clamp(scale, 0, kFinest)) {}

void ExponentialHistogram::add(double x) {
  if (x == 0) {
    ++zeros_;
    return;
  }
  Side& side = x > 0 ? positive_ : negative_;
  const std::int64_t index = finestIndex(std::fabs(x)) >> (kFinest - scale_);
  const auto place = static_cast<std::uint64_t>(index - side.offset);
  if (place < side.counts.size())
    ++side.counts[static_cast<std::size_t>(place)];
  else
    add(side, index, 1);
}

/// Scales fall below 0, where one bucket holds several powers of two.
void ExponentialHistogram::add(Side& side, std::int64_t index, std::uint64_t count) {
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
  while (scale_ > other.scale_) coarsen();
  for (const bool isPositive : {true, false}) {
    const Side& from = isPositive ? other.positive_ : other.negative_;
    for (std::size_t k = 0; k < from.counts.size(); ++k) {
      // The scale may fall from one bucket to the next.
      const std::int64_t index = (from.offset + static_cast<std::int64_t>(k)) >> (other.scale_ - scale_);
      if (from.counts[k] > 0) add(isPositive ? positive_ : negative_, index, from.counts[k]);
    }
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
