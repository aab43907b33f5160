// Small numbers in few bytes, for what is kept and read again.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scorelet::telemetry {

class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}
  void count(std::uint64_t x) {
    for (; x >= 0x80; x >>= 7) out_ += static_cast<char>(x | 0x80);
    out_ += static_cast<char>(x);
  }
  void integer(std::int64_t x) { count(static_cast<std::uint64_t>(x) << 1 ^ static_cast<std::uint64_t>(x >> 63)); }
  void number(double x) {
    for (auto bits = std::bit_cast<std::uint64_t>(x); const int shift : {0, 8, 16, 24, 32, 40, 48, 56})
      out_ += static_cast<char>(bits >> shift);
  }
  void text(std::string_view text) {
    count(text.size());
    out_ += text;
  }

 private:
  std::string& out_;
};

/// After a read that failed all others give 0 or nothing; `isWhole` tells in the end.
class Unpacker {
 public:
  explicit Unpacker(std::string_view from) : from_(from) {}
  std::uint64_t count() noexcept {
    std::uint64_t x = 0;
    for (unsigned shift = 0; shift < 64 && !from_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(from_.front());
      from_.remove_prefix(1);
      x |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return x;
    }
    return fail();
  }
  /// How many items follow, each of which takes a byte at least.
  std::size_t size() noexcept {
    const std::uint64_t n = count();
    return n <= from_.size() ? static_cast<std::size_t>(n) : fail();
  }
  std::int64_t integer() noexcept {
    const std::uint64_t x = count();
    return static_cast<std::int64_t>(x >> 1 ^ (~(x & 1) + 1));
  }
  double number() noexcept {
    if (from_.size() < 8) return static_cast<double>(fail());
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8 | static_cast<std::uint8_t>(from_[i]);
    from_.remove_prefix(8);
    return std::bit_cast<double>(bits);
  }
  std::string_view text() noexcept {
    const std::size_t n = size();
    const std::string_view out = from_.substr(0, n);
    from_.remove_prefix(n);
    return out;
  }
  [[nodiscard]] bool isWhole() const noexcept { return !failed_ && from_.empty(); }

 private:
  std::size_t fail() noexcept {
    failed_ = true;
    from_ = {};
    return 0;
  }
  std::string_view from_;
  bool failed_ = false;
};

}  // namespace scorelet::telemetry
