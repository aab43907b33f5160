#include "formulas/zip.hpp"

#include <array>
#include <cstring>

namespace scorelet::formulas {

namespace {

constexpr std::array<std::uint32_t, 256> kTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB8'8320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  return table;
}();

std::uint32_t crcOf(std::string_view content) {
  std::uint32_t c = 0xFFFF'FFFFu;
  for (const char ch : content) c = kTable[(c ^ static_cast<unsigned char>(ch)) & 0xFF] ^ (c >> 8);
  return ~c;
}

void put(std::string& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFF);
}

constexpr std::uint32_t kLocal = 0x0403'4B50, kCentral = 0x0201'4B50, kEnd = 0x0605'4B50;
constexpr std::uint32_t kVersion = 20, kUtf8 = 0x0800;
constexpr std::uint32_t kDate = 0x0021;  // 1980-01-01: the same bytes whenever they are made

}  // namespace

void Zip::header(std::string& to, const Entry& e, bool isCentral) const {
  put(to, isCentral ? kCentral : kLocal, 4);
  if (isCentral) put(to, kVersion, 2);
  put(to, kVersion, 2);
  put(to, kUtf8, 2);
  put(to, 0, 2);  // stored
  put(to, 0, 2);
  put(to, kDate, 2);
  put(to, e.crc, 4);
  put(to, e.size, 4);
  put(to, e.size, 4);
  put(to, static_cast<std::uint32_t>(e.name.size()), 2);
  put(to, 0, 2);
  if (isCentral) {
    put(to, 0, 2 + 2 + 2);
    put(to, 0, 4);
    put(to, e.offset, 4);
  }
  to += e.name;
}

void Zip::add(std::string_view name, std::string_view content) {
  entries_.push_back({std::string(name), crcOf(content), static_cast<std::uint32_t>(content.size()),
                      static_cast<std::uint32_t>(bytes_.size())});
  header(bytes_, entries_.back(), false);
  bytes_ += content;
}

std::vector<std::byte> Zip::finish() {
  const auto start = static_cast<std::uint32_t>(bytes_.size());
  for (const Entry& e : entries_) header(bytes_, e, true);
  const auto size = static_cast<std::uint32_t>(bytes_.size()) - start;
  put(bytes_, kEnd, 4);
  put(bytes_, 0, 4);
  for (int i = 0; i < 2; ++i) put(bytes_, static_cast<std::uint32_t>(entries_.size()), 2);
  put(bytes_, size, 4);
  put(bytes_, start, 4);
  put(bytes_, 0, 2);
  std::vector<std::byte> out(bytes_.size());
  std::memcpy(out.data(), bytes_.data(), bytes_.size());
  return out;
}

}  // namespace scorelet::formulas
