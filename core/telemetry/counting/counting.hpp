// What a column of numbers adds to a window, counted a block at a time in passes that ask the same of each number:
// registers hold 4 to 8 of them, and no jump depends on one.
//
// All of it is counts and sums of whole numbers: the bits are the same on every processor and for every size of block.
// A column whose numbers are all floats, as most are, is counted as floats: twice as many fit into a register.
#pragma once

#include <cstddef>
#include <cstdint>

namespace scorelet::telemetry::counting {

inline constexpr std::size_t kBlock = 256;  ///< numbers that are counted together at most
inline constexpr std::size_t kFilled = 8;   ///< blocks are filled up with NaN to a multiple of this
inline constexpr std::size_t kEdges = 3;    ///< that are counted together; likewise filled up
inline constexpr int kFinerBy = 50;         ///< digits between the two sums

/// Where the numbers of a block lie; NaN is none.
struct Extent {
  std::size_t present = 0, zeros = 0;
  double low = 0, high = 0;              ///< infinite the wrong way round where there are none, as the other two are
  double leastAbove = 0, mostBelow = 0;  ///< zero
};

/// Counts of buckets: 256 places of each sign, to which a bucket comes by the last 8 bits of its number, and 8 for what
/// is in no bucket. Two of each, in turn: a number that comes again and again would wait for its own count.
inline constexpr std::size_t kPlaces = 256, kCounters = 2 * kPlaces + 8, kTurns = 2;

/// The sum is units·2^exponent + finer·2^(exponent - kFinerBy).
struct Sum {
  std::int64_t units = 0, finer = 0;
};

/// `n` is a multiple of kFilled, at most kBlock.
template <class Number>
struct Passes {
  /// reached[i]: how many numbers are at least edges[i].
  void (*reach)(const Number* x, std::size_t n, const Number* edges, std::size_t count, std::uint32_t* reached);
  /// Numbers whose places lie within one window of 256 buckets of either sign; scale from 1 to 7.
  void (*place)(const Number* x, std::size_t n, int scale, std::uint16_t (*counters)[kCounters]);
  /// Numbers below 2^(exponent + 50) whose last digits are at least 2^exponent, or `isFiner` 2^(exponent - kFinerBy).
  void (*add)(const Number* x, std::size_t n, int exponent, bool isFiner, Sum& out);
};

struct Kernel {
  void (*measure)(const double* x, std::size_t n, Extent& out);
  /// Rounds to floats and measures these; whether each is the same number.
  bool (*measureFloats)(const double* x, std::size_t n, float* floats, Extent& out);
  Passes<float> ofFloats;
  Passes<double> ofDoubles;
};

/// The fastest that the processor runs.
[[nodiscard]] const Kernel& fastest() noexcept;

}  // namespace scorelet::telemetry::counting
