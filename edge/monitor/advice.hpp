// What to do about an alert, for those who are not at the dashboard when they hear of it.
#pragma once

#include <string_view>

namespace scorelet::monitor {

/// One sentence; empty for a kind that there is not.
[[nodiscard]] std::string_view adviceText(std::string_view kind) noexcept;

}  // namespace scorelet::monitor
