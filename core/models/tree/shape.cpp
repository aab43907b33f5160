#include "models/tree/shape.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace scorelet::models::tree {

namespace {

using program::TreeShape;

/// Whether every node's recordCount is that of its children together.
TreeShape::Counts countsOf(const Tree& tree) {
  constexpr double kTolerance = 1e-3;  // exporters print few digits, and add up in single precision
  if (!(tree.nodes[0].recordCount > 0)) return TreeShape::Counts::absent;
  for (const Node& n : tree.nodes) {
    if (n.isLeaf()) continue;
    double sum = 0;
    for (std::uint32_t c = n.firstChild; c != kNone; c = tree.nodes[c].nextSibling) sum += tree.nodes[c].recordCount;
    if (!(std::fabs(sum - n.recordCount) <= kTolerance * n.recordCount)) return TreeShape::Counts::contradictory;
  }
  return TreeShape::Counts::complete;
}

/// The node that a way < 0 answers with.
std::size_t nodeOf(std::int32_t way) {
  const std::int32_t node = ~way;
  return static_cast<std::size_t>(node);
}

}  // namespace

program::TreeShape shapeOf(const TreeStep& step, std::size_t width, const SharesOf& sharesOf) {
  TreeShape shape;
  shape.width = width;
  shape.hasCounts = countsOf(step.tree);
  std::map<std::int32_t, std::int32_t> leaves;  // by way
  const auto wayOf = [&](std::int32_t way) {
    if (way >= 0) return way;
    const auto [at, isNew] = leaves.emplace(way, ~static_cast<std::int32_t>(leaves.size()));
    if (!isNew) return at->second;
    const std::size_t begin = shape.shares.size();
    const bool answers = way != SplitTree::kNoAnswer && sharesOf(static_cast<std::uint32_t>(nodeOf(way)), shape.shares);
    if (!answers) shape.shares.resize(begin), shape.shares.resize(begin + width, missing());
    shape.counts.push_back(way == SplitTree::kNoAnswer ? 0 : step.tree.nodes[nodeOf(way)].recordCount);
    return at->second;
  };
  shape.root = wayOf(step.splits.root());
  for (const Split& s : step.splits.splits()) {
    TreeShape::Test test{s.threshold, s.slot, TreeShape::kNoSet, wayOf(s.yes), wayOf(s.no), wayOf(s.hole)};
    if (s.isSet) {
      test.set = static_cast<std::uint32_t>(shape.sets.size());
      std::vector<Value>& set = shape.sets.emplace_back();
      step.splits.setOf(s).eachMember([&](Value v) { set.push_back(v); });
      std::sort(set.begin(), set.end());
    }
    shape.tests.push_back(test);
    // An inner node that answers would count the records of its children twice.
    for (const std::int32_t way : {s.yes, s.no})
      if (way < 0 && way != SplitTree::kNoAnswer && !step.tree.nodes[nodeOf(way)].isLeaf() &&
          shape.hasCounts == TreeShape::Counts::complete)
        shape.hasCounts = TreeShape::Counts::contradictory;
  }
  return shape;
}

}  // namespace scorelet::models::tree
