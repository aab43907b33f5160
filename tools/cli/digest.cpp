#include "digest.hpp"

#include <tomcrypt.h>

#include <algorithm>

#include "base/hexadecimal.hpp"

namespace scorelet::cli {

Sha256 digestOf(std::string_view bytes) {
  Sha256 out;
  hash_state state;
  sha256_init(&state);
  // The library counts in 32 bits.
  for (constexpr std::size_t most = std::size_t{1} << 30; !bytes.empty();
       bytes.remove_prefix(std::min(most, bytes.size())))
    sha256_process(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                   static_cast<unsigned long>(std::min(most, bytes.size())));
  sha256_done(&state, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string hexadecimal(const Sha256& digest) { return hexText(digest); }

}  // namespace scorelet::cli
