// Predicates in three-valued logic (spec: Trees, "Predicates"), flattened into one array.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/value.hpp"
#include "program/frame.hpp"

namespace scorelet::program {

enum class Truth : std::uint8_t {
  no,
  yes,
  unknown,
  invalid,  ///< an invalid value was met: the record has no answer
};

enum class PredicateOp : std::uint8_t {
  alwaysTrue,
  alwaysFalse,
  isMissing,
  isNotMissing,
  equal,
  notEqual,
  lessThan,
  lessOrEqual,
  greaterThan,
  greaterOrEqual,
  isIn,
  isNotIn,
  conjunction,
  disjunction,
  exclusive,
  surrogate,
};

class Predicates {
 public:
  struct Node {
    PredicateOp op = PredicateOp::alwaysTrue;
    Slot slot = kNoSlot;
    Value value = 0;          ///< comparisons
    std::uint32_t first = 0;  ///< set: into `set_`; compound: into `operands_`
    std::uint32_t count = 0;
  };

  void reserve(std::size_t count) { nodes_.reserve(count); }
  std::uint32_t add(Node node) {
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }
  std::uint32_t addSet(PredicateOp op, Slot slot, std::vector<Value> values);
  std::uint32_t addCompound(PredicateOp op, std::span<const std::uint32_t> operands);
  [[nodiscard]] const Node& node(std::uint32_t i) const noexcept { return nodes_[i]; }
  [[nodiscard]] std::span<const Value> set(const Node& n) const noexcept { return {set_.data() + n.first, n.count}; }
  [[nodiscard]] std::span<const std::uint32_t> operands(const Node& n) const noexcept {
    return {operands_.data() + n.first, n.count};
  }

  struct Result {
    Truth truth;
    Value poison;        ///< the invalid value, when truth is invalid
    bool usedSurrogate;  ///< an operand other than the first of a surrogate decided
  };
  /// Predicate `i` for row `row`.
  [[nodiscard]] Result test(std::uint32_t i, const Frame& frame, std::size_t row) const noexcept;

  /// Adds the slots that predicate `i` looks at, and says where it compares them.
  void describe(std::uint32_t i, std::vector<Slot>& reads, Wiring& wiring) const;

  [[nodiscard]] std::size_t bytes() const noexcept {
    return nodes_.size() * sizeof(Node) + set_.size() * sizeof(Value) + operands_.size() * sizeof(std::uint32_t);
  }

 private:
  std::vector<Node> nodes_;
  std::vector<Value> set_;
  std::vector<std::uint32_t> operands_;
};

}  // namespace scorelet::program
