#include "evaluation/exact_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace scorelet::evaluation {
namespace {

constexpr std::uint64_t kLow32 = 0xffff'ffff;
constexpr std::uint32_t kTermsBeforeCarry = std::uint32_t{1} << 30;

ExactSum::Parts twoSum(double a, double b) noexcept {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// Dekker 1971, without a fused multiply-add.
ExactSum::Parts twoProduct(double a, double b) noexcept {
  const auto split = [](double x) -> ExactSum::Parts {
    const double wide = 134217729.0 * x;  // 2^27 + 1
    const double high = wide - (wide - x);
    return {high, x - high};
  };
  const double product = a * b;
  const auto [aHigh, aLow] = split(a);
  const auto [bHigh, bLow] = split(b);
  return {product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow};
}

}  // namespace

void ExactSum::add(double x) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto exponent = static_cast<std::uint32_t>(bits >> 52 & 0x7ff);
  if (exponent == 0x7ff) {
    special_ += x;
    return;
  }
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (exponent != 0) mantissa |= std::uint64_t{1} << 52;
  const std::uint32_t place = exponent == 0 ? 0 : exponent - 1;  // of the last bit
  const std::size_t first = place / 32;
  const std::uint32_t shift = place % 32;
  const std::uint64_t low = mantissa << shift & kLow32;
  const std::uint64_t rest = mantissa >> (32 - shift);
  const auto sign = static_cast<std::int64_t>(bits >> 63) * -2 + 1;
  digits_[first] += sign * static_cast<std::int64_t>(low);
  digits_[first + 1] += sign * static_cast<std::int64_t>(rest & kLow32);
  digits_[first + 2] += sign * static_cast<std::int64_t>(rest >> 32);
  if (++terms_ >= kTermsBeforeCarry) carry();
}

void ExactSum::add(std::span<const double> terms) noexcept {
  constexpr std::size_t kFew = 8;
  while (!terms.empty()) {
    const std::span<const double> some = terms.first(std::min(terms.size(), kTogether));
    terms = terms.subspan(some.size());
    if (some.size() < kFew) {
      for (const double x : some) add(x);
      continue;
    }
    std::array<Pair, kTogether / 2> together{};
    std::memcpy(together.data(), some.data(), some.size_bytes());
    addTogether(together);
  }
}

/// What of each term lies above some 2^-45 of the largest is cut off by adding a power of two and taking it away again,
/// and adds up without rounding (Rump, Ogita and Oishi, "Accurate floating-point summation", 2008, part I). What is
/// left of the terms, which is exact too, goes the same way, until nothing is.
void ExactSum::addTogether(std::array<Pair, kTogether / 2>& terms) noexcept {
  constexpr std::uint64_t kExponent = std::uint64_t{0x7ff} << 52;
  const auto larger = [](Pair most, Pair x) { return x > most ? x : -x > most ? -x : most; };
  Pair most{};
  for (const Pair x : terms) most = larger(most, x);
  for (;;) {
    const double limit = std::max(most[0], most[1]);
    if (limit == 0) return;
    if (!(limit > 0x1p-900 && limit < 0x1p900)) {
      for (const Pair x : terms) add(x[0]), add(x[1]);
      return;
    }
    // 64 terms of less than 2·2^e add up to at most half of 2^(e + 8), whose last digit is then a 2^52nd of the sum.
    const double cut =
        std::bit_cast<double>((std::bit_cast<std::uint64_t>(limit) & kExponent) + (std::uint64_t{8} << 52));
    Pair sum{};
    most = Pair{};
    for (Pair& x : terms) {
      const Pair high = (x + cut) - cut;
      sum += high;
      x -= high;
      most = larger(most, x);
    }
    add(sum[0] + sum[1]);
  }
}

