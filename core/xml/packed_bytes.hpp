// Little-endian arrays, each with its width: the smallest of 1, 2, 4 or 8 bytes that holds every number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.hpp"

namespace scorelet::xml {

class PackedWriter {
 public:
  template <class T>
  void number(T x) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
      out_.push_back(static_cast<char>(static_cast<std::uint64_t>(x) >> (8 * i)));
  }
  /// Unsigned numbers, or signed ones folded by `fold`.
  void array(const std::vector<std::uint64_t>& numbers) {
    std::uint64_t all = 0;
    for (const std::uint64_t x : numbers) all |= x;
    const int width = all >> 32 != 0 ? 8 : all >> 16 != 0 ? 4 : all >> 8 != 0 ? 2 : 1;
    out_.push_back(static_cast<char>(width));
    // Byte planes: the high bytes of neighbours are alike, which compressors see only if they are neighbours too.
    for (int i = 0; i < width; ++i)
      for (const std::uint64_t x : numbers) out_.push_back(static_cast<char>(x >> (8 * i)));
  }
  /// Lengths first, then the letters.
  void texts(const std::vector<std::string_view>& list) {
    std::vector<std::uint64_t> lengths;
    for (const std::string_view s : list) lengths.push_back(s.size());
    array(lengths);
    for (const std::string_view s : list) out_.append(s);
  }
  [[nodiscard]] std::string& bytes() noexcept { return out_; }

 private:
  std::string out_;
};

class PackedReader : public ByteReader {
 public:
  using ByteReader::ByteReader;

  /// `count` numbers. There are never more of them than bytes left.
  template <class T>
  [[nodiscard]] std::vector<T> array(std::size_t count) {
    const auto width = integer<std::uint8_t>();
    std::vector<T> out;
    if (!require(width == 1 || width == 2 || width == 4 || width == 8)) return out;
    if (!require(width <= sizeof(T)) || !requireRoom(count, width)) return out;
    const auto* planes = reinterpret_cast<const unsigned char*>(take(count * width).data());
    out.resize(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = planes[i];
    for (int plane = 1; plane < width; ++plane)
      for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<T>(out[i] | static_cast<T>(static_cast<T>(planes[plane * count + i]) << (8 * plane)));
    return out;
  }
  [[nodiscard]] std::vector<std::string_view> texts(std::size_t count) {
    std::vector<std::string_view> out;
    const std::vector<std::uint32_t> lengths = array<std::uint32_t>(count);
    out.reserve(lengths.size());
    for (const std::uint32_t n : lengths) out.push_back(take(n));
    return out;
  }
};

/// Signed numbers of small size as unsigned ones of small size.
[[nodiscard]] inline std::uint64_t fold(std::int64_t x) noexcept {
  return (static_cast<std::uint64_t>(x) << 1) ^ static_cast<std::uint64_t>(x >> 63);
}
[[nodiscard]] inline std::int64_t unfold(std::uint64_t x) noexcept {
  return static_cast<std::int64_t>(x >> 1) ^ -static_cast<std::int64_t>(x & 1);
}

}  // namespace scorelet::xml
