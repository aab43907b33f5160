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

/// The numbers of an array, where they lie.
template <class T>
class PackedArray {
 public:
  PackedArray() = default;
  PackedArray(std::string_view planes, std::size_t size, unsigned width)
      : planes_(planes.data()), size_(size), width_(width) {}
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] T operator[](std::size_t i) const noexcept {
    std::uint64_t x = static_cast<unsigned char>(planes_[i]);
    for (unsigned plane = 1; plane < width_; ++plane)
      x |= std::uint64_t{static_cast<unsigned char>(planes_[plane * size_ + i])} << (8 * plane);
    return static_cast<T>(x);
  }

 private:
  const char* planes_ = nullptr;
  std::size_t size_ = 0;
  unsigned width_ = 0;
};

class PackedReader : public ByteReader {
 public:
  using ByteReader::ByteReader;

  /// `count` numbers. There are never more of them than bytes left.
  template <class T>
  [[nodiscard]] PackedArray<T> array(std::size_t count) {
    const auto width = integer<std::uint8_t>();
    if (!require(width == 1 || width == 2 || width == 4 || width == 8)) return {};
    if (!require(width <= sizeof(T)) || !requireRoom(count, width)) return {};
    return {take(count * width), count, width};
  }
  [[nodiscard]] std::vector<std::string_view> texts(std::size_t count) {
    std::vector<std::string_view> out;
    const PackedArray<std::uint32_t> lengths = array<std::uint32_t>(count);
    out.reserve(lengths.size());
    for (std::size_t i = 0; i < lengths.size(); ++i) out.push_back(take(lengths[i]));
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
