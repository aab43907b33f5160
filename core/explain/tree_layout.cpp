#include "explain/tree_layout.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace scorelet::explain {

using program::Fields;
using program::TreeShape;
using program::TreeTerm;
using program::Wiring;

namespace {

/// What several paths of a tree share is followed once for each.
class TreeLayoutBuilder {
 public:
  TreeLayoutBuilder(const Wiring& wiring, std::size_t inputs, TreeLayout& out)
      : wiring_(wiring), inputs_(inputs), out_(out), laneOf_(wiring.size(), TreeLayout::kNone) {}

  bool add(const TreeTerm& term) {
    const TreeShape& shape = wiring_.shape(term.shape);
    shape_ = &shape;
    term_ = &term;
    if (shape.root < 0) {
      const Value share = shape.shares[leafOf(shape.root) * shape.width + term.column];
      if (!isPresent(share)) return false;
      out_.constant += term.weight * share;
      return true;
    }
    if (!findPlayers()) return false;
    weigh();
    groups_.assign(shape.tests.size(), {});
    edges_.clear();
    const std::size_t mostEdges = 16 * shape.tests.size() + 4096;
    std::vector<Open> open{{shape.root, TreeLayout::kNone, 0}};
    while (!open.empty()) {
      const auto [way, edge, depth] = open.back();
      open.pop_back();
      if (way < 0) {
        addBranch(edge, depth, addLeaf(leafOf(way), edge), true);
        continue;
      }
      const Group& group = groupOf(static_cast<std::size_t>(way));
      if (edge == TreeLayout::kNone)
        out_.trees.push_back({group.test, 0});
      else
        addBranch(edge, depth, group.test, false);
      const std::size_t bit = placeOf(group.player, edge);
      if (bit == LeafGame::kMostPlayers || edges_.size() > mostEdges) return false;
      for (std::size_t exit = 0; exit < group.exits.size(); ++exit) {
        edges_.push_back(
            {edge, group.player, group.ratios[exit], static_cast<std::uint8_t>(exit), static_cast<std::uint8_t>(bit)});
        open.push_back({group.exits[exit], static_cast<std::uint32_t>(edges_.size() - 1), depth + 1});
      }
    }
    endBranches();
    return true;
  }

  /// Tests of sets alone are answered by the code of a value, where there are few.
  void addCodes() {
    constexpr std::size_t kMostCodes = 256;
    const auto isCoded = [&](const TreeLayout::Test& test) {
      return std::ranges::all_of(std::span(out_.steps).subspan(test.first, test.count),
                                 [](const TreeLayout::Step& s) { return s.set != TreeLayout::kNone; });
    };
    for (const TreeLayout::Test& test : out_.tests) {
      if (!isCoded(test)) continue;
      std::vector<Value>& members = out_.lanes[test.lane].members;
      for (const TreeLayout::Step& s : std::span(out_.steps).subspan(test.first, test.count))
        for (const Value x : out_.sets[s.set])
          if (const auto at = std::ranges::lower_bound(members, x); at == members.end() || *at != x)
            members.insert(at, x);
    }
    constexpr double kOther = std::numeric_limits<double>::infinity();
    for (TreeLayout::Lane& lane : out_.lanes)
      if (lane.codes() > kMostCodes || std::ranges::binary_search(lane.members, kOther)) lane.members.clear();
    for (TreeLayout::Test& test : out_.tests) {
      const TreeLayout::Lane& lane = out_.lanes[test.lane];
      if (!lane.hasCodes() || !isCoded(test)) continue;
      test.byCode = static_cast<std::uint32_t>(out_.exits.size());
      for (const Value x : lane.members) out_.exits.push_back(out_.exitOf(test, x));
      out_.exits.push_back(out_.exitOf(test, kOther));
      out_.exits.push_back(out_.exitOf(test, missing()));
    }
  }

 private:
  static std::size_t leafOf(std::int32_t way) {
    const std::int32_t leaf = ~way;
    return static_cast<std::size_t>(leaf);
  }

