// Times in milliseconds since 1970, UTC, as the monitor stores and says them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scorelet::monitor {

using Time = std::int64_t;  ///< milliseconds since 1970

inline constexpr Time kHour = 3'600'000, kDay = 24 * kHour;

[[nodiscard]] constexpr Time startOf(Time time, Time step) noexcept {
  const Time rest = time % step;
  return time - (rest < 0 ? rest + step : rest);
}
/// The Monday on which a stretch of `days` begins that holds the time; stretches follow each other without gaps.
[[nodiscard]] constexpr Time stretchOf(Time time, int days) noexcept {
  constexpr Time kFirstMonday = 4 * kDay;  // 5 January 1970
  return kFirstMonday + startOf(time - kFirstMonday, days * kDay);
}

/// "2026-11-21T10:42:00Z"
[[nodiscard]] std::string isoText(Time time);
/// The same, or a day alone.
[[nodiscard]] std::optional<Time> readTime(std::string_view text);
/// "9 November"
[[nodiscard]] std::string dayText(Time time);

}  // namespace scorelet::monitor
