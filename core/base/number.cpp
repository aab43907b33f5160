#include "base/number.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include <dragonbox/dragonbox.h>

#include <scorelet/records.hpp>

#include "base/fast_float.hpp"

namespace scorelet {

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t\r\n";
  if (!text.empty() && text.front() > ' ' && text.back() > ' ') return text;  // as almost always
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<double> parseDouble(std::string_view text) noexcept {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  text = trim(text);
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  if (text == "INF") return kInfinity;
  if (text == "-INF") return -kInfinity;
  // fast_float would also take "inf", "nan" and "infinity", which XML Schema does not know.
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  if (first == text.size() || !((text[first] >= '0' && text[first] <= '9') || text[first] == '.')) return std::nullopt;
  double x = 0;
  const auto result = fast_float::from_chars(text.data(), text.data() + text.size(), x);
  // Out of range is not an error in XML Schema: the value is then an infinity or zero.
  if (result.ec == std::errc::invalid_argument || result.ptr != text.data() + text.size()) return std::nullopt;
  return x;
}

std::optional<double> parseInteger(std::string_view text) noexcept {
  const std::optional<double> x = parseDouble(text);
  if (!x || !(std::fabs(*x) < 0x1p53) || *x != std::trunc(*x)) return std::nullopt;
  return *x + 0.0;  // no negative zero among integers
}

std::optional<bool> parseBoolean(std::string_view text) noexcept {
  text = trim(text);
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

void appendNumber(std::string& out, double x) {
  if (x != x) {
    out += "NaN";
    return;
  }
  if (x == 0) {
    out += '0';
    return;
  }
  if (std::signbit(x)) out += '-';
  if (std::isinf(x)) {
    out += "INF";
    return;
  }
  const auto decimal = jkj::dragonbox::to_decimal(std::fabs(x), jkj::dragonbox::policy::sign::ignore,
                                                  jkj::dragonbox::policy::cache::compact);
  char buffer[24];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, decimal.significand).ptr;
  const std::string_view digits(buffer, static_cast<std::size_t>(end - buffer));
  const int count = static_cast<int>(digits.size());
  const int point = count + decimal.exponent;  // value = 0.digits * 10^point
  if (point > 21 || point < -5) {              // scientific, as ECMAScript's Number::toString lays it out
    out += digits[0];
    if (count > 1) out.append(1, '.').append(digits.substr(1));
    out += point > 0 ? "e+" : "e-";
    const int exponent = point > 0 ? point - 1 : 1 - point;
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, exponent).ptr);
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else if (point >= count) {
    out.append(digits).append(static_cast<std::size_t>(point - count), '0');
  } else {
    out.append(digits.substr(0, static_cast<std::size_t>(point))).append(1, '.');
    out.append(digits.substr(static_cast<std::size_t>(point)));
  }
}

double roundHalfUp(double x) noexcept {
  const double below = std::floor(x);
  return (x - below < 0.5 ? below : below + 1) + 0.0;
}

}  // namespace scorelet
