#include "program/predicate.hpp"

#include "program/wiring.hpp"

namespace scorelet::program {

std::uint32_t Predicates::addSet(PredicateOp op, Slot slot, std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const Node node{op, slot, 0, static_cast<std::uint32_t>(set_.size()), static_cast<std::uint32_t>(values.size())};
  set_.insert(set_.end(), values.begin(), values.end());
  return add(node);
}

std::uint32_t Predicates::addCompound(PredicateOp op, std::span<const std::uint32_t> operands) {
  const Node node{op, kNoSlot, 0, static_cast<std::uint32_t>(operands_.size()),
                  static_cast<std::uint32_t>(operands.size())};
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  return add(node);
}

Predicates::Result Predicates::test(std::uint32_t i, const Frame& frame, std::size_t row) const noexcept {
  const Node& n = nodes_[i];
  const auto answer = [](bool b) { return Result{b ? Truth::yes : Truth::no, 0, false}; };
  if (n.op == PredicateOp::alwaysTrue) return answer(true);
  if (n.op == PredicateOp::alwaysFalse) return answer(false);

  if (n.op < PredicateOp::conjunction) {
    const Value x = frame.at(n.slot)[row];
    if (isInvalid(x)) return {Truth::invalid, x, false};
    if (n.op == PredicateOp::isMissing) return answer(!isPresent(x));
    if (n.op == PredicateOp::isNotMissing) return answer(isPresent(x));
    if (!isPresent(x)) return {Truth::unknown, 0, false};
    switch (n.op) {
      case PredicateOp::equal: return answer(x == n.value);
      case PredicateOp::notEqual: return answer(x != n.value);
      case PredicateOp::lessThan: return answer(x < n.value);
      case PredicateOp::lessOrEqual: return answer(x <= n.value);
      case PredicateOp::greaterThan: return answer(x > n.value);
      case PredicateOp::greaterOrEqual: return answer(x >= n.value);
      default: {
        const std::span<const Value> values = set(n);
        return answer(std::binary_search(values.begin(), values.end(), x) == (n.op == PredicateOp::isIn));
      }
    }
  }

  bool anyUnknown = false, anySurrogate = false, parity = false;
  for (std::uint32_t k = 0; k < n.count; ++k) {
    const Result r = test(operands_[n.first + k], frame, row);
    if (r.truth == Truth::invalid) return r;
    anySurrogate |= r.usedSurrogate;
    if (n.op == PredicateOp::surrogate) {
      if (r.truth != Truth::unknown) return {r.truth, 0, r.usedSurrogate || k > 0};
    } else if (r.truth == Truth::unknown) {
      anyUnknown = true;
    } else if (n.op == PredicateOp::exclusive) {
      parity ^= r.truth == Truth::yes;
    } else if ((r.truth == Truth::yes) == (n.op == PredicateOp::disjunction)) {
      return {r.truth, 0, anySurrogate};  // false decides "and", true decides "or", whatever else is unknown
    }
  }
  if (anyUnknown || n.op == PredicateOp::surrogate) return {Truth::unknown, 0, anySurrogate};
  if (n.op == PredicateOp::exclusive) return {parity ? Truth::yes : Truth::no, 0, anySurrogate};
  return {n.op == PredicateOp::conjunction ? Truth::yes : Truth::no, 0, anySurrogate};
}

void Predicates::describe(std::uint32_t i, std::vector<Slot>& reads, Wiring& wiring) const {
  const Node& n = nodes_[i];
  if (n.op >= PredicateOp::conjunction) {
    for (const std::uint32_t operand : operands(n)) describe(operand, reads, wiring);
    return;
  }
  if (n.op <= PredicateOp::alwaysFalse) return;
  reads.push_back(n.slot);
  if (n.op >= PredicateOp::equal && n.op <= PredicateOp::greaterOrEqual) wiring.cut(n.slot, n.value);
}

}  // namespace scorelet::program
