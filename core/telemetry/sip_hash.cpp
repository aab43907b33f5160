#include <bit>

#include <scorelet/telemetry/event.hpp>

namespace scorelet::telemetry {

namespace {

std::uint64_t littleEndian(const std::uint8_t* bytes, std::size_t n) {
  std::uint64_t x = 0;
  for (std::size_t i = 0; i < n; ++i) x |= std::uint64_t{bytes[i]} << (8 * i);
  return x;
}

struct SipState {
  std::uint64_t a, b, c, d;
  void rounds(int n) {
    for (; n > 0; --n) {
      a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
      c += d, d = std::rotl(d, 16) ^ c;
      a += d, d = std::rotl(d, 21) ^ a;
      c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
    }
  }
  void take(std::uint64_t word) {
    d ^= word;
    rounds(2);
    a ^= word;
  }
};

}  // namespace

std::uint64_t sipHash(const std::array<std::uint8_t, 16>& key, std::string_view text) noexcept {
  const std::uint64_t k0 = littleEndian(key.data(), 8), k1 = littleEndian(key.data() + 8, 8);
  SipState s{k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) s.take(littleEndian(bytes + at, 8));
  s.take(std::uint64_t{text.size()} << 56 | littleEndian(bytes + at, text.size() - at));
  s.c ^= 0xff;
  s.rounds(4);
  return s.a ^ s.b ^ s.c ^ s.d;
}

}  // namespace scorelet::telemetry
