#include "functions/decimal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace scorelet::functions {

namespace {

/// A whole number in limbs of nine decimal digits, least first. 767 digits are the most a double needs.
struct BigDecimal {
  static constexpr std::uint32_t kBase = 1'000'000'000;
  std::uint32_t limbs[90] = {};
  int size = 0;

  explicit BigDecimal(std::uint64_t n) {
    for (; n > 0; n /= kBase) limbs[size++] = static_cast<std::uint32_t>(n % kBase);
  }
  void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (int i = 0; i < size; ++i) {
      carry += std::uint64_t{limbs[i]} * factor;
      limbs[i] = static_cast<std::uint32_t>(carry % kBase);
      carry /= kBase;
    }
    if (carry > 0) limbs[size++] = static_cast<std::uint32_t>(carry);
  }
  /// Multiplies by `base` to the `power`, in steps of `chunk` = base^chunkPower.
  void multiplyPower(std::uint32_t base, int power, std::uint32_t chunk, int chunkPower) {
    for (; power >= chunkPower; power -= chunkPower) multiply(chunk);
    for (; power > 0; --power) multiply(base);
  }
  [[nodiscard]] std::string digits() const {
    std::string out;
    for (int i = size - 1; i >= 0; --i)
      for (std::uint32_t unit = kBase / 10; unit > 0; unit /= 10) out += static_cast<char>('0' + limbs[i] / unit % 10);
    return out.substr(std::min(out.find_first_not_of('0'), out.size()));
  }
};

void dropZeros(std::string& digits) { digits.resize(digits.find_last_not_of('0') + 1); }

}  // namespace

Decimal Decimal::of(double x) {
  int power = 0;
  const double fraction = std::frexp(x, &power);
  auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  power -= 53;
  while (mantissa != 0 && mantissa % 2 == 0 && power < 0) {
    mantissa /= 2;
    ++power;
  }
  BigDecimal n(static_cast<std::uint64_t>(mantissa));
  // mantissa × 2^power; a negative power is mantissa × 5^-power with the point moved.
  if (power >= 0)
    n.multiplyPower(2, power, 1u << 29, 29);
  else
    n.multiplyPower(5, -power, 244'140'625, 12);
  Decimal d;
  d.digits = n.digits();
  d.exponent = static_cast<int>(d.digits.size()) - 1 + (power < 0 ? power : 0);
  if (d.digits.empty()) d.exponent = 0;
  dropZeros(d.digits);
  return d;
}

void Decimal::roundToPlaces(int places) {
  const int keep = exponent + 1 + places;
  if (keep >= static_cast<int>(digits.size())) return;
  if (keep < 0) {
    digits.clear();
    exponent = 0;
    return;
  }
  const auto cut = static_cast<std::size_t>(keep);
  const bool isTie = digits[cut] == '5' && cut + 1 == digits.size();  // no trailing zeros
  const bool isOdd = cut > 0 && (digits[cut - 1] - '0') % 2 == 1;
  bool carries = isTie ? isOdd : digits[cut] >= '5';
  digits.resize(cut);
  for (std::size_t i = cut; carries && i > 0; --i) {
    carries = digits[i - 1] == '9';
    digits[i - 1] = carries ? '0' : static_cast<char>(digits[i - 1] + 1);
  }
  if (carries) {
    digits.insert(digits.begin(), '1');
    ++exponent;
  }
  dropZeros(digits);
  if (digits.empty()) exponent = 0;
}

}  // namespace scorelet::functions
