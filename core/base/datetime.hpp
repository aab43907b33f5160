// Civil dates and times without zones: proleptic Gregorian calendar, no leap seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <scorelet/fields.hpp>
#include "base/strings.hpp"
#include "base/value.hpp"

namespace scorelet {

/// Days from 1970-01-01 to the given date; year 0 exists.
[[nodiscard]] std::int64_t daysFromCivil(std::int64_t year, unsigned month, unsigned day) noexcept;
struct Civil {
  std::int64_t year;
  unsigned month, day;
};
[[nodiscard]] Civil civilFromDays(std::int64_t days) noexcept;

/// YYYY-MM-DD → days since 1970-01-01. A zone suffix is accepted and ignored.
[[nodiscard]] std::optional<double> parseDate(std::string_view text) noexcept;
/// HH:MM[:SS[.fff]] → seconds since midnight. A sign and hours beyond 24 are accepted, as timeSeconds allows;
/// `castText` refuses them for the other types. A zone suffix is accepted and ignored.
[[nodiscard]] std::optional<double> parseTime(std::string_view text) noexcept;
/// date, "T" or a blank, time → seconds since 1970-01-01T00:00:00.
[[nodiscard]] std::optional<double> parseDateTime(std::string_view text) noexcept;

/// ISO text of a date (days), time (seconds since midnight) or dateTime (seconds since 1970).
void appendDate(std::string& out, double days);
void appendTime(std::string& out, double seconds);
void appendDateTime(std::string& out, double seconds);

/// A text in the lanes of `type`, which is not string: missing is never returned; invalid(notCastable) when it does not
/// fit. A dateTime may be a date alone (midnight). dateDaysSince… etc. accept a date/dateTime text as well as a number.
[[nodiscard]] Value parseText(std::string_view text, DataType type);
/// The same of any type; strings are interned as they are.
[[nodiscard]] Value castText(std::string_view text, DataType type, Strings& strings);
/// A present value of type `from` in the lanes of `to` (numbers ↔ text ↔ boolean ↔ dates); invalid when impossible.
/// double → integer (and days) rounds half up (docs/readings.md). The …Since families and timeSeconds are numbers
/// in their own unit; a plain date, time or dateTime is not a number and does not cast to one or from one.
[[nodiscard]] Value castValue(Value value, DataType from, DataType to, Strings& strings);
/// The text of a present value of `type`, as casts to string and all printers write it.
void appendText(std::string& out, Value value, DataType type, const Strings& strings);

}  // namespace scorelet
