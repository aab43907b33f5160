#include <cmath>

#include "base/datetime.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

constexpr double kDay = 86400;

/// Days from 1970-01-01 to January 1 of a year; NaN if it is no year.
double newYear(double year) {
  if (year != std::floor(year) || std::fabs(year) > 999'999) return missing();
  return static_cast<double>(daysFromCivil(static_cast<std::int64_t>(year), 1, 1));
}

}  // namespace

Value dateDaysSinceYear(Call& call, Arguments a) {
  return inDomain(castValue(a[0], call.types[0], DataType::date, call.strings) - newYear(a[1]));
}

Value dateSecondsSinceYear(Call& call, Arguments a) {
  const Value seconds = castValue(a[0], call.types[0], DataType::dateTime, call.strings);
  return inDomain(std::floor(seconds) - newYear(a[1]) * kDay);
}

Value dateSecondsSinceMidnight(Call& call, Arguments a) {
  const Value clock = castValue(a[0], call.types[0], DataType::time, call.strings);
  if (isPresent(clock)) return std::floor(clock);
  // A date is its midnight.
  return isPresent(castValue(a[0], call.types[0], DataType::date, call.strings)) ? 0 : outsideDomain();
}

}  // namespace scorelet::functions
