#include "service/minisign.hpp"

#include <crypto_sign_ed25519.h>
#include <utils.h>

#include <algorithm>
#include <optional>

namespace scorelet::service {
namespace {

constexpr std::string_view kUntrusted = "untrusted comment: ", kTrusted = "trusted comment: ";
constexpr std::string_view kPlain = "Ed", kHashed = "ED";
constexpr std::size_t kSignature = 64, kIdAt = 2, kKeyAt = 10;  // behind algorithm and id
// A secret key: algorithms of key, password and sum; salt and limits of the password; id, key, sum.
constexpr std::size_t kSecretBytes = 158, kPasswordAt = 2, kSecretIdAt = 54, kSecretKeyAt = 62;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::optional<std::string> fromBase64(std::string_view text) {
  std::string out(text.size() / 4 * 3, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(raw(out), out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    return std::nullopt;
  out.resize(size);
  return out;
}

std::string toBase64(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // it ends with a zero byte
  return out;
}

bool isSignature(std::string_view signature, std::string_view bytes, const PublicKey& key) {
  return crypto_sign_ed25519_verify_detached(raw(signature), raw(bytes), bytes.size(), key.key.data()) == 0;
}

std::string_view nextLine(std::string_view& text) {
  std::string_view line = nextPart(text, '\n');
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string hexadecimalId(std::string_view id) {  // as minisign prints it: the last byte first
  std::string out;
  for (auto byte = id.rbegin(); byte != id.rend(); ++byte)
    for (const int shift : {4, 0}) out += "0123456789ABCDEF"[static_cast<unsigned char>(*byte) >> shift & 15];
  return out;
}

}  // namespace

Answer<std::vector<PublicKey>> readPublicKeys(std::string_view text) {
  std::vector<PublicKey> out;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = trimmed(nextLine(text));
    if (line.empty() || line.starts_with('#') || line.starts_with(trimmed(kUntrusted))) continue;
    const auto bytes = fromBase64(line);
    PublicKey key;
    if (!bytes || bytes->size() != kKeyAt + key.key.size() || !bytes->starts_with(kPlain))
      return fail(400, "Line " + std::to_string(number) + " is no public key of minisign.");
    std::copy_n(bytes->begin() + kIdAt, key.id.size(), key.id.begin());
    std::copy_n(bytes->begin() + kKeyAt, key.key.size(), key.key.begin());
    out.push_back(key);
  }
  if (out.empty()) return fail(400, "There is no public key in it.");
  return out;
}

Answer<std::string> checkSignature(std::string_view bytes, std::string_view signature,
                                   const std::vector<PublicKey>& keys) {
  const std::string_view untrusted = nextLine(signature);
  const auto own = fromBase64(nextLine(signature));
  std::string_view comment = nextLine(signature);
  const auto whole = fromBase64(nextLine(signature));
  if (!untrusted.starts_with(kUntrusted) || !own || own->size() != kKeyAt + kSignature ||
      !comment.starts_with(kTrusted) || !whole || whole->size() != kSignature || !signature.empty())
    return fail(400, "The signature is none of minisign.");
  comment.remove_prefix(kTrusted.size());
  if (own->starts_with(kHashed))
    return fail(400, "The signature is one of a BLAKE2b digest; sign with \"minisign -S -l\".");
  const std::string_view id = std::string_view(*own).substr(kIdAt, kKeyAt - kIdAt);
  const auto key = std::ranges::find_if(keys, [&](const PublicKey& k) {
    return std::ranges::equal(k.id, id, {}, {}, [](char c) { return static_cast<std::uint8_t>(c); });
  });
  if (!own->starts_with(kPlain) || key == keys.end())
    return fail(400, "The signature is of the key " + hexadecimalId(id) + ", which is not among the trusted ones.");
  const std::string_view made = std::string_view(*own).substr(kKeyAt);
  if (!isSignature(made, bytes, *key) || !isSignature(*whole, std::string(made) += comment, *key))
    return fail(400, "The signature does not fit: what it signs, or itself, was altered.");
  return std::string(comment);
}

Answer<std::string> signBytes(std::string_view bytes, std::string_view secretKey, std::string_view trustedComment) {
  const std::string_view first = nextLine(secretKey);
  const auto secret = fromBase64(first.starts_with(trimmed(kUntrusted)) ? nextLine(secretKey) : first);
  if (!secret || secret->size() != kSecretBytes || !secret->starts_with(kPlain))
    return fail(400, "This is no secret key of minisign.");
  if ((*secret)[kPasswordAt] != 0)
    return fail(400,
                "The secret key has a password; sign the manifest with \"minisign -S -l\", or use one that "
                "\"minisign -G -W\" made.");
  const std::string_view key = std::string_view(*secret).substr(kSecretKeyAt);
  const auto sign = [&](std::string_view what) {
    std::string out(kSignature, '\0');
    crypto_sign_ed25519_detached(raw(out), nullptr, raw(what), what.size(), raw(key));
    return out;
  };
  const std::string id = secret->substr(kSecretIdAt, kKeyAt - kIdAt), made = sign(bytes);
  std::string out(kUntrusted);
  out.append("signature by scorelet\n").append(toBase64(std::string(kPlain) + id + made)).append("\n");
  out.append(kTrusted).append(trustedComment).append("\n");
  return out.append(toBase64(sign(made + std::string(trustedComment)))).append("\n");
}

}  // namespace scorelet::service
