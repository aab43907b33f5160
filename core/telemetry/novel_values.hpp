// Values that were not expected, in bounded memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <scorelet/telemetry/window.hpp>

#include "base/strings.hpp"

namespace scorelet::telemetry {

/// The values with the smallest hashes and how often each came. One that is among them at the end was so from its first
/// time on, in every part as in the whole: no count is short, and parts merge to the whole.
class NovelValues {
 public:
  void add(std::string_view value) { add(hashText(value), value, 1); }
  /// Several times. A value of more than kLongest bytes counts as what is kept of it.
  void add(std::string_view value, std::uint64_t count) { add(hashText(cut(value)), value, count); }
  void merge(const NovelValues& other) {
    for (std::size_t i = 0; i < other.hashes_.size(); ++i)
      add(other.hashes_[i], other.values_[i].value, other.values_[i].count);
  }
  [[nodiscard]] std::span<const NovelValue> values() const noexcept { return values_; }

 private:
  static constexpr std::size_t kMost = 20, kLongest = 100;

  void add(std::uint64_t hash, std::string_view value, std::uint64_t count) {
    const auto place = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
    const auto at = place - hashes_.begin();
    if (place != hashes_.end() && *place == hash) {
      values_[static_cast<std::size_t>(at)].count += count;
    } else if (place != hashes_.end() || hashes_.size() < kMost) {
      hashes_.insert(place, hash);
      values_.insert(values_.begin() + at, {std::string(cut(value)), count});
      if (hashes_.size() > kMost) hashes_.pop_back(), values_.pop_back();
    }
  }
  static std::string_view cut(std::string_view value) {
    std::size_t n = std::min(value.size(), kLongest);
    while (n > 0 && n < value.size() && (static_cast<unsigned char>(value[n]) & 0xC0) == 0x80) --n;  // UTF-8
    return value.substr(0, n);
  }

  std::vector<std::uint64_t> hashes_;  // ascending
  std::vector<NovelValue> values_;     // parallel
};

}  // namespace scorelet::telemetry
