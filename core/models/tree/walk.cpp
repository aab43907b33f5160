// The general walk: any predicate, every missing value strategy (spec: Trees, "Missing Value Strategies").
#include <algorithm>

#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

using program::Truth;

Arrival walk(const Tree& tree, const Frame& frame, std::size_t row) {
  Arrival at;
  const auto root = tree.predicates.test(tree.nodes[0].predicate, frame, row);
  if (root.truth == Truth::invalid) return {kNone, 0, root.poison};
  if (root.truth != Truth::yes) return at;
  std::uint32_t node = 0;
  while (!tree.nodes[node].isLeaf()) {
    std::uint32_t next = kNone;
    for (std::uint32_t c = tree.nodes[node].firstChild; c != kNone; c = tree.nodes[c].nextSibling) {
      const auto answer = tree.predicates.test(tree.nodes[c].predicate, frame, row);
      if (answer.truth == Truth::invalid) return {kNone, 0, answer.poison};
      if (answer.truth == Truth::yes) {
        next = c;
        at.levels += answer.usedSurrogate;
        break;
      }
      if (answer.truth == Truth::no || tree.missingValueStrategy == MissingValueStrategy::none) continue;
      if (tree.missingValueStrategy == MissingValueStrategy::lastPrediction) {
        at.node = node;
        return at;
      }
      if (tree.missingValueStrategy != MissingValueStrategy::defaultChild) return {};
      next = tree.nodes[node].defaultChild;
      if (next == kNone) return {};
      ++at.levels;
      break;
    }
    if (next == kNone) {
      if (tree.keeps(node)) at.node = node;
      return at;
    }
    node = next;
  }
  at.node = node;
  return at;
}

namespace {

struct Mixer {
  const Tree& tree;
  const Frame& frame;
  std::size_t row;
  std::vector<double>& stack;  ///< one row of category weights per level of recursion
  Value poison = missing();

  [[nodiscard]] std::size_t width() const { return tree.categories.size(); }

  /// The truth of a node's predicate; an invalid value is kept and counts as no.
  Truth test(std::uint32_t node) {
    const auto answer = tree.predicates.test(tree.nodes[node].predicate, frame, row);
    if (answer.truth != Truth::invalid) return answer.truth;
    poison = answer.poison;
    return Truth::no;
  }

  /// Adds the leaves below `node` that are possible, each with its record counts.
  void aggregate(std::uint32_t node, Mixture& out) {
    const Node& n = tree.nodes[node];
    if (n.isLeaf()) return add(node, out);
    bool any = false;
    for (std::uint32_t c = n.firstChild; c != kNone; c = tree.nodes[c].nextSibling) {
      const Truth truth = test(c);
      if (truth == Truth::no) continue;
      any = true;
      aggregate(c, out);
      if (truth == Truth::yes) break;  // siblings after a certain child are not reached
    }
    if (!any && tree.keeps(node)) add(node, out);
  }

  void add(std::uint32_t node, Mixture& out) {
    const Node& n = tree.nodes[node];
    if (n.distribution != kNone) {
      for (std::size_t c = 0; c < width(); ++c) stack[c] += tree.counts[n.distribution * width() + c];
      for (std::size_t c = 0; c < width(); ++c) out.total += tree.counts[n.distribution * width() + c];
    } else if (isPresent(n.score) && !tree.isClassification) {
      out.mean += n.recordCount * n.score;
      out.total += n.recordCount;
    }
  }

  /// The confidences of `node` into `stack` from `at` on: where a child is unknown, the mean over all children
  /// that are not false, by record count.
  bool weigh(std::uint32_t node, std::size_t at, double& mean) {
    const Node& n = tree.nodes[node];
    std::fill_n(stack.begin() + static_cast<std::ptrdiff_t>(at), width(), 0.0);
    mean = 0;
    const std::size_t below = at + width();
    if (stack.size() < below + width()) stack.resize(below + width());
    bool anyUnknown = false, anyPossible = false;
    double total = 0;
    for (std::uint32_t c = n.firstChild; c != kNone; c = tree.nodes[c].nextSibling) {
      const Truth truth = test(c);
      if (isInvalid(poison)) return false;
      if (truth == Truth::no) continue;
      if (truth == Truth::yes && !anyUnknown) return weigh(c, at, mean);
      anyUnknown = anyPossible = true;
      double part = 0;
      if (!weigh(c, below, part)) {
        if (isInvalid(poison)) return false;
        continue;
      }
      const double weight = tree.nodes[c].recordCount;
      for (std::size_t i = 0; i < width(); ++i) stack[at + i] += weight * stack[below + i];
      mean += weight * part;
      total += weight;
    }
    if (anyPossible) {
      if (!(total > 0)) return false;
      for (std::size_t i = 0; i < width(); ++i) stack[at + i] /= total;
      mean /= total;
      return true;
    }
    if (!n.isLeaf() && !tree.keeps(node)) return false;
    if (n.distribution != kNone)
      for (std::size_t c = 0; c < width(); ++c) stack[at + c] = tree.confidences[n.distribution * width() + c];
    if (isPresent(n.score) && !tree.isClassification) mean = n.score;
    return n.distribution != kNone || !tree.isClassification;
  }
};

}  // namespace

Value mix(const Tree& tree, const Frame& frame, std::size_t row, Mixture& out) {
  Mixer mixer{tree, frame, row, frame.buffers.sums};
  if (mixer.stack.size() < 2 * mixer.width()) mixer.stack.resize(2 * mixer.width());
  std::fill(mixer.stack.begin(), mixer.stack.end(), 0.0);
  out = {};
  const auto root = tree.predicates.test(tree.nodes[0].predicate, frame, row);
  if (root.truth == Truth::invalid) return root.poison;
  if (root.truth == Truth::no) return missing();
  if (tree.missingValueStrategy == MissingValueStrategy::aggregateNodes) {
    mixer.aggregate(0, out);
    if (out.total > 0) out.mean /= out.total;
  } else if (mixer.weigh(0, 0, out.mean)) {
    out.total = 1;
  }
  return mixer.poison;
}

}  // namespace scorelet::models::tree
