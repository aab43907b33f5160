#include "xml/tree.hpp"

#include <cstring>

namespace scorelet::xml {

namespace {

/// Names are short and differ in length, beginning or end.
std::uint64_t hashName(std::string_view name) noexcept {
  std::uint64_t first = 0, last = 0;
  const std::size_t n = name.size() < 8 ? name.size() : 8;
  std::memcpy(&first, name.data(), n);
  std::memcpy(&last, name.data() + name.size() - n, n);
  std::uint64_t h = (first ^ (last * 0x9E3779B97F4A7C15u) ^ name.size()) * 0xD6E8FEB86659FD93u;
  return h ^ (h >> 32);
}

}  // namespace

std::uint32_t Names::intern(std::string_view name) {
  if (names_.size() * 2 >= table_.size()) grow();
  for (std::size_t at = hashName(name) & (table_.size() - 1);; at = (at + 1) & (table_.size() - 1)) {
    if (table_[at] == 0) {
      append(name);
      return (table_[at] = static_cast<std::uint32_t>(names_.size())) - 1;
    }
    if (names_[table_[at] - 1].whole == name) return table_[at] - 1;
  }
}

void Names::append(std::string_view name) {
  const std::size_t colon = name.find(':');
  names_.push_back({name, colon == std::string_view::npos ? name : name.substr(colon + 1)});
}

void Names::grow() {
  table_.assign(table_.empty() ? 256 : table_.size() * 2, 0);
  for (std::uint32_t id = 0; id < names_.size(); ++id) {
    std::size_t at = hashName(names_[id].whole) & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = id + 1;
  }
}

}  // namespace scorelet::xml
