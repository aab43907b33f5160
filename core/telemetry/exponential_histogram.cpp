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

constexpr std::uint64_t kDigitsOnly = (std::uint64_t{1} << 52) - 1;

/// By the first 8 of the 52 digits of a mantissa, among which at most one bucket ends: added to the digits, it has the
/// bucket within the power of two above bit 52. Exact powers of two end the bucket before.
constexpr std::array<std::int64_t, 256> kSteps52 = [] {
  std::array<std::int64_t, 256> table{};
  std::size_t step = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    // The bucket of the first mantissa, and where it ends: at this digit, or beyond those that begin alike.
    const double first = 1 + static_cast<double>(i) / 256;
    while (step < kSteps && kEnds[step] < first) ++step;
    const std::uint64_t end = std::bit_cast<std::uint64_t>(kEnds[step]) & kDigitsOnly;
    const bool endsHere = step < kSteps && end >> 44 == i;
    const auto bucket = (static_cast<std::int64_t>(step) - 1) * (std::int64_t{1} << 52);
    table[i] = endsHere ? bucket + static_cast<std::int64_t>(kDigitsOnly - end)
                        : bucket - static_cast<std::int64_t>(std::uint64_t{i} << 44);
  }
  return table;
}();

/// The finest bucket that a number above 0 with these bits lies in.
std::int64_t finestIndex(std::uint64_t bits) noexcept {
  const std::uint64_t digits = bits & kDigitsOnly;
  const std::int64_t exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  return exponent * static_cast<std::int64_t>(kSteps) +
         ((static_cast<std::int64_t>(digits) + kSteps52[digits >> 44]) >> 52);
}

std::uint64_t sum(const std::vector<std::uint64_t>& counts) noexcept {
  std::uint64_t total = 0;
  for (const std::uint64_t n : counts) total += n;
  return total;
}

}  // namespace

ExponentialHistogram::ExponentialHistogram(int scale) : scale_(std::clamp(scale, 0, kFinest)) {}

void ExponentialHistogram::add(std::span<const double> some) {
  struct Open {
    std::uint64_t* counts;
    std::uint64_t size;
    std::int64_t offset;
  };
  const auto open = [](Side& side) { return Open{side.counts.data(), side.counts.size(), side.offset}; };
  Open sides[] = {open(positive_), open(negative_)};
  int shift = kFinest - scale_;
  for (const double x : some) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t size = bits << 1 >> 1;
    const Open& side = sides[bits >> 63];
    const auto place = static_cast<std::uint64_t>((finestIndex(size) >> shift) - side.offset);
    if (place < side.size && size >> 52 != 0) {
      ++side.counts[place];
      continue;
    }
    addUnusual(x);
    sides[0] = open(positive_);
    sides[1] = open(negative_);
    shift = kFinest - scale_;
  }
}

/// Zeros, subnormal numbers, and what is beyond the buckets.
void ExponentialHistogram::addUnusual(double x) {
  if (x == 0) {
    ++zeros_;
    return;
  }
  const double size = std::fabs(x);
  const std::int64_t index = size < 0x1p-1022
                                 ? finestIndex(std::bit_cast<std::uint64_t>(size * 0x1p54)) - std::int64_t{54} * kSteps
                                 : finestIndex(std::bit_cast<std::uint64_t>(size));
  add(x > 0 ? positive_ : negative_, index >> (kFinest - scale_), 1);
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
