// TextIndexNormalization: replacement tables applied to a text.
#pragma once

#include <string>

#include "text/text_index.hpp"

namespace scorelet::text {

/// Applies one table to `text`. Answers `Reason::none`, or why the result is not known.
[[nodiscard]] Reason normalize(const Normalization& normalization, std::string& text, Regexes& regexes, Workspace& work,
                               std::uint32_t textBytes);

/// Whether looking for the part could take too many steps.
[[nodiscard]] constexpr bool isTooLongToFind(std::string_view text, std::string_view part) noexcept {
  return part.size() > 1'000'000'000 / (text.size() + 1);
}
/// Where `part` next occurs in `text` at or after byte `from`, by code points; npos if nowhere. `end` is set behind it.
[[nodiscard]] std::size_t findPart(std::string_view text, std::string_view part, std::size_t from, bool isCaseSensitive,
                                   std::size_t& end);

}  // namespace scorelet::text