  struct Open {
    std::int32_t way;
    std::uint32_t edge, depth;
  };
  /// An exit of a test.
  struct Edge {
    std::uint32_t parent, player;
    double ratio;  ///< of the records that reach the test
    std::uint8_t exit, bit;
  };
  /// A `Test` of the layout, by the first of the document's tests in it.
  struct Group {
    std::uint32_t test = 0, player = 0;
    std::vector<std::int32_t> exits;  ///< ways of the shape
    std::vector<double> ratios;       ///< shares of the records that reach the test
  };

  bool findPlayers() {
    playerOf_.clear();
    for (std::size_t i = 0; i < shape_->tests.size(); ++i) {
      const TreeShape::Test& t = shape_->tests[i];
      const Fields& fields = wiring_.fields(t.slot);
      if (fields.isAll() || fields.list().size() > 1) return false;
      for (const std::int32_t way : {t.yes, t.no, t.hole})
        if (way >= static_cast<std::int32_t>(i)) return false;  // tests come after those that they lead to
      playerOf_.push_back(fields.list().empty() ? static_cast<std::uint32_t>(inputs_) : fields.list()[0]);
    }
    return true;
  }

  double weightOf(std::int32_t way) const {
    return way < 0 ? shape_->counts[leafOf(way)] : weight_[static_cast<std::size_t>(way)];
  }
  void weigh() {
    weight_.clear();
    for (const TreeShape::Test& t : shape_->tests)
      weight_.push_back(t.yes == t.no ? weightOf(t.yes) : weightOf(t.yes) + weightOf(t.no));
  }

  std::uint32_t laneOf(program::Slot slot) {
    if (laneOf_[slot] == TreeLayout::kNone) {
      laneOf_[slot] = static_cast<std::uint32_t>(out_.lanes.size());
      out_.lanes.push_back({slot, {}});
    }
    return laneOf_[slot];
  }

  const Group& groupOf(std::size_t first) {
    constexpr std::size_t kMostExits = 64;
    Group& group = groups_[first];
    if (!group.exits.empty()) return group;
    const program::Slot slot = shape_->tests[first].slot;
    std::vector<std::int32_t> inside{static_cast<std::int32_t>(first)};
    std::vector<bool> isReached;  // by a value, not only by one that is missing
    const auto wayOf = [&](std::int32_t way, bool isHole) {
      if (way >= 0 && shape_->tests[static_cast<std::size_t>(way)].slot == slot && inside.size() < kMostExits) {
        const auto known = std::ranges::find(inside, way);
        if (known != inside.end()) return static_cast<std::int32_t>(known - inside.begin());
        inside.push_back(way);
        return static_cast<std::int32_t>(inside.size() - 1);
      }
      const auto known = std::ranges::find(group.exits, way);
      const auto exit = static_cast<std::size_t>(known - group.exits.begin());
      if (known == group.exits.end()) group.exits.push_back(way), isReached.push_back(false);
      if (!isHole) isReached[exit] = true;
      return ~static_cast<std::int32_t>(exit);
    };
    TreeLayout::Test test{laneOf(slot), static_cast<std::uint32_t>(out_.steps.size()), 0, TreeLayout::kNone};
    for (std::size_t s = 0; s < inside.size(); ++s) {
      const TreeShape::Test& t = shape_->tests[static_cast<std::size_t>(inside[s])];
      TreeLayout::Step step{t.threshold, TreeLayout::kNone, wayOf(t.yes, false), wayOf(t.no, false),
                            wayOf(t.hole, true)};
      if (t.set != TreeShape::kNoSet) {
        step.set = static_cast<std::uint32_t>(out_.sets.size());
        out_.sets.push_back(shape_->sets[t.set]);
      }
      out_.steps.push_back(step);
    }
    test.count = static_cast<std::uint32_t>(inside.size());
    double all = 0;
    for (std::size_t e = 0; e < group.exits.size(); ++e) {
      group.ratios.push_back(isReached[e] ? weightOf(group.exits[e]) : 0);
      all += group.ratios.back();
    }
    for (double& r : group.ratios) r = all > 0 ? r / all : 0;
    group.player = playerOf_[first];
    group.test = static_cast<std::uint32_t>(out_.tests.size());
    out_.tests.push_back(test);
    return group;
  }

