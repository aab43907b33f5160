#include "formulas/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <scorelet/records.hpp>

#include "base/number.hpp"
#include "functions/decimal.hpp"

namespace scorelet::formulas {

namespace {

using functions::Decimal;

enum class Direction : std::uint8_t { nearest, outward, inward };  // away from zero, towards it

/// The digits of the shortest text of |x|.
Decimal shortest(double x) {
  std::string s;
  appendNumber(s, std::fabs(x));
  Decimal out;
  int exponent = 0;
  if (const std::size_t e = s.find_first_of("eE"); e != std::string::npos) {
    exponent = static_cast<int>(parseInteger(s[e + 1] == '+' ? s.substr(e + 2) : s.substr(e + 1)).value_or(0));
    s.resize(e);
  }
  const std::size_t point = std::min(s.find('.'), s.size());
  out.exponent = exponent + static_cast<int>(point) - 1;
  for (const char c : s)
    if (c != '.') out.digits += c;
  const std::size_t zeros = std::min(out.digits.find_first_not_of('0'), out.digits.size());
  out.digits.erase(0, zeros);
  out.exponent -= static_cast<int>(zeros);
  while (!out.digits.empty() && out.digits.back() == '0') out.digits.pop_back();
  return out;
}

std::string print(const Decimal& d, bool isNegative) {
  constexpr int kLeast = -5, kMost = 20;  // beyond: with an exponent
  if (d.digits.empty()) return "0";
  std::string out = isNegative ? "-" : "";
  const int n = static_cast<int>(d.digits.size());
  if (d.exponent < kLeast || d.exponent > kMost) {
    out += d.digits[0];
    if (n > 1) out += '.' + d.digits.substr(1);
    return out + 'E' + std::to_string(d.exponent);
  }
  if (d.exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-d.exponent - 1), '0') + d.digits;
  for (int i = 0; i <= std::max(d.exponent, n - 1); ++i) {
    if (i == d.exponent + 1) out += '.';
    out += i < n ? d.digits[static_cast<std::size_t>(i)] : '0';
  }
  return out;
}

double round(double x, int digits, Direction direction) {
  if (x == 0 || !std::isfinite(x)) return x;
  Decimal d = shortest(x);
  if (static_cast<int>(d.digits.size()) <= digits) return x;
  const char next = d.digits[static_cast<std::size_t>(digits)];
  const bool up = direction == Direction::outward || (direction == Direction::nearest && next >= '5');
  d.digits.resize(static_cast<std::size_t>(digits));
  if (up) {
    std::size_t i = d.digits.size();
    while (i > 0 && d.digits[i - 1] == '9') d.digits[--i] = '0';
    if (i > 0) {
      ++d.digits[i - 1];
    } else {
      d.digits.insert(0, 1, '1');
      ++d.exponent;
    }
  }
  while (!d.digits.empty() && d.digits.back() == '0') d.digits.pop_back();
  return parseDouble(print(d, x < 0)).value_or(x);
}

}  // namespace

std::string numberText(double x) { return print(shortest(x), x < 0); }
double rounded(double x) { return round(x, kDigits, Direction::nearest); }
double roundedUp(double x) { return round(x, kDigits, x > 0 ? Direction::outward : Direction::inward); }
double roundedDown(double x) { return round(x, kDigits, x > 0 ? Direction::inward : Direction::outward); }

bool isShorter(double a, double b) { return shortest(a).digits.size() < shortest(b).digits.size(); }

double betweenFloats(double x) {
  const auto f = static_cast<float>(x);
  // The greatest float below x, and the least that is not.
  const float upper = static_cast<double>(f) < x ? std::nextafter(f, std::numeric_limits<float>::infinity()) : f;
  const double low = std::nextafter(upper, -std::numeric_limits<float>::infinity()), high = upper;
  if (!std::isfinite(low)) return roundedUp(x);
  const double middle = low + (high - low) / 2;
  for (int digits = 1; digits <= kDigits; ++digits)
    for (const Direction direction : {Direction::nearest, Direction::outward, Direction::inward})
      if (const double r = round(middle, digits, direction); r > low && r <= high) return r;
  return roundedUp(x);
}

}  // namespace scorelet::formulas
