#include "support/compiled.hpp"

#include <cstdlib>

#include <scorelet/scorelet.hpp>

#include "base/checksum.hpp"
#include "xml/packed.hpp"

namespace scorelet::test {

std::string compiled(std::string_view document) {
  const auto bytes = compileDocument(document, {});
  if (!bytes) std::abort();
  return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

std::size_t compiledHeaderBytes() noexcept { return xml::kPackedMagic.size() + 4 + 8 + 8 + 32; }

std::string withChecksum(std::string bytes) {
  const std::uint64_t sum = checksum(std::string_view(bytes).substr(compiledHeaderBytes()));
  for (std::size_t i = 0; i < 8; ++i) bytes[xml::kPackedMagic.size() + 4 + i] = static_cast<char>(sum >> (8 * i));
  return bytes;
}

}  // namespace scorelet::test
