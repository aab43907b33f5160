// Digits of base 16.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace scorelet {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

/// What a digit means, small or capital; -1 if it is none.
[[nodiscard]] constexpr int hexValue(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Two digits.
inline void appendHex(std::string& out, std::byte byte) {
  out += kHexDigits[std::to_integer<unsigned>(byte) >> 4];
  out += kHexDigits[std::to_integer<unsigned>(byte) & 15];
}

[[nodiscard]] inline std::string hexText(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte byte : bytes) appendHex(out, byte);
  return out;
}

}  // namespace scorelet