  /// The bit of a field on the path that ends in `edge`.
  std::size_t placeOf(std::uint32_t player, std::uint32_t edge) const {
    std::size_t next = 0;
    for (; edge != TreeLayout::kNone; edge = edges_[edge].parent) {
      const Edge& e = edges_[edge];
      if (e.player == player) return e.bit;
      next = std::max<std::size_t>(next, e.bit + std::size_t{1});
    }
    return next;
  }

  void addBranch(std::uint32_t edge, std::uint32_t depth, std::uint32_t next, bool isLeaf) {
    out_.depth = std::max<std::size_t>(out_.depth, depth);
    std::uint32_t without = 0;
    for (std::uint32_t e = edge; e != TreeLayout::kNone; e = edges_[e].parent)
      if (!(edges_[e].ratio > 0)) without |= std::uint32_t{1} << edges_[e].bit;
    out_.branches.push_back({next, depth - 1, 0, without, edges_[edge].exit, edges_[edge].bit, isLeaf});
  }

  void endBranches() {
    const auto end = static_cast<std::uint32_t>(out_.branches.size());
    const std::uint32_t first = out_.trees.size() > 1 ? out_.trees[out_.trees.size() - 2].end : 0;
    out_.trees.back().end = end;
    for (std::uint32_t b = end; b-- > first;) {
      TreeLayout::Branch& branch = out_.branches[b];
      branch.end = b + 1;
      while (branch.end < end && out_.branches[branch.end].depth > branch.depth)
        branch.end = out_.branches[branch.end].end;
    }
  }

  std::uint32_t addLeaf(std::size_t number, std::uint32_t edge) {
    TreeLayout::Leaf leaf{static_cast<std::uint32_t>(out_.players.size()), 0, 0};
    const Value share = shape_->shares[number * shape_->width + term_->column];
    leaf.share = isPresent(share) ? term_->weight * share : share;
    for (std::uint32_t e = edge; e != TreeLayout::kNone; e = edges_[e].parent)
      leaf.players = std::max<std::uint32_t>(leaf.players, edges_[e].bit + 1U);
    out_.players.resize(leaf.player + leaf.players);
    out_.ratios.resize(leaf.player + leaf.players, 1);
    for (std::uint32_t e = edge; e != TreeLayout::kNone; e = edges_[e].parent) {
      const std::size_t at = leaf.player + edges_[e].bit;
      out_.players[at] = edges_[e].player;
      out_.ratios[at] *= edges_[e].ratio;
    }
    out_.leaves.push_back(leaf);
    return static_cast<std::uint32_t>(out_.leaves.size() - 1);
  }

  const Wiring& wiring_;
  std::size_t inputs_;
  TreeLayout& out_;
  std::vector<std::uint32_t> laneOf_;  ///< per slot
  const TreeShape* shape_ = nullptr;
  const TreeTerm* term_ = nullptr;
  std::vector<std::uint32_t> playerOf_;  ///< per test of the shape
  std::vector<double> weight_;           ///< records that reach it
  std::vector<Group> groups_;            ///< by their first test
  std::vector<Edge> edges_;              ///< of the tree, parents before their children
};

}  // namespace

std::optional<TreeLayout> TreeLayout::of(const Wiring& wiring, std::span<const TreeTerm> trees, std::size_t inputs) {
  TreeLayout out;
  TreeLayoutBuilder builder(wiring, inputs, out);
  for (const TreeTerm& term : trees)
    if (!builder.add(term)) return std::nullopt;
  builder.addCodes();
  return out;
}

std::uint8_t TreeLayout::Lane::codeOf(Value x) const noexcept {
  if (!isPresent(x)) return static_cast<std::uint8_t>(members.size() + 1);
  const auto at = std::ranges::lower_bound(members, x);
  return static_cast<std::uint8_t>(at != members.end() && *at == x ? at - members.begin() : std::ssize(members));
}

std::uint8_t TreeLayout::exitOf(const Test& test, Value x) const noexcept {
  std::int32_t at = 0;
  while (at >= 0) {
    const Step& s = steps[test.first + static_cast<std::uint32_t>(at)];
    const bool isYes = s.set == kNone ? x < s.threshold : std::ranges::binary_search(sets[s.set], x);
    at = !isPresent(x) ? s.hole : isYes ? s.yes : s.no;
  }
  return static_cast<std::uint8_t>(~at);
}

}  // namespace scorelet::explain
