// Sums of doubles without any rounding until the result is asked for: the order of the terms does not matter, and sums
// of parts add up to the sum of the whole, to the bit.
//
// The sum is one whole number of 2^-1074ths, the smallest double, held in digits of 32 bits that may run over for a
// while (Neal, "Fast exact summation using small and large superaccumulators", 2015).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace scorelet::evaluation {

class ExactSum {
 public:
  void add(double x) noexcept;
  /// The same as one by one, in a third of the time where they are of similar size.
  void add(std::span<const double> terms) noexcept;
  /// units·2^exponent; exponent from -1074 to 900.
  void addUnits(std::int64_t units, int exponent) noexcept;
  /// x·y, exactly.
  void addProduct(double x, double y) noexcept;
  void merge(const ExactSum& other) noexcept;
  /// Rounded once, to nearest; infinite or NaN where a term was.
  [[nodiscard]] double value() const noexcept;

  /// The value as two doubles: `low` is what rounding to `high` left.
  struct Parts {
    double high, low;
  };
  [[nodiscard]] Parts parts() const noexcept;

 private:
  static constexpr std::size_t kDigits = 68;  // 2^-1074 to 2^1024, and room for 2^30 terms
  static constexpr std::size_t kTogether = 64;
  using Pair = double __attribute__((vector_size(16)));
  void addTogether(std::array<Pair, kTogether / 2>& terms) noexcept;
  void carry() noexcept;

  std::array<std::int64_t, kDigits> digits_{};
  std::uint32_t terms_ = 0;  // since the digits were last within 32 bits
  double special_ = 0;       // the sum of the terms that are not finite
};

/// Σ(x - mean)², from Σx, Σx² and the number of terms, without the loss of digits of the textbook formula.
[[nodiscard]] double squaredDeviations(const ExactSum& sum, const ExactSum& squares, std::uint64_t count) noexcept;

}  // namespace scorelet::evaluation
