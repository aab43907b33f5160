#include "calendar.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

#include <scorelet/records.hpp>

namespace scorelet::reference {

namespace {

std::optional<int> digits(std::string_view& text, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t n = 0;
  while (n < text.size() && n < most && text[n] >= '0' && text[n] <= '9') value = value * 10 + (text[n++] - '0');
  if (n < least) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

bool isZone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
}

std::optional<double> date(std::string_view& text) {
  const bool negative = skip(text, '-');
  const auto y = digits(text, 4, 5);
  if (!y || !skip(text, '-')) return std::nullopt;
  const auto m = digits(text, 2, 2);
  if (!m || !skip(text, '-')) return std::nullopt;
  const auto d = digits(text, 2, 2);
  if (!d) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(negative ? -*y : *y),
                                        std::chrono::month(static_cast<unsigned>(*m)),
                                        std::chrono::day(static_cast<unsigned>(*d))};
  if (!ymd.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days(ymd).time_since_epoch().count());
}

std::optional<double> time(std::string_view& text) {
  const auto h = digits(text, 2, 2);
  if (!h || !skip(text, ':')) return std::nullopt;
  const auto m = digits(text, 2, 2);
  if (!m || *h > 23 || *m > 59) return std::nullopt;
  double seconds = 0;
  if (skip(text, ':')) {
    const auto s = digits(text, 2, 2);
    if (!s || *s > 59) return std::nullopt;
    seconds = *s;
    if (skip(text, '.')) {
      double numerator = 0, denominator = 1;
      while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
        numerator = numerator * 10 + (text[0] - '0');
        denominator *= 10;
        text.remove_prefix(1);
      }
      seconds += numerator / denominator;
    }
  }
  return *h * 3600.0 + *m * 60.0 + seconds;
}

std::string padded(int value, int width) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%0*d", width, value);
  return buffer;
}

}  // namespace

double daysToYear(int year) {
  using namespace std::chrono;
  return static_cast<double>(sys_days(std::chrono::year(year) / 1 / 1).time_since_epoch().count());
}

std::optional<double> parseIsoDate(std::string_view text) {
  const auto d = date(text);
  return d && isZone(text) ? d : std::nullopt;
}

std::optional<double> parseIsoTime(std::string_view text) {
  const auto t = time(text);
  return t && isZone(text) ? t : std::nullopt;
}

std::optional<double> parseIsoDateTime(std::string_view text) {
  const auto d = date(text);
  if (!d || (!skip(text, 'T') && !skip(text, ' '))) return std::nullopt;
  const auto t = time(text);
  return t && isZone(text) ? std::optional(*d * 86400 + *t) : std::nullopt;
}

CivilTime civilTime(double seconds) {
  const double days = std::floor(seconds / 86400);
  const double rest = seconds - days * 86400;
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  const int whole = static_cast<int>(rest);
  return {int(ymd.year()),
          static_cast<int>(unsigned(ymd.month())),
          static_cast<int>(unsigned(ymd.day())),
          whole / 3600,
          whole / 60 % 60,
          rest - whole + whole % 60};
}

std::string isoDate(double days) {
  const CivilTime t = civilTime(days * 86400);
  return (t.year < 0 ? "-" : "") + padded(std::abs(t.year), 4) + "-" + padded(t.month, 2) + "-" + padded(t.day, 2);
}

std::string isoTime(double seconds) {
  const CivilTime t = civilTime(seconds);
  std::string out = padded(t.hour, 2) + ":" + padded(t.minute, 2) + ":" + padded(static_cast<int>(t.second), 2);
  if (const double fraction = t.second - std::floor(t.second); fraction > 0) {
    std::string digits;
    appendNumber(digits, fraction);
    if (digits.starts_with("0.")) out += digits.substr(1);
  }
  return out;
}

std::string isoDateTime(double seconds) {
  const double days = std::floor(seconds / 86400);
  return isoDate(days) + "T" + isoTime(seconds - days * 86400);
}

}  // namespace scorelet::reference
