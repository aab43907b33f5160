// Compiled models made of small documents, and damaged ones whose checksum is right again.
#pragma once

#include <string>
#include <string_view>

namespace scorelet::test {

/// The compiled form of a document that loads.
[[nodiscard]] std::string compiled(std::string_view document);

/// Where the content begins that the checksum covers.
[[nodiscard]] std::size_t compiledHeaderBytes() noexcept;

/// The same bytes with the checksum that their content should have.
[[nodiscard]] std::string withChecksum(std::string bytes);

}  // namespace scorelet::test
