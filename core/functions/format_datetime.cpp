// formatDatetime: POSIX strftime in the C locale.
#include <cmath>

#include "base/datetime.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

constexpr std::string_view kDays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};

/// A moment taken apart.
struct Moment {
  bool hasDate;
  Civil civil;
  int hour, minute, second;
  int weekday;    // 0 = Sunday
  int dayOfYear;  // 0 = January 1
};

/// Seconds since 1970 (or midnight) in parts.
Moment partsOf(double seconds, bool hasDate) {
  const double days = std::floor(seconds / 86400);
  const auto clock = static_cast<int>(seconds - days * 86400);
  const auto day = static_cast<std::int64_t>(days);
  const Civil civil = civilFromDays(day);
  const std::int64_t weekday = (day % 7 + 11) % 7;  // 1970-01-01 was a Thursday
  return {hasDate,
          civil,
          clock / 3600,
          clock / 60 % 60,
          clock % 60,
          static_cast<int>(weekday),
          static_cast<int>(day - daysFromCivil(civil.year, 1, 1))};
}

void appendPadded(std::string& out, std::int64_t n, int width, char pad = '0') {
  char digits[24];
  int count = 0;
  const bool isNegative = n < 0;
  for (std::int64_t rest = isNegative ? -n : n; rest > 0 || count == 0; rest /= 10)
    digits[count++] = static_cast<char>('0' + rest % 10);
  if (isNegative) out += '-';
  for (int i = count + (isNegative ? 1 : 0); i < width; ++i) out += pad;
  while (count > 0) out += digits[--count];
}

std::int64_t floorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
int daysInYear(std::int64_t year) {
  return static_cast<int>(daysFromCivil(year + 1, 1, 1) - daysFromCivil(year, 1, 1));
}

/// Week of ISO 8601: the week belongs to the year that holds its Thursday.
struct IsoWeek {
  std::int64_t year;
  int week;
};
IsoWeek isoWeek(const Moment& m) {
  const int thursday = m.dayOfYear + 3 - (m.weekday + 6) % 7;
  std::int64_t year = m.civil.year;
  int day = thursday;
  if (day < 0)
    day += daysInYear(--year);
  else if (day >= daysInYear(year))
    day -= daysInYear(year++);
  return {year, day / 7 + 1};
}

bool append(std::string& out, std::string_view format, const Moment& m);

bool appendDatePart(std::string& out, char conversion, const Moment& m) {
  if (!m.hasDate) return false;  // a time alone has no day
  switch (conversion) {
    case 'a': out += kDays[m.weekday].substr(0, 3); return true;
    case 'A': out += kDays[m.weekday]; return true;
    case 'b':
    case 'h': out += kMonths[m.civil.month - 1].substr(0, 3); return true;
    case 'B': out += kMonths[m.civil.month - 1]; return true;
    case 'c': return append(out, "%a %b %e %H:%M:%S %Y", m);
    case 'C': appendPadded(out, floorDivide(m.civil.year, 100), 2); return true;
    case 'd': appendPadded(out, m.civil.day, 2); return true;
    case 'D':
    case 'x': return append(out, "%m/%d/%y", m);
    case 'e': appendPadded(out, m.civil.day, 2, ' '); return true;
    case 'F': appendPadded(out, m.civil.year, 4); return append(out, "-%m-%d", m);
    case 'g': appendPadded(out, isoWeek(m).year - floorDivide(isoWeek(m).year, 100) * 100, 2); return true;
    case 'G': appendPadded(out, isoWeek(m).year, 1); return true;
    case 'j': appendPadded(out, m.dayOfYear + 1, 3); return true;
    case 'm': appendPadded(out, m.civil.month, 2); return true;
    case 'u': appendPadded(out, m.weekday == 0 ? 7 : m.weekday, 1); return true;
    case 'U': appendPadded(out, (m.dayOfYear + 7 - m.weekday) / 7, 2); return true;
    case 'V': appendPadded(out, isoWeek(m).week, 2); return true;
    case 'w': appendPadded(out, m.weekday, 1); return true;
    case 'W': appendPadded(out, (m.dayOfYear + 7 - (m.weekday + 6) % 7) / 7, 2); return true;
    case 'y': appendPadded(out, m.civil.year - floorDivide(m.civil.year, 100) * 100, 2); return true;
    case 'Y': appendPadded(out, m.civil.year, 1); return true;
    default: return false;
  }
}

bool appendPart(std::string& out, char conversion, const Moment& m) {
  switch (conversion) {
    case '%': out += '%'; return true;
    case 'n': out += '\n'; return true;
    case 't': out += '\t'; return true;
    case 'H': appendPadded(out, m.hour, 2); return true;
    case 'I': appendPadded(out, (m.hour + 11) % 12 + 1, 2); return true;
    case 'M': appendPadded(out, m.minute, 2); return true;
    case 'p': out += m.hour < 12 ? "AM" : "PM"; return true;
    case 'r': return append(out, "%I:%M:%S %p", m);
    case 'R': return append(out, "%H:%M", m);
    case 'S': appendPadded(out, m.second, 2); return true;
    case 'T':
    case 'X': return append(out, "%H:%M:%S", m);
    case 'z':
    case 'Z': return true;  // there is no zone: replaced by nothing
    default: return appendDatePart(out, conversion, m);
  }
}

/// False if the format is wrong or asks for what the moment does not have.
bool append(std::string& out, std::string_view format, const Moment& m) {
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    ++i;
    // The locale's alternative forms are the ordinary ones in the C locale.
    if (i < format.size() && (format[i] == 'E' || format[i] == 'O')) ++i;
    if (i >= format.size() || !appendPart(out, format[i], m)) return false;
  }
  return true;
}

}  // namespace

Value formatDatetime(Call& call, Arguments a) {
  Value seconds = castValue(a[0], call.types[0], DataType::dateTime, call.strings);
  const bool hasDate = isPresent(seconds);
  if (!hasDate) seconds = castValue(a[0], call.types[0], DataType::time, call.strings);
  constexpr double kFarthest = 1e14;  // some three million years
  if (!(std::fabs(seconds) < kFarthest)) return outsideDomain();
  const std::string_view format = call.strings.text(a[1]);
  // No conversion writes more than 24 characters for its two.
  if (format.size() > call.textBytes / 12) return invalid(Reason::textLimit);
  std::string& out = call.strings.buffer();
  return append(out, format, partsOf(seconds, hasDate)) ? internText(call, out) : outsideDomain();
}

}  // namespace scorelet::functions
