// Characters that stand in a text of JSON as they are.
#pragma once

namespace scorelet {

/// ASCII without escapes; a text of nothing else is also valid UTF-8.
[[nodiscard]] constexpr bool isPlainJson(char c) noexcept { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

}  // namespace scorelet
