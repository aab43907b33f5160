// Names that large documents repeat by the hundred thousand. They have numbers, by which readers find them without
// comparing letters.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace scorelet::xml {

/// Elements, by local name.
enum class Tag : std::uint8_t {
  node,
  scoreDistribution,
  simplePredicate,
  simpleSetPredicate,
  compoundPredicate,
  alwaysTrue,
  alwaysFalse,
  array,
  miningField,
  other
};
inline constexpr std::string_view kTags[] = {
    "Node",  "ScoreDistribution", "SimplePredicate", "SimpleSetPredicate", "CompoundPredicate", "True", "False",
    "Array", "MiningField"};

/// Attributes.
enum class Key : std::uint8_t {
  id,
  score,
  recordCount,
  defaultChild,
  field,
  op,
  booleanOperator,
  value,
  probability,
  confidence,
  name,
  other
};
inline constexpr std::string_view kKeys[] = {"id",       "score",           "recordCount", "defaultChild", "field",
                                             "operator", "booleanOperator", "value",       "probability",  "confidence",
                                             "name"};

template <class Number, std::size_t N>
[[nodiscard]] Number numberOf(std::string_view name, const std::string_view (&names)[N]) noexcept {
  static_assert(N == static_cast<std::size_t>(Number::other));
  return static_cast<Number>(std::find(std::begin(names), std::end(names), name) - std::begin(names));
}
[[nodiscard]] constexpr std::string_view nameOf(Key key) noexcept { return kKeys[static_cast<std::size_t>(key)]; }

}  // namespace scorelet::xml
