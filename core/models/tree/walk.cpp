// The general walk: any predicate, every missing value strategy (spec: Trees, "Missing Value Strategies").
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
      if (tree.returnsLastPrediction) at.node = node;
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
  Value poison = missing();

  /// Adds the leaves below `node` that are possible, each with its record counts.
  void aggregate(std::uint32_t node, Mixture& out) {
    const Node& n = tree.nodes[node];
    if (n.isLeaf()) return add(node, out);
    bool any = false;
    for (std::uint32_t c = n.firstChild; c != kNone; c = tree.nodes[c].nextSibling) {
      const auto answer = tree.predicates.test(tree.nodes[c].predicate, frame, row);
      if (answer.truth == Truth::invalid) poison = answer.poison;
      if (answer.truth == Truth::no || answer.truth == Truth::invalid) continue;
      any = true;
      aggregate(c, out);
      if (answer.truth == Truth::yes) break;  // siblings after a certain child are not reached
    }
    if (!any && tree.returnsLastPrediction) add(node, out);
  }

  void add(std::uint32_t node, Mixture& out) const {
    const Node& n = tree.nodes[node];
    const std::size_t k = tree.categories.size();
    if (n.distribution != kNone) {
      for (std::size_t c = 0; c < k; ++c) out.weights[c] += tree.counts[n.distribution * k + c];
      for (std::size_t c = 0; c < k; ++c) out.total += tree.counts[n.distribution * k + c];
    } else if (isPresent(n.score) && !tree.isClassification) {
      out.mean += n.recordCount * n.score;
      out.total += n.recordCount;
    }
  }

  /// Confidences of `node`: where a child is unknown, the mean of all that are not false, by record count.
  bool weigh(std::uint32_t node, std::vector<double>& confidences, double& mean) {
    const Node& n = tree.nodes[node];
    const std::size_t k = tree.categories.size();
    std::vector<std::uint32_t> possible;
    std::uint32_t certain = kNone;
    for (std::uint32_t c = n.firstChild; c != kNone; c = tree.nodes[c].nextSibling) {
      const auto answer = tree.predicates.test(tree.nodes[c].predicate, frame, row);
      if (answer.truth == Truth::invalid) return poison = answer.poison, false;
      if (answer.truth == Truth::no) continue;
      if (answer.truth == Truth::yes && possible.empty()) {
        certain = c;
        break;
      }
      possible.push_back(c);
    }
    if (certain != kNone) return weigh(certain, confidences, mean);
    if (possible.empty()) {
      if (!n.isLeaf() && !tree.returnsLastPrediction) return false;
      confidences.assign(k, 0);
      if (n.distribution != kNone)
        for (std::size_t c = 0; c < k; ++c) confidences[c] = tree.confidences[n.distribution * k + c];
      mean = isPresent(n.score) && !tree.isClassification ? n.score : 0;
      return n.distribution != kNone || !tree.isClassification;
    }
    std::vector<double> sum(k, 0), part;
    double total = 0, meanSum = 0;
    for (const std::uint32_t c : possible) {
      double partMean = 0;
      if (!weigh(c, part, partMean)) {
        if (isInvalid(poison)) return false;
        continue;
      }
      const double weight = tree.nodes[c].recordCount;
      for (std::size_t i = 0; i < k; ++i) sum[i] += weight * part[i];
      meanSum += weight * partMean;
      total += weight;
    }
    if (!(total > 0)) return false;
    for (double& s : sum) s /= total;
    confidences = std::move(sum);
    mean = meanSum / total;
    return true;
  }
};

}  // namespace

Value mix(const Tree& tree, const Frame& frame, std::size_t row, Mixture& out) {
  out.weights.assign(tree.categories.size(), 0);
  out.total = out.mean = 0;
  const auto root = tree.predicates.test(tree.nodes[0].predicate, frame, row);
  if (root.truth == Truth::invalid) return root.poison;
  if (root.truth == Truth::no) return missing();
  Mixer mixer{tree, frame, row};
  if (tree.missingValueStrategy == MissingValueStrategy::aggregateNodes) {
    mixer.aggregate(0, out);
    if (out.total > 0) out.mean /= out.total;
  } else if (mixer.weigh(0, out.weights, out.mean)) {
    out.total = 1;
  }
  return mixer.poison;
}

}  // namespace scorelet::models::tree
