// Distinct values in the order of their first appearance, each with its number.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/value.hpp"

namespace scorelet {

class DistinctValues {
 public:
  DistinctValues() = default;
  explicit DistinctValues(std::span<const Value> values) {
    for (const Value v : values) add(v);
  }

  /// The number of `v`, a new one if it has none yet.
  std::uint32_t add(Value v) {
    if (const auto known = find(v)) return *known;
    const auto number = static_cast<std::uint32_t>(values_.size());
    values_.push_back(v);
    if (values_.size() > kFew)
      while (numbers_.size() < values_.size()) {
        const auto next = static_cast<std::uint32_t>(numbers_.size());
        numbers_.try_emplace(key(values_[next]), next);
      }
    return number;
  }
  [[nodiscard]] std::optional<std::uint32_t> find(Value v) const {
    if (values_.size() <= kFew) {
      for (std::uint32_t i = 0; i < values_.size(); ++i)
        if (key(values_[i]) == key(v)) return i;
      return std::nullopt;
    }
    const auto at = numbers_.find(key(v));
    return at == numbers_.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] const std::vector<Value>& values() const noexcept { return values_; }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

 private:
  static std::uint64_t key(Value v) noexcept { return std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v); }

  std::vector<Value> values_;
  static constexpr std::size_t kFew = 8;                      ///< are looked through
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  ///< of more than a few values
};

}  // namespace scorelet
