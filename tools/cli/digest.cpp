#include "digest.hpp"

#include <tomcrypt.h>

#include <algorithm>

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

std::string hexadecimal(const Sha256& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::byte byte : digest) {
    out += kDigits[std::to_integer<unsigned>(byte) >> 4];
    out += kDigits[std::to_integer<unsigned>(byte) & 15];
  }
  return out;
}

}  // namespace scorelet::cli
