// Text in UTF-8: case mapping code point by code point (Unicode simple mappings), lengths in code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scorelet {

/// Overwrites `out`. Bytes that are not UTF-8 are kept as they are.
void toUpper(std::string_view text, std::string& out);
void toLower(std::string_view text, std::string& out);
/// Code points in the text; a malformed byte counts as one.
[[nodiscard]] std::size_t codePoints(std::string_view text) noexcept;
/// Byte offset of code point number `n` (0-based), or the text's size.
[[nodiscard]] std::size_t byteOffset(std::string_view text, std::size_t n) noexcept;
/// Copies `text`, replacing malformed UTF-8 by U+FFFD; used at the border where JSON is written.
void appendValidUtf8(std::string& out, std::string_view text);

}  // namespace scorelet
