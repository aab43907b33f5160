// Signatures of the program minisign (Ed25519), in the form that WebCrypto can check, too: of the bytes themselves
// ("minisign -l"), not of their BLAKE2b digest.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"

namespace scorelet::service {

struct PublicKey {
  std::array<std::uint8_t, 8> id{};
  std::array<std::uint8_t, 32> key{};
};

/// Reads public keys as minisign writes them: one a line; empty lines and comments ("untrusted comment: …", "# …")
/// count for nothing.
[[nodiscard]] Answer<std::vector<PublicKey>> readPublicKeys(std::string_view text);

/// Whether one of the keys made the signature of these bytes, and of the trusted comment in it, which is returned.
[[nodiscard]] Answer<std::string> checkSignature(std::string_view bytes, std::string_view signature,
                                                 const std::vector<PublicKey>& keys);

/// Signs with a secret key as `minisign -G -W` writes it: one without a password.
[[nodiscard]] Answer<std::string> signBytes(std::string_view bytes, std::string_view secretKey,
                                            std::string_view trustedComment);

}  // namespace scorelet::service
