#include "base/text.hpp"

// musl's simple case mappings under a name of our own: the C library's depend on the locale (docs/dependencies.md).
extern "C" {
unsigned dm_towupper(unsigned);
unsigned dm_towlower(unsigned);
}

namespace scorelet {

namespace {

constexpr std::uint32_t kSharpS = 0xDF;

std::uint32_t upper(std::uint32_t c) { return c == kSharpS ? c : dm_towupper(c); }

template <class Map>
void mapCase(std::string_view text, std::string& out, Map map) {
  out.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t c = nextCodePoint(text, at);
    if (c >= kMalformed)
      out += static_cast<char>(c - kMalformed);
    else
      appendCodePoint(out, map(c));
  }
}

}  // namespace

void appendCodePoint(std::string& out, std::uint32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x1'0000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::uint32_t nextCodePoint(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t first = byte(at++);
  if (first < 0x80) return first;
  const int tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || text.size() - at < static_cast<std::size_t>(tails)) return kMalformed + first;
  std::uint32_t c = first & (0x3Fu >> tails);
  for (int i = 0; i < tails; ++i) {
    const std::uint32_t next = byte(at + static_cast<std::size_t>(i));
    if ((next & 0xC0) != 0x80) return kMalformed + first;
    c = (c << 6) | (next & 0x3F);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x1'0000};
  if (c < kSmallest[tails] || c > 0x10'FFFF || (c >= 0xD800 && c < 0xE000)) return kMalformed + first;
  at += static_cast<std::size_t>(tails);
  return c;
}

bool isUtf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();)
    if (nextCodePoint(text, at) >= kMalformed) return false;
  return true;
}

std::uint32_t lowerCodePoint(std::uint32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return dm_towlower(c);
}

void toUpper(std::string_view text, std::string& out) { mapCase(text, out, upper); }
void toLower(std::string_view text, std::string& out) { mapCase(text, out, lowerCodePoint); }

std::size_t codePoints(std::string_view text) noexcept {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) (void)nextCodePoint(text, at);
  return n;
}

std::size_t byteOffset(std::string_view text, std::size_t n) noexcept {
  std::size_t at = 0;
  for (; n > 0 && at < text.size(); --n) (void)nextCodePoint(text, at);
  return at;
}

void appendValidUtf8(std::string& out, std::string_view text) {
  std::size_t copied = 0;  // up to here; what follows is well-formed so far
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else if (nextCodePoint(text, at) >= kMalformed) {
      out.append(text, copied, begin - copied);
      out += "\xEF\xBF\xBD";
      copied = at;
    }
  }
  out.append(text, copied);
}

}  // namespace scorelet
