#include "monitor/times.hpp"

#include <chrono>
#include <cstdio>

namespace scorelet::monitor {
namespace {

std::chrono::year_month_day dateOf(Time time) {
  return std::chrono::sys_days(std::chrono::days(startOf(time, kDay) / kDay));
}

/// So many digits at `at`, and one of the characters behind them.
bool take(std::string_view& text, std::size_t digits, std::string_view ends, int& out) {
  if (text.size() < digits) return false;
  out = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  if (text.empty()) return true;
  if (ends.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string isoText(Time time) {
  const auto date = dateOf(time);
  const auto seconds = static_cast<int>((time - startOf(time, kDay)) / 1000);
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), seconds / 3600,
                seconds / 60 % 60, seconds % 60);
  return out;
}

std::optional<Time> readTime(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!take(text, 4, "-", year) || !take(text, 2, "-", month) || !take(text, 2, "T ", day)) return std::nullopt;
  if (!text.empty()) {
    if (!take(text, 2, ":", hour) || !take(text, 2, ":Z", minute)) return std::nullopt;
    if (!text.empty() && !take(text, 2, ".Z", second)) return std::nullopt;
    while (!text.empty() && ((text.front() >= '0' && text.front() <= '9') || text == "Z")) text.remove_prefix(1);
    if (text == "Z") text = {};
    if (!text.empty()) return std::nullopt;
  }
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const Time days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * kDay + ((hour * 60 + minute) * 60 + second) * Time{1000};
}

std::string dayText(Time time) {
  constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
  const auto date = dateOf(time);
  return std::to_string(static_cast<unsigned>(date.day())) + " " + kMonths[static_cast<unsigned>(date.month()) - 1];
}

}  // namespace scorelet::monitor
