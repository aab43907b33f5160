#include "models/tree/split_tree.hpp"

#include <algorithm>
#include <limits>

#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

using program::PredicateOp;
using program::Predicates;

bool SplitSet::contains(Value x) const noexcept {
  if (sorted.empty()) {
    if (!(x >= 0 && x < static_cast<double>(bits.size() * 64))) return false;
    const auto i = static_cast<std::uint32_t>(x);
    return static_cast<double>(i) == x && (bits[i / 64] >> (i % 64) & 1) != 0;
  }
  return std::binary_search(sorted.begin(), sorted.end(), x);
}

namespace {

/// The least double above `t`.
double after(double t) noexcept {
  if (t == 0) return std::numeric_limits<double>::denorm_min();
  if (t == std::numeric_limits<double>::infinity()) return std::numeric_limits<double>::quiet_NaN();
  const auto bits = std::bit_cast<std::int64_t>(t);
  return std::bit_cast<double>(t > 0 ? bits + 1 : bits - 1);
}

/// `values` ascend.
SplitSet makeSet(std::span<const Value> values) {
  SplitSet set;
  if (values.empty()) return set;
  const bool isSmall =
      values.front() >= 0 && values.back() < 65536 &&
      std::all_of(
          values.begin(), values.end(), [](Value v) { return v == static_cast<double>(static_cast<std::int32_t>(v)); });
  if (!isSmall) {
    set.sorted.assign(values.begin(), values.end());
    return set;
  }
  set.bits.resize(static_cast<std::size_t>(values.back()) / 64 + 1);
  for (const Value v : values) {
    const auto i = static_cast<std::uint32_t>(v);
    set.bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  return set;
}

}  // namespace

/// Compiles nodes from the leaves up; gives up at the first thing that has no fast form.
class SplitBuilder {
 public:
  SplitBuilder(const Tree& tree, SplitTree& out) : tree_(tree), out_(out) {}

  bool build() {
    if (predicate(0).op != PredicateOp::alwaysTrue) return false;
    if (tree_.missingValueStrategy >= MissingValueStrategy::weightedConfidence || tree_.missingValuePenalty != 1)
      return false;
    out_.splits_.reserve(tree_.nodes.size());
    out_.root_ = entry(0);
    return isFast_;
  }

 private:
  const Predicates::Node& predicate(std::uint32_t node) const {
    return tree_.predicates.node(tree_.nodes[node].predicate);
  }
  static std::int32_t answer(std::uint32_t node) { return ~static_cast<std::int32_t>(node); }

  /// Where a record that has reached `node` goes on: to the node's answer or to the first test of its children.
  std::int32_t entry(std::uint32_t node) {
    const Node& n = tree_.nodes[node];
    if (n.isLeaf()) return answer(node);
    const std::size_t first = children_.size();
    std::int32_t defaultEntry = SplitTree::kNoAnswer;
    for (std::uint32_t c = n.firstChild; c != kNone && isFast_; c = tree_.nodes[c].nextSibling) {
      const std::int32_t way = entry(c);
      children_.push_back({c, way});
      if (c == n.defaultChild) defaultEntry = way;
    }
    std::int32_t next = tree_.keeps(node) ? answer(node) : SplitTree::kNoAnswer;
    while (children_.size() > first) {
      const Child child = children_.back();
      children_.pop_back();
      const Predicates::Node* test = &predicate(child.node);
      if (!isFast_ || test->op == PredicateOp::alwaysFalse) continue;
      if (test->op == PredicateOp::alwaysTrue) {
        next = child.entry;
        continue;
      }
      const std::int32_t unknown = tree_.missingValueStrategy == MissingValueStrategy::none             ? next
                                   : tree_.missingValueStrategy == MissingValueStrategy::lastPrediction ? answer(node)
                                   : tree_.missingValueStrategy == MissingValueStrategy::defaultChild
                                       ? defaultEntry
                                       : SplitTree::kNoAnswer;
      if (children_.size() > first && isComplement(predicate(children_.back().node), *test)) {
        // A present value that fails the first of the two passes the second; a missing one is unknown to both.
        next = addSplit(predicate(children_.back().node), children_.back().entry, child.entry, unknown);
        children_.pop_back();
      } else {
        next = addSplit(*test, child.entry, next, unknown);
      }
    }
    return next;
  }

  bool isComplement(const Predicates::Node& a, const Predicates::Node& b) const {
    constexpr auto opposite = [](PredicateOp op) {
      switch (op) {
        case PredicateOp::lessThan: return PredicateOp::greaterOrEqual;
        case PredicateOp::lessOrEqual: return PredicateOp::greaterThan;
        case PredicateOp::greaterThan: return PredicateOp::lessOrEqual;
        case PredicateOp::greaterOrEqual: return PredicateOp::lessThan;
        case PredicateOp::equal: return PredicateOp::notEqual;
        case PredicateOp::notEqual: return PredicateOp::equal;
        case PredicateOp::isIn: return PredicateOp::isNotIn;
        case PredicateOp::isNotIn: return PredicateOp::isIn;
        default: return PredicateOp::alwaysFalse;
      }
    };
    if (a.slot != b.slot || b.op != opposite(a.op)) return false;
    if (a.op != PredicateOp::isIn && a.op != PredicateOp::isNotIn) return a.value == b.value;
    const auto x = tree_.predicates.set(a), y = tree_.predicates.set(b);
    return std::equal(x.begin(), x.end(), y.begin(), y.end());
  }

  std::int32_t addSplit(const Predicates::Node& p, std::int32_t yes, std::int32_t no, std::int32_t hole) {
    Split s{p.value, p.slot, yes, no, hole, false};
    switch (p.op) {
      case PredicateOp::lessThan: break;
      case PredicateOp::lessOrEqual: s.threshold = after(p.value); break;
      case PredicateOp::greaterThan: s.threshold = after(p.value), std::swap(s.yes, s.no); break;
      case PredicateOp::greaterOrEqual: std::swap(s.yes, s.no); break;
      case PredicateOp::equal:
      case PredicateOp::notEqual:
      case PredicateOp::isIn:
      case PredicateOp::isNotIn: {
        const bool isSingle = p.op == PredicateOp::equal || p.op == PredicateOp::notEqual;
        s.isSet = true;
        s.threshold = static_cast<double>(out_.sets_.size());
        out_.sets_.push_back(makeSet(isSingle ? std::span<const Value>(&p.value, 1) : tree_.predicates.set(p)));
        if (p.op == PredicateOp::notEqual || p.op == PredicateOp::isNotIn) std::swap(s.yes, s.no);
        break;
      }
      default: isFast_ = false;
    }
    if (!isPresent(s.threshold)) isFast_ = false;  // x <= INF: rare enough for the general walk
    out_.splits_.push_back(s);
    return static_cast<std::int32_t>(out_.splits_.size() - 1);
  }

  /// A child and where a record that it takes goes on.
  struct Child {
    std::uint32_t node;
    std::int32_t entry;
  };
  const Tree& tree_;
  SplitTree& out_;
  std::vector<Child> children_;  ///< of the nodes around the one at hand
  bool isFast_ = true;
};

SplitTree SplitTree::build(const Tree& tree) {
  SplitTree out;
  out.isBuilt_ = SplitBuilder(tree, out).build();
  if (!out.isBuilt_) out = {};
  return out;
}

std::size_t SplitTree::bytes() const noexcept {
  std::size_t n = splits_.size() * sizeof(Split);
  for (const SplitSet& s : sets_) n += (s.bits.size() + s.sorted.size()) * 8;
  return n;
}

}  // namespace scorelet::models::tree
