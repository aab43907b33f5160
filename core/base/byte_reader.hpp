// Reading little-endian bytes that may be hostile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scorelet {

/// Whatever does not fit makes `ok` false for good, and reads give nothing from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view in) : in_(in) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool isAtEnd() const noexcept { return ok_ && in_.empty(); }
  /// `condition` must hold for the bytes to be what they claim.
  bool require(bool condition) noexcept { return ok_ = ok_ && condition; }

  [[nodiscard]] std::string_view take(std::size_t n) noexcept {
    if (!require(n <= in_.size())) return {};
    const std::string_view part = in_.substr(0, n);
    in_.remove_prefix(n);
    return part;
  }
  template <class T>
  [[nodiscard]] T integer() noexcept {
    std::uint64_t x = 0;
    const std::string_view part = take(sizeof(T));
    for (std::size_t i = 0; i < part.size(); ++i) x |= std::uint64_t{static_cast<unsigned char>(part[i])} << (8 * i);
    return static_cast<T>(x);
  }
  /// `n` things of at least `bytesEach` bytes: never more than are left to read.
  bool requireRoom(std::uint64_t n, std::size_t bytesEach) noexcept { return require(n <= in_.size() / bytesEach); }

 private:
  std::string_view in_;
  bool ok_ = true;
};

}  // namespace scorelet
