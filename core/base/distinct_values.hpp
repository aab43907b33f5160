// Distinct values in the order of their first appearance, each with its number.
#pragma once

#include <bit>
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
    const auto [at, isNew] = numbers_.try_emplace(key(v), static_cast<std::uint32_t>(values_.size()));
    if (isNew) values_.push_back(v);
    return at->second;
  }
  [[nodiscard]] std::optional<std::uint32_t> find(Value v) const {
    const auto at = numbers_.find(key(v));
    return at == numbers_.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] const std::vector<Value>& values() const noexcept { return values_; }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

 private:
  static std::uint64_t key(Value v) noexcept { return std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v); }

  std::vector<Value> values_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

}  // namespace scorelet
