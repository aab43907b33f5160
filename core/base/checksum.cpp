#include "base/checksum.hpp"

#define XXH_INLINE_ALL
#define XXH_NO_STDLIB
#define XXH_NO_STREAM
#define XXH_NO_XXH3
#include <xxhash.h>

namespace scorelet {

std::uint64_t checksum(std::string_view bytes) noexcept { return XXH64(bytes.data(), bytes.size(), 0); }

}  // namespace scorelet
