// Dates and times by the standard library's calendar (proleptic Gregorian, no zones, no leap seconds).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scorelet::reference {

struct CivilTime {
  int year, month, day, hour, minute;
  double second;
};

/// Days from 1970-01-01 to January 1 of `year`.
[[nodiscard]] double daysToYear(int year);
/// YYYY-MM-DD → days since 1970-01-01; an optional zone is ignored.
[[nodiscard]] std::optional<double> parseIsoDate(std::string_view text);
/// HH:MM[:SS[.fff]] → seconds since midnight.
[[nodiscard]] std::optional<double> parseIsoTime(std::string_view text);
/// Date, T or blank, time → seconds since 1970-01-01T00:00:00.
[[nodiscard]] std::optional<double> parseIsoDateTime(std::string_view text);
[[nodiscard]] CivilTime civilTime(double secondsSince1970);
[[nodiscard]] std::string isoDate(double days);
[[nodiscard]] std::string isoTime(double seconds);
[[nodiscard]] std::string isoDateTime(double seconds);

}  // namespace scorelet::reference
