// Text in UTF-8: case mapping code point by code point (Unicode's simple mappings of letters, as musl 1.2.5 has them),
// lengths in code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scorelet {

/// `nextCodePoint` answers kMalformed + byte for a byte that does not belong to well-formed UTF-8.
inline constexpr std::uint32_t kMalformed = 0x0011'0000u;
/// The code point that begins at byte `at`, which moves behind it; `at` must be inside the text.
[[nodiscard]] std::uint32_t nextCodePoint(std::string_view text, std::size_t& at) noexcept;
/// Appends a code point as UTF-8.
void appendCodePoint(std::string& out, std::uint32_t c);
/// Whether the whole text is well-formed UTF-8.
[[nodiscard]] bool isUtf8(std::string_view text) noexcept;

/// Simple lower case of a code point; others, kMalformed ones among them, are answered as they are.
[[nodiscard]] std::uint32_t lowerCodePoint(std::uint32_t c) noexcept;

/// Overwrites `out`. Bytes that are not UTF-8 are kept as they are; U+00DF has no simple upper case and stays.
void toUpper(std::string_view text, std::string& out);
void toLower(std::string_view text, std::string& out);
/// Code points in the text; a malformed byte counts as one.
[[nodiscard]] std::size_t codePoints(std::string_view text) noexcept;
/// Byte offset of code point number `n` (0-based), or the text's size.
[[nodiscard]] std::size_t byteOffset(std::string_view text, std::size_t n) noexcept;
/// Copies `text`, replacing malformed UTF-8 by U+FFFD; used at the border where JSON is written.
void appendValidUtf8(std::string& out, std::string_view text);

}  // namespace scorelet
