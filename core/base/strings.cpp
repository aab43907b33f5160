#include "base/strings.hpp"

#include <bit>
#include <cstring>

namespace scorelet {

std::uint64_t hashText(std::string_view text) noexcept {
  // FNV-1a with a final mix: short keys, no dependence on word size or byte order.
  std::uint64_t h = 14695981039346656037u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
  h ^= h >> 32;
  h *= 0x9E3779B97F4A7C15u;
  return h ^ (h >> 29);
}

namespace {

/// For tables in memory only: as many bytes at once as there are.
std::uint64_t fastHash(std::string_view text) noexcept {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15u;
  const auto wordAt = [&](std::size_t at, auto word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    return static_cast<std::uint64_t>(word);
  };
  std::uint64_t h = text.size();
  const auto mix = [&](std::uint64_t word) {
    h = (h ^ word) * kOdd;
    h ^= h >> 32;
  };
  std::size_t at = 0;
  for (; text.size() - at > 8; at += 8) mix(wordAt(at, std::uint64_t{}));
  const std::size_t rest = text.size() - at;
  if (rest >= 4)  // overlapping
    mix(wordAt(at, std::uint32_t{}) | wordAt(text.size() - 4, std::uint32_t{}) << 32);
  else if (rest > 0)
    mix(wordAt(at, std::uint8_t{}) | wordAt(at + rest / 2, std::uint8_t{}) << 8 |
        wordAt(text.size() - 1, std::uint8_t{}) << 16);
  return h * kOdd >> 16;
}

}  // namespace

/// The entry of `text`, or the free one where it belongs.
std::size_t Symbols::probe(std::string_view text) const noexcept {
  const std::size_t mask = table_.size() - 1;
  std::size_t i = fastHash(text) & mask;
  while (table_[i] != 0 && !isSame(this->text(table_[i] - 1), text)) i = (i + 1) & mask;
  return i;
}

std::uint32_t Symbols::find(std::string_view text) const noexcept {
  if (table_.empty()) return npos;
  const std::uint32_t entry = table_[probe(text)];
  return entry == 0 ? npos : entry - 1;
}

void Symbols::rehash(std::size_t entries) {
  table_.assign(entries, 0);
  for (std::uint32_t id = 0; id < size(); ++id) table_[probe(text(id))] = id + 1;
}

void Symbols::reserve(std::size_t count) {
  constexpr std::size_t kLength = 8;
  const std::size_t entries = std::bit_ceil((count + 2) * 2);
  if (entries <= table_.size()) return;
  bytes_.reserve(count * kLength);
  ends_.reserve(count + 1);
  rehash(entries);
}

std::uint32_t Symbols::intern(std::string_view text) {
  if (table_.empty()) reserve(6);  // most are small, and there are many
  if ((ends_.size() + 1) * 2 > table_.size()) rehash(table_.size() * 2);
  const std::size_t at = probe(text);
  if (table_[at] != 0) return table_[at] - 1;
  const std::uint32_t id = size();
  // The text may be a view into this very buffer: make room first, then copy from a stable place.
  const bool inside = !bytes_.empty() && text.data() >= bytes_.data() && text.data() < bytes_.data() + bytes_.size();
  const std::size_t from = inside ? static_cast<std::size_t>(text.data() - bytes_.data()) : 0;
  const std::size_t begin = bytes_.size();
  bytes_.resize(begin + text.size());
  if (!text.empty()) std::memcpy(bytes_.data() + begin, inside ? bytes_.data() + from : text.data(), text.size());
  ends_.push_back(bytes_.size());
  table_[at] = id + 1;
  return id;
}

void Symbols::clear() noexcept {
  if (size() == 0) return;
  bytes_.clear();
  ends_.resize(1);
  std::memset(table_.data(), 0, table_.size() * sizeof(table_[0]));
}

}  // namespace scorelet
