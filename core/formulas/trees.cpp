// TreeModel: nested IFs.
#include <algorithm>
#include <functional>
#include <map>

#include "formulas/steps.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::formulas {

namespace {

using namespace models::tree;

/// What a leaf says; kNone: there is no answer.
using Leaf = std::function<Formula(std::uint32_t node)>;

/// A tree of simple tests.
class Splits {
 public:
  Splits(Translation& t, const SplitTree& tree) : t_(t), tree_(tree), references_(tree.splits().size()) {
    for (const Split& s : tree.splits()) {
      const auto count = [this](std::int32_t way) {
        if (way >= 0) ++references_[static_cast<std::size_t>(way)];
      };
      count(s.yes);
      if (s.no != s.yes) count(s.no);
      if (s.hole != s.yes && s.hole != s.no && t.lane(s.slot).mayBeMissing) count(s.hole);
    }
  }

  [[nodiscard]] Formula walk(const Leaf& leaf) {
    shared_.clear();
    return walk(tree_.root(), leaf);
  }

 private:
  Formula walk(std::int32_t way, const Leaf& leaf) {
    if (way == SplitTree::kNoAnswer) return leaf(kNone);
    if (way < 0) return leaf(static_cast<std::uint32_t>(~way));
    const bool isShared = references_[static_cast<std::size_t>(way)] > 1;
    if (const auto known = shared_.find(way); isShared && known != shared_.end()) return known->second;
    Formula out = test(tree_.splits()[static_cast<std::size_t>(way)], leaf);
    if (isShared) shared_.emplace(way, out = t_.define("node", out));
    return out;
  }

  Formula test(const Split& s, const Leaf& leaf) {
    const Lane& x = t_.lane(s.slot);
    Formula isYes = s.isSet ? isMember(s, x) : isBelow(x, s.threshold);
    if (!x.mayBeMissing || s.hole == s.no)
      // An empty text is no member of a set, and not below a number: texts are above all numbers.
      return iff(std::move(isYes), walk(s.yes, leaf), walk(s.no, leaf));
    if (s.hole == s.yes) return iff(any({isBlank(x.formula), isYes}), walk(s.yes, leaf), walk(s.no, leaf));
    Formula otherwise = walk(s.hole, leaf);
    return iff(isBlank(x.formula), std::move(otherwise), iff(std::move(isYes), walk(s.yes, leaf), walk(s.no, leaf)));
  }

  Formula isMember(const Split& s, const Lane& x) {
    std::vector<Value> members;
    tree_.setOf(s).eachMember([&](Value v) { members.push_back(v); });
    std::sort(members.begin(), members.end());
    return isAmong(t_, x, members);
  }

  Translation& t_;
  const SplitTree& tree_;
  std::vector<std::uint32_t> references_;
  std::map<std::int32_t, Formula> shared_;
};

/// The general walk: any predicate.
class Walk {
 public:
  Walk(Translation& t, const Tree& tree) : t_(t), tree_(tree), truths_(t, tree.predicates) {}

  [[nodiscard]] Formula walk(const Leaf& leaf) {
    shared_.clear();
    return iff(truths_.isYes(tree_.nodes[0].predicate), walk(0, leaf), leaf(kNone));
  }

  [[nodiscard]] bool mayBeInvalid() {
    return std::ranges::any_of(tree_.nodes, [this](const auto& n) { return truths_.mayBeInvalid(n.predicate); });
  }

 private:
  Formula walk(std::uint32_t at, const Leaf& leaf) {
    if (const auto known = shared_.find(at); known != shared_.end()) return known->second;
    const auto& node = tree_.nodes[at];
    if (node.isLeaf()) return leaf(at);
    std::vector<std::uint32_t> children;
    for (std::uint32_t c = node.firstChild; c != kNone; c = tree_.nodes[c].nextSibling) children.push_back(c);
    // The child that a missing value leads to is named several times.
    if (tree_.missingValueStrategy == MissingValueStrategy::defaultChild && node.defaultChild != kNone)
      shared_.emplace(node.defaultChild, t_.define("node", walk(node.defaultChild, leaf)));
    Formula out = tree_.keeps(at) ? leaf(at) : leaf(kNone);
    for (std::size_t i = children.size(); i-- > 0;) {
      const std::uint32_t predicate = tree_.nodes[children[i]].predicate;
      if (tree_.missingValueStrategy != MissingValueStrategy::none)
        out = iff(truths_.isUnknown(predicate), unknown(at, leaf), out);
      out = iff(truths_.isYes(predicate), walk(children[i], leaf), out);
    }
    return out;
  }

