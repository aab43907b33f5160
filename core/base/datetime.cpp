#include "base/datetime.hpp"

#include <algorithm>
#include <cmath>

#include <scorelet/records.hpp>
#include "base/number.hpp"

namespace scorelet {

namespace {

/// Reads decimal digits from the front of a text.
struct Reader {
  std::string_view rest;

  bool skip(char c) noexcept {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  /// Between `least` and `most` digits.
  std::optional<std::int64_t> digits(std::size_t least, std::size_t most) noexcept {
    std::int64_t n = 0;
    std::size_t i = 0;
    for (; i < most && i < rest.size() && rest[i] >= '0' && rest[i] <= '9'; ++i) n = n * 10 + (rest[i] - '0');
    if (i < least) return std::nullopt;
    rest.remove_prefix(i);
    return n;
  }
  /// What may follow a date or time: nothing or a zone, which has no meaning here.
  bool atEnd() noexcept {
    if (rest.empty() || rest == "Z") return true;
    if (!skip('+') && !skip('-')) return false;
    const auto hours = digits(2, 2);
    if (!hours) return false;
    skip(':');
    const auto minutes = digits(2, 2);
    return minutes && *hours <= 14 && *minutes < 60 && rest.empty();
  }
};

unsigned daysInMonth(std::int64_t year, unsigned month) noexcept {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && isLeap ? 29 : kDays[month - 1];
}

std::optional<double> readDate(Reader& in) noexcept {
  const bool isNegative = in.skip('-');
  const auto year = in.digits(4, 6);
  if (!year || !in.skip('-')) return std::nullopt;
  const auto month = in.digits(2, 2);
  if (!month || !in.skip('-')) return std::nullopt;
  const auto day = in.digits(2, 2);
  if (!day || *month < 1 || *month > 12) return std::nullopt;
  const std::int64_t y = isNegative ? -*year : *year;
  const auto m = static_cast<unsigned>(*month);
  const auto d = static_cast<unsigned>(*day);
  if (d < 1 || d > daysInMonth(y, m)) return std::nullopt;
  return static_cast<double>(daysFromCivil(y, m, d));
}

std::optional<double> readTime(Reader& in, std::size_t hourDigits) noexcept {
  const auto hours = in.digits(2, hourDigits);
  if (!hours || !in.skip(':')) return std::nullopt;
  const auto minutes = in.digits(2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  double seconds = 0;
  if (in.skip(':')) {
    const std::string_view start = in.rest;
    const auto whole = in.digits(2, 2);
    if (!whole || *whole > 59) return std::nullopt;
    if (in.skip('.')) {
      const std::size_t count = std::min(in.rest.find_first_not_of("0123456789"), in.rest.size());
      if (count == 0) return std::nullopt;
      in.rest.remove_prefix(count);
    }
    seconds = *parseDouble(start.substr(0, start.size() - in.rest.size()));
  }
  return static_cast<double>(*hours * 3600 + *minutes * 60) + seconds;
}

void appendPadded(std::string& out, std::int64_t n, int width) {
  char buffer[20];
  int count = 0;
  do buffer[count++] = static_cast<char>('0' + n % 10);
  while ((n /= 10) > 0);
  for (int i = count; i < width; ++i) out += '0';
  while (count > 0) out += buffer[--count];
}

/// Beyond these no calendar is meant; such lanes are printed as numbers.
bool isWild(double seconds) noexcept { return !(std::fabs(seconds) < 1e15); }

/// Seconds to whole seconds and microseconds, the resolution of a double in our time.
struct Split {
  std::int64_t whole, micros;
};
Split split(double seconds) noexcept {
  const double whole = std::floor(seconds);
  Split s{static_cast<std::int64_t>(whole), static_cast<std::int64_t>(std::floor((seconds - whole) * 1e6 + 0.5))};
  if (s.micros == 1'000'000) s = {s.whole + 1, 0};
  return s;
}

void appendClock(std::string& out, Split s) {
  appendPadded(out, s.whole / 3600, 2);
  out += ':';
  appendPadded(out, s.whole / 60 % 60, 2);
  out += ':';
  appendPadded(out, s.whole % 60, 2);
  if (s.micros == 0) return;
  out += '.';
  appendPadded(out, s.micros, 6);
  while (out.back() == '0') out.pop_back();
}

}  // namespace

std::int64_t daysFromCivil(std::int64_t year, unsigned month, unsigned day) noexcept {
  // Years begin in March, so that the leap day is the last; 400 years are 146097 days.
  if (month <= 2) --year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t yearOfEra = year - era * 400;
  const std::int64_t monthFromMarch = month > 2 ? month - 3 : month + 9;
  const std::int64_t dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
  const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  constexpr std::int64_t kDaysBefore1970 = 719468;  // from 0000-03-01
  return era * 146097 + dayOfEra - kDaysBefore1970;
}

Civil civilFromDays(std::int64_t days) noexcept {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t dayOfEra = days - era * 146097;
  const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
  const auto day = static_cast<unsigned>(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  const auto month = static_cast<unsigned>(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
  return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<double> parseDate(std::string_view text) noexcept {
  Reader in{trim(text)};
  const auto days = readDate(in);
  return days && in.atEnd() ? days : std::nullopt;
}

std::optional<double> parseTime(std::string_view text) noexcept {
  Reader in{trim(text)};
  const bool isNegative = in.skip('-');
  if (!isNegative) in.skip('+');
  const auto seconds = readTime(in, 9);
  if (!seconds || !in.atEnd()) return std::nullopt;
  return isNegative ? 0.0 - *seconds : *seconds;
}

std::optional<double> parseDateTime(std::string_view text) noexcept {
  Reader in{trim(text)};
  const auto days = readDate(in);
  if (!days || (!in.skip('T') && !in.skip(' '))) return std::nullopt;
  const auto seconds = readTime(in, 2);
  // 24:00:00 is the end of the day (XML Schema).
  if (!seconds || *seconds > 86400 || !in.atEnd()) return std::nullopt;
  return *days * 86400 + *seconds;
}

void appendDate(std::string& out, double days) {
  if (isWild(days * 86400)) return appendNumber(out, days);
  const Civil c = civilFromDays(static_cast<std::int64_t>(std::floor(days)));
  if (c.year < 0) out += '-';
  appendPadded(out, c.year < 0 ? -c.year : c.year, 4);
  out += '-';
  appendPadded(out, c.month, 2);
  out += '-';
  appendPadded(out, c.day, 2);
}

void appendTime(std::string& out, double seconds) {
  if (isWild(seconds)) return appendNumber(out, seconds);
  if (seconds < 0) out += '-';
  appendClock(out, split(std::fabs(seconds)));
}

void appendDateTime(std::string& out, double seconds) {
  if (isWild(seconds)) return appendNumber(out, seconds);
  const Split s = split(seconds);
  const std::int64_t days = (s.whole >= 0 ? s.whole : s.whole - 86399) / 86400;
  appendDate(out, static_cast<double>(days));
  out += 'T';
  appendClock(out, {s.whole - days * 86400, s.micros});
}

}  // namespace scorelet
