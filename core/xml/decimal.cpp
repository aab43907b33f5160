#include "xml/decimal.hpp"

namespace scorelet::xml {

namespace {

// Powers of ten that are doubles. Digits below 2^53 times or through one of them round once, hence correctly
// (W. D. Clinger, "How to Read Floating Point Numbers Accurately", 1990).
constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kLargestPower = 22;
constexpr std::int64_t kLargestDigits = std::int64_t{1} << 53;

int power(const Decimal& d) noexcept { return (d.exponent == Decimal::kNoExponent ? 0 : d.exponent) - d.places; }

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

bool isExact(const Decimal& d) noexcept {
  return d.digits <= kLargestDigits && d.digits >= -kLargestDigits && power(d) <= kLargestPower &&
         power(d) >= -kLargestPower && d.places <= kLargestPower;
}

double value(const Decimal& d) noexcept {
  const int p = power(d);
  const auto digits = static_cast<double>(d.digits);
  return p < 0 ? digits / kPowers[-p] : digits * kPowers[p];
}

std::string print(const Decimal& d) {
  std::string out = std::to_string(d.digits < 0 ? -d.digits : d.digits);
  if (out.size() <= d.places) out.insert(0, d.places + 1 - out.size(), '0');
  if (d.places > 0) out.insert(out.size() - d.places, 1, '.');
  if (d.digits < 0) out.insert(0, 1, '-');
  if (d.exponent != Decimal::kNoExponent) out += "E" + std::to_string(static_cast<int>(d.exponent));
  return out;
}

std::optional<Decimal> decimalOf(std::string_view text) {
  Decimal d;
  std::size_t at = 0;
  const bool isNegative = text.starts_with('-');
  at += isNegative;
  bool hasPoint = false;
  for (; at < text.size() && (isDigit(text[at]) || (text[at] == '.' && !hasPoint)); ++at) {
    if (text[at] == '.') {
      hasPoint = true;
      continue;
    }
    if (d.digits > kLargestDigits / 10) return std::nullopt;
    d.digits = d.digits * 10 + (text[at] - '0');
    d.places += hasPoint;
  }
  if (isNegative) d.digits = -d.digits;
  if (at < text.size() && text[at] == 'E') {
    int exponent = 0;
    ++at;
    const bool isSmall = at < text.size() && text[at] == '-';
    at += isSmall;
    for (; at < text.size() && isDigit(text[at]) && exponent < 100; ++at) exponent = exponent * 10 + (text[at] - '0');
    d.exponent = static_cast<std::int8_t>(isSmall ? -exponent : exponent);
  }
  if (at < text.size() || !isExact(d) || print(d) != text) return std::nullopt;
  return d;
}

}  // namespace scorelet::xml