  Formula unknown(std::uint32_t at, const Leaf& leaf) {
    if (tree_.missingValueStrategy == MissingValueStrategy::lastPrediction) return leaf(at);
    const std::uint32_t next = tree_.nodes[at].defaultChild;
    if (tree_.missingValueStrategy != MissingValueStrategy::defaultChild || next == kNone) return leaf(kNone);
    return shared_.at(next);
  }

  Translation& t_;
  const Tree& tree_;
  Truths truths_;
  std::map<std::uint32_t, Formula> shared_;
};

}  // namespace

bool translateTree(Translation& t, const program::Wiring::Known& step) {
  const auto* s = step.as<TreeStep>();
  if (s == nullptr) return false;
  translateTree(t, *s);
  return true;
}

void translateTree(Translation& t, const TreeStep& s) {
  const Tree& tree = s.tree;
  if (tree.missingValueStrategy >= MissingValueStrategy::weightedConfidence)
    t.refuse(
        "a tree mixes several leaves where a value is missing (missingValueStrategy weightedConfidence or "
        "aggregateNodes)");
  if (!tree.embedded.empty()) t.refuse("a Node of a tree holds a model");
  Splits splits(t, s.splits);
  Walk general(t, tree);
  const bool isSimple = !s.splits.empty();
  const auto walk = [&](const Leaf& leaf) { return isSimple ? splits.walk(leaf) : general.walk(leaf); };
  bool mayBeInvalid = false;
  if (isSimple)
    for (const Split& split : s.splits.splits()) mayBeInvalid |= t.lane(split.slot).mayBeInvalid;
  else
    mayBeInvalid = general.mayBeInvalid();

  // The leaves that there are, and whether some records come to none.
  std::vector<std::uint32_t> leaves;
  bool mayBeNone = false;
  std::map<std::uint32_t, double> numbers;
  const Formula number_ = walk([&](std::uint32_t node) {
    if (node == kNone) {
      mayBeNone = true;
      return missingFormula();
    }
    const auto [at, isNew] = numbers.emplace(node, static_cast<double>(leaves.size() + 1));
    if (isNew) leaves.push_back(node);
    return number(at->second);
  });
  const auto scoreOf = [&](std::uint32_t node) {
    return node == kNone ? missingFormula() : t.constant(tree.nodes[node].score, tree.scoreType);
  };
  bool isMissed = mayBeNone;
  for (const std::uint32_t leaf : leaves) isMissed |= isMissing(tree.nodes[leaf].score);
  if (!tree.isClassification) {
    t.set(s.value, {walk(scoreOf), tree.scoreType, isMissed, mayBeInvalid}, "tree");
    t.set(s.entityId,
          {walk([&](std::uint32_t node) {
             return node == kNone || isMissing(tree.nodes[node].score)
                        ? missingFormula()
                        : t.constant(tree.nodes[node].id, DataType::string);
           }),
           DataType::string, isMissed, mayBeInvalid},
          "node");
    return;
  }
  // The leaf once; what it says is looked up.
  const Lane leaf{t.define("leaf", number_), DataType::integer, mayBeNone, mayBeInvalid};
  const auto lookUp = [&](DataType type, const std::function<Formula(std::uint32_t)>& of) {
    if (leaves.empty()) return Lane{missingFormula(), type, true, mayBeInvalid};
    Formulas values;
    bool mayBeMissing = mayBeNone;
    for (const std::uint32_t node : leaves) {
      values.push_back(of(node));
      mayBeMissing |= isMissingFormula(values.back());
    }
    const bool isOne = values.size() == 1;
    return Lane{whenPresent({leaf}, isOne ? values[0] : call("INDEX", {array(std::move(values)), leaf.formula})), type,
                mayBeMissing, mayBeInvalid};
  };
  t.set(s.value, lookUp(tree.scoreType, scoreOf), "class");
  t.set(s.entityId, lookUp(DataType::string, [&](std::uint32_t node) {
          return isMissing(tree.nodes[node].score) ? missingFormula()
                                                   : t.constant(tree.nodes[node].id, DataType::string);
        }));
  const std::size_t k = tree.categories.size();
  const auto rows = [&](const std::vector<Slot>& slots, const std::vector<double>& table) {
    for (std::size_t c = 0; c < slots.size(); ++c)
      t.set(slots[c],
            lookUp(DataType::float64,
                   [&](std::uint32_t node) {
                     const std::uint32_t d = tree.nodes[node].distribution;
                     return d == kNone ? missingFormula() : number(table[d * k + c]);
                   }),
            "p");
  };
  rows(s.probabilities, tree.probabilities);
  if (!isSimple && tree.missingValuePenalty != 1) t.refuse("missingValuePenalty makes confidences smaller");
  rows(s.confidences, tree.confidences);
}

}  // namespace scorelet::formulas
