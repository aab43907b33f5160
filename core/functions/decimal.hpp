// The exact decimal expansion of a double, for formatNumber.
#pragma once

#include <string>

namespace scorelet::functions {

/// digits[0].digits[1]digits[2]… × 10^exponent, without trailing zeros; zero has no digits.
struct Decimal {
  std::string digits;
  int exponent = 0;

  /// The exact value of a finite, non-negative double.
  static Decimal of(double x);
  /// Rounds to `places` digits after the decimal point (negative: before it); ties to even, as C prints.
  void roundToPlaces(int places);
  /// The digit that counts 10^power.
  [[nodiscard]] char at(int power) const noexcept {
    const int i = exponent - power;
    return i >= 0 && i < static_cast<int>(digits.size()) ? digits[static_cast<std::size_t>(i)] : '0';
  }
};

}  // namespace scorelet::functions
