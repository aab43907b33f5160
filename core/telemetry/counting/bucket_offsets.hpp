// Which bucket of an exponential histogram a number lies in, from its bits.
//
// The bits of a number above 0 are already its logarithm but for the digits, which run along the chord of the curve. By
// the first 8 digits, among which at most one of the 128 buckets of a power of two ends, a table says what to add: then
// what stands above the other digits is the number of the bucket, counted from the power of two below all others.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace scorelet::telemetry::counting {

inline constexpr int kFinest = 7;                                 ///< scale: 128 buckets from a number to its double
inline constexpr std::size_t kSteps = std::size_t{1} << kFinest;  ///< these
inline constexpr int kPrefix = 8;                                 ///< digits that the table goes by

struct BucketEnds {
  double of[kSteps + 1];
};
/// 2^(i/128) from i = 0 to 128: where the finest buckets end.
inline constexpr BucketEnds kEnds = [] {
  constexpr double kRoots[] = {1.0054299011128028214,  // 2^(1/128)
                               1.0108892860517004600, 1.0218971486541166782, 1.0442737824274138403,
                               1.0905077326652576592, 1.1892071150027210667, 1.4142135623730950488};
  BucketEnds ends{};
  for (std::size_t i = 0; i < kSteps; ++i) {
    ends.of[i] = 1;
    for (std::size_t bit = 0; bit < sizeof(kRoots) / sizeof(double); ++bit)
      if ((i >> bit & 1) != 0) ends.of[i] *= kRoots[bit];
  }
  ends.of[kSteps] = 2;
  return ends;
}();

/// No array of the library: what it is made of are functions (kernel.hpp).
template <class Bits>
struct BucketOffsets {
  static constexpr std::size_t kSize = std::size_t{1} << kPrefix;
  Bits of[kSize];
};

/// Of numbers with so many digits. Exact powers of two end the bucket before. A bucket's end that has more digits is
/// cut: no number lies between the two.
template <class Bits, int kDigits>
inline constexpr BucketOffsets<Bits> kBucketOffsets = [] {
  constexpr std::uint64_t kDigitsOnly = (std::uint64_t{1} << 52) - 1;
  BucketOffsets<Bits> table{};
  std::size_t step = 0;
  for (std::size_t i = 0; i < table.kSize; ++i) {
    // The bucket of the first number that begins so, and where it ends: at these digits, or beyond all that begin
    // alike.
    const double first = 1 + static_cast<double>(i) / static_cast<double>(table.kSize);
    while (step < kSteps && kEnds.of[step] < first) ++step;
    const std::uint64_t end = (std::bit_cast<std::uint64_t>(kEnds.of[step]) & kDigitsOnly) >> (52 - kDigits);
    const bool endsHere = step < kSteps && end >> (kDigits - kPrefix) == i;
    const auto bucket = static_cast<Bits>(step + kSteps - 1) << (kDigits - kFinest);
    const auto prefix = static_cast<Bits>(i) << (kDigits - kPrefix);
    const auto after = (Bits{1} << (kDigits - kFinest)) - 1 - (static_cast<Bits>(end) - prefix);
    table.of[i] = static_cast<Bits>(bucket - prefix + (endsHere ? after : 0));
  }
  return table;
}();

/// The finest bucket that a double above 0, not a subnormal one, lies in.
[[nodiscard]] constexpr std::int64_t finestBucket(std::uint64_t bits) noexcept {
  constexpr std::int64_t kFirst = 1024 * static_cast<std::int64_t>(kSteps);
  const std::uint64_t offset = kBucketOffsets<std::uint64_t, 52>.of[bits >> (52 - kPrefix) & 0xff];
  return static_cast<std::int64_t>((bits + offset) >> (52 - kFinest)) - kFirst;
}

}  // namespace scorelet::telemetry::counting
