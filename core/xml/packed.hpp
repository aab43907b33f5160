// A document in columns: what `scorelet compile` writes (docs/compiled-models.md). Elements of the same name with the
// same attributes are of one *shape*; the values of one attribute of one shape lie side by side, as distinct values and
// a number per element. It loads without parsing text and compresses far better than XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <scorelet/model.hpp>

#include "xml/tree.hpp"

namespace scorelet::xml {

inline constexpr std::string_view kPackedMagic = "\x89SCORELT";
[[nodiscard]] inline bool isPacked(std::string_view bytes) noexcept { return bytes.starts_with(kPackedMagic); }

/// The bytes of a parsed document.
[[nodiscard]] std::vector<std::byte> pack(const Tree& tree, std::string_view source, const Origin& origin);

/// Why bytes were refused; empty: they were not.
enum class PackedFault : std::uint8_t { none, version, checksum, content, tooManyElements, tooDeep };

/// Fills the tables, which hold views of `bytes`. Bytes are hostile: nothing is believed, and memory stays in
/// proportion to them.
[[nodiscard]] PackedFault unpack(std::string_view bytes, const Limits& limits, Tree& tree, Origin& origin);

}  // namespace scorelet::xml