void ExactSum::addUnits(std::int64_t units, int exponent) noexcept {
  const auto place = static_cast<std::uint32_t>(exponent + 1074);
  const std::int64_t sign = units < 0 ? -1 : 1;
  const std::uint64_t size = units < 0 ? -static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::size_t digit = place / 32;
  for (const std::uint64_t half : {size & kLow32, size >> 32}) {
    const std::uint64_t shifted = half << place % 32;
    digits_[digit] += sign * static_cast<std::int64_t>(shifted & kLow32);
    digits_[++digit] += sign * static_cast<std::int64_t>(shifted >> 32);
  }
  if ((terms_ += 2) >= kTermsBeforeCarry) carry();
}

void ExactSum::addProduct(double x, double y) noexcept {
  // Splitting overflows before the product does, and the low part of a tiny product is lost below 2^-1074.
  const auto isPlain = [](double v) { return v == 0 || (std::fabs(v) < 0x1p500 && std::fabs(v) > 0x1p-450); };
  if (!isPlain(x) || !isPlain(y)) return add(x * y);
  const auto [high, low] = twoProduct(x, y);
  add(high);
  add(low);
}

void ExactSum::carry() noexcept {
  for (std::size_t i = 0; i + 1 < kDigits; ++i) {
    digits_[i + 1] += digits_[i] >> 32;  // rounds down, so that the digit left is not negative
    digits_[i] &= static_cast<std::int64_t>(kLow32);
  }
  terms_ = 0;
}

void ExactSum::merge(const ExactSum& other) noexcept {
  ExactSum copy = other;
  copy.carry();
  carry();
  for (std::size_t i = 0; i < kDigits; ++i) digits_[i] += copy.digits_[i];
  special_ += other.special_;
  terms_ = 1;
}

double ExactSum::value() const noexcept {
  if (special_ != 0) return special_;  // NaN is not 0 either
  ExactSum whole = *this;
  whole.carry();
  const bool isNegative = whole.digits_[kDigits - 1] < 0;
  if (isNegative) {
    for (std::int64_t& digit : whole.digits_) digit = -digit;
    whole.carry();
  }
  std::size_t top = kDigits;
  while (top > 0 && whole.digits_[top - 1] == 0) --top;
  if (top == 0) return 0;
  // 64 bits from the first that is set, the last of them standing for all that follow: it rounds as the whole does.
  const auto digit = [&](std::size_t back) {
    return top >= back ? static_cast<std::uint64_t>(whole.digits_[top - back]) : std::uint64_t{0};
  };
  std::uint64_t bits = digit(1) << 32 | digit(2);
  const int zeros = std::countl_zero(bits);
  bits = bits << zeros | digit(3) << zeros >> 32;
  bool isMore = (digit(3) << zeros & kLow32) != 0;
  for (std::size_t back = 4; back <= top; ++back) isMore = isMore || digit(back) != 0;
  const double rounded = static_cast<double>(bits | static_cast<std::uint64_t>(isMore));
  const double value = std::ldexp(rounded, 32 * (static_cast<int>(top) - 2) - zeros - 1074);
  return isNegative ? -value : value;
}

ExactSum::Parts ExactSum::parts() const noexcept {
  const double high = value();
  if (!std::isfinite(high)) return {high, 0};
  ExactSum rest = *this;
  rest.add(-high);
  return {high, rest.value()};
}

double squaredDeviations(const ExactSum& sum, const ExactSum& squares, std::uint64_t count) noexcept {
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(count);
  const auto [s, sLow] = sum.parts();
  const auto [q, qLow] = squares.parts();
  // n·q - s² in twice the precision, then divided.
  const auto [left, leftLow] = twoProduct(n, q);
  const auto [right, rightLow] = twoProduct(s, s);
  const auto [difference, rest] = twoSum(left, -right);
  const double scaled = difference + (rest + ((leftLow + n * qLow) - (rightLow + 2 * s * sLow)));
  return scaled > 0 ? scaled / n : scaled == scaled ? 0 : scaled;
}

}  // namespace scorelet::evaluation
