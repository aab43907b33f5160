#include "explain/tree_game.hpp"

#include <algorithm>
#include <bit>

#include "explain/subset_weights.hpp"

namespace scorelet::explain {

using program::Fields;
using program::TreeShape;
using program::TreeTerm;
using program::Wiring;

/// Lays out the paths of all trees. What several paths of a tree share is followed once for each.
class TreeGameBuilder {
 public:
  TreeGameBuilder(const Wiring& wiring, TreeGame& out) : wiring_(wiring), out_(out) {}

  bool add(const TreeTerm& term) {
    const TreeShape& shape = wiring_.shape(term.shape);
    shape_ = &shape;
    term_ = &term;
    if (shape.root < 0) {
      const Value share = shape.shares[leafOf(shape.root) * shape.width + term.column];
      if (!isPresent(share)) return false;
      out_.constant_ += term.weight * share;
      return true;
    }
    if (!findPlayers()) return false;
    weigh();
    groups_.assign(shape.tests.size(), {});
    firstEdge_ = static_cast<std::uint32_t>(out_.edges_.size());
    firstLeaf_ = static_cast<std::uint32_t>(out_.leaves_.size());
    const std::size_t mostEdges = out_.edges_.size() + 16 * shape.tests.size() + 4096;
    std::vector<Open> open{{shape.root, TreeGame::kNone}};
    while (!open.empty()) {
      const auto [way, edge] = open.back();
      open.pop_back();
      if (way < 0) {
        addLeaf(leafOf(way), edge);
        continue;
      }
      const Group& group = groupOf(static_cast<std::size_t>(way));
      const std::size_t bit = placeOf(group.player, edge);
      if (bit == TreeGame::kMostPlayers || out_.edges_.size() > mostEdges) return false;
      for (std::size_t exit = 0; exit < group.exits.size(); ++exit) {
        out_.edges_.push_back({edge, group.test, static_cast<std::uint8_t>(exit), static_cast<std::uint8_t>(bit)});
        edgePlayers_.push_back(group.player);
        ratio_.push_back(group.ratios[exit]);
        open.push_back({group.exits[exit], static_cast<std::uint32_t>(out_.edges_.size() - 1)});
      }
    }
    bundle();
    return true;
  }

 private:
  static std::size_t leafOf(std::int32_t way) {
    const std::int32_t leaf = ~way;
    return static_cast<std::size_t>(leaf);
  }

  struct Open {
    std::int32_t way;
    std::uint32_t edge;
  };
  /// A `Test` of the game, by the first of the document's tests in it.
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
      playerOf_.push_back(fields.list().empty() ? static_cast<std::uint32_t>(out_.inputs_) : fields.list()[0]);
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
    TreeGame::Test test{slot, static_cast<std::uint32_t>(out_.steps_.size()), 0};
    for (std::size_t s = 0; s < inside.size(); ++s) {
      const TreeShape::Test& t = shape_->tests[static_cast<std::size_t>(inside[s])];
      TreeGame::Step step{t.threshold, TreeGame::kNone, wayOf(t.yes, false), wayOf(t.no, false), wayOf(t.hole, true)};
      if (t.set != TreeShape::kNoSet) {
        step.set = static_cast<std::uint32_t>(out_.sets_.size());
        out_.sets_.push_back(shape_->sets[t.set]);
      }
      out_.steps_.push_back(step);
    }
    test.count = static_cast<std::uint32_t>(inside.size());
    double all = 0;
    for (std::size_t e = 0; e < group.exits.size(); ++e) {
      group.ratios.push_back(isReached[e] ? weightOf(group.exits[e]) : 0);
      all += group.ratios.back();
    }
    for (double& r : group.ratios) r = all > 0 ? r / all : 0;
    group.player = playerOf_[first];
    group.test = static_cast<std::uint32_t>(out_.tests_.size());
    out_.tests_.push_back(test);
    exitsOf_.push_back(static_cast<std::uint32_t>(group.exits.size()));
    return group;
  }

  /// The bit of a field on the path that ends in `edge`.
  std::size_t placeOf(std::uint32_t player, std::uint32_t edge) const {
    std::size_t next = 0;
    for (; edge != TreeGame::kNone; edge = out_.edges_[edge].parent) {
      const TreeGame::Edge& e = out_.edges_[edge];
      if (edgePlayers_[edge] == player) return e.bit;
      next = std::max<std::size_t>(next, e.bit + std::size_t{1});
    }
    return next;
  }

  void addLeaf(std::size_t number, std::uint32_t edge) {
    TreeGame::Leaf leaf{edge, static_cast<std::uint32_t>(out_.players_.size()), 0, 0, {}};
    const Value share = shape_->shares[number * shape_->width + term_->column];
    leaf.share = isPresent(share) ? term_->weight * share : share;
    for (std::uint32_t e = edge; e != TreeGame::kNone; e = out_.edges_[e].parent)
      leaf.players = std::max<std::uint32_t>(leaf.players, out_.edges_[e].bit + 1U);
    out_.players_.resize(leaf.player + leaf.players);
    out_.ratios_.resize(leaf.player + leaf.players, 1);
    for (std::uint32_t e = edge; e != TreeGame::kNone; e = out_.edges_[e].parent) {
      const std::size_t at = leaf.player + out_.edges_[e].bit;
      out_.players_[at] = edgePlayers_[e];
      out_.ratios_[at] *= ratio_[e];
    }
    out_.leaves_.push_back(std::move(leaf));
  }

  /// What lies behind an edge, counted no further than matters.
  struct Behind {
    std::size_t leaves = 0;
    std::vector<std::uint32_t> tests;
  };

  /// Leaves that are near each other become bundles, as large as they may be.
  void bundle() {
    const auto edges = static_cast<std::uint32_t>(out_.edges_.size());
    // Leaves, and whatever is behind an edge, in the order of the paths: parents come first.
    std::vector<Behind> behind(edges - firstEdge_ + 1);  // the last: of the whole tree
    const auto at = [&](std::uint32_t edge) -> Behind& {
      return edge == TreeGame::kNone ? behind.back() : behind[edge - firstEdge_];
    };
    for (std::uint32_t l = firstLeaf_; l < out_.leaves_.size(); ++l) at(out_.leaves_[l].edge).leaves = 1;
    for (std::uint32_t e = edges; e-- > firstEdge_;) {
      const TreeGame::Edge& edge = out_.edges_[e];
      Behind &own = at(e), &up = at(edge.parent);
      up.leaves += own.leaves;
      const auto add = [&](std::uint32_t test) {
        if (up.tests.size() <= TreeGame::kBundleTests && std::ranges::find(up.tests, test) == up.tests.end())
          up.tests.push_back(test);
      };
      add(edge.test);
      for (const std::uint32_t test : own.tests) add(test);
    }
    const auto fits = [&](const Behind& b) {
      return b.leaves == 1 || (b.leaves <= TreeGame::kBundleLeaves && b.tests.size() <= TreeGame::kBundleTests);
    };
    // The bundle of each edge that is behind its beginning.
    std::vector<std::uint32_t> bundleOf(behind.size(), TreeGame::kNone);
    std::vector<std::vector<std::uint32_t>> leavesOf;
    std::vector<std::uint32_t> begins;
    const auto begin = [&](std::uint32_t edge) {
      begins.push_back(edge);
      leavesOf.emplace_back();
      return static_cast<std::uint32_t>(begins.size() - 1);
    };
    if (fits(behind.back())) bundleOf.back() = begin(TreeGame::kNone);
    for (std::uint32_t e = firstEdge_; e < edges; ++e) {
      const std::uint32_t parent = out_.edges_[e].parent;
      std::uint32_t& own = bundleOf[e - firstEdge_];
      own = parent == TreeGame::kNone ? bundleOf.back() : bundleOf[parent - firstEdge_];
      if (own != TreeGame::kNone) continue;
      out_.paths_.push_back(e);
      if (fits(at(e))) own = begin(e);
    }
    std::vector<TreeGame::Leaf> ordered;
    for (std::uint32_t l = firstLeaf_; l < out_.leaves_.size(); ++l)
      leavesOf[bundleOf[out_.leaves_[l].edge - firstEdge_]].push_back(l);
    for (std::size_t b = 0; b < begins.size(); ++b) {
      addBundle(begins[b], at(begins[b]).tests, leavesOf[b], firstLeaf_ + static_cast<std::uint32_t>(ordered.size()));
      for (const std::uint32_t l : leavesOf[b]) ordered.push_back(std::move(out_.leaves_[l]));
    }
    std::ranges::move(ordered, out_.leaves_.begin() + firstLeaf_);
    out_.trees_.push_back(
        {static_cast<std::uint32_t>(out_.paths_.size()), static_cast<std::uint32_t>(out_.bundles_.size())});
  }

  void addBundle(std::uint32_t edge, const std::vector<std::uint32_t>& tests, const std::vector<std::uint32_t>& leaves,
                 std::uint32_t firstLeaf) {
    TreeGame::Bundle b{};
    b.edge = edge;
    for (std::uint32_t e = edge; e != TreeGame::kNone; e = out_.edges_[e].parent)
      b.pathBits = std::max<std::uint32_t>(b.pathBits, out_.edges_[e].bit + 1U);
    b.bits = b.pathBits;
    b.test = static_cast<std::uint32_t>(out_.bundleTests_.size());
    if (leaves.size() > 1)
      for (const std::uint32_t test : tests) {
        const auto bits = static_cast<std::uint32_t>(std::bit_width(exitsOf_[test] - 1U));
        out_.bundleTests_.push_back({test, bits});
        b.bits += bits;
        ++b.tests;
      }
    b.leaf = firstLeaf;
    b.leaves = static_cast<std::uint32_t>(leaves.size());
    b.player = static_cast<std::uint32_t>(out_.bundlePlayers_.size());
    for (const std::uint32_t l : leaves) {
      const TreeGame::Leaf& leaf = out_.leaves_[l];
      for (std::uint32_t p = leaf.player; p < leaf.player + leaf.players; ++p) {
        const auto own = out_.bundlePlayers_.begin() + b.player;
        if (std::find(own, out_.bundlePlayers_.end(), out_.players_[p]) == out_.bundlePlayers_.end())
          out_.bundlePlayers_.push_back(out_.players_[p]);
      }
    }
    b.players = static_cast<std::uint32_t>(out_.bundlePlayers_.size()) - b.player;
    b.table = TreeGame::kNone;
    if (b.bits <= TreeGame::kTableBits) {
      b.table = static_cast<std::uint32_t>(out_.tables_.size());
      out_.tables_.resize(out_.tables_.size() + (std::size_t{1} << b.bits), TreeGame::kNone);
    }
    out_.bundles_.push_back(std::move(b));
  }

  const Wiring& wiring_;
  TreeGame& out_;
  const TreeShape* shape_ = nullptr;
  const TreeTerm* term_ = nullptr;
  std::uint32_t firstEdge_ = 0, firstLeaf_ = 0;  ///< of the tree
  std::vector<std::uint32_t> playerOf_;          ///< per test of the shape
  std::vector<double> weight_;                   ///< records that reach it
  std::vector<Group> groups_;                    ///< by their first test
  std::vector<std::uint32_t> edgePlayers_;
  std::vector<std::uint32_t> exitsOf_;  ///< per test of the game
  std::vector<double> ratio_;           ///< per edge: the share of its test's records that go there
};

std::optional<TreeGame> TreeGame::build(const Wiring& wiring, std::span<const TreeTerm> trees, std::size_t inputs) {
  TreeGame out;
  out.inputs_ = inputs;
  TreeGameBuilder builder(wiring, out);
  for (const TreeTerm& term : trees)
    if (!builder.add(term)) return std::nullopt;
  for (std::size_t players = 0; players <= kMostPlayers; ++players) out.weights_.push_back(subsetWeights(players));
  out.own_.resize(kMostPlayers);
  out.sum_.resize(kBundleLeaves * kMostPlayers);
  out.placeOf_.resize(out.edges_.size());
  for (std::uint32_t p = 0; p < out.paths_.size(); ++p) out.placeOf_[out.paths_[p]] = p;
  return out;
}

std::uint8_t TreeGame::exitOf(const Test& test, Value x) const noexcept {
  if (isInvalid(x)) return kNowhere;
  std::int32_t at = 0;
  while (at >= 0) {
    const Step& s = steps_[test.first + static_cast<std::uint32_t>(at)];
    const bool isYes = s.set == kNone ? x < s.threshold : std::ranges::binary_search(sets_[s.set], x);
    at = !isPresent(x) ? s.hole : isYes ? s.yes : s.no;
  }
  return static_cast<std::uint8_t>(~at);
}

std::uint64_t TreeGame::look(const program::Frame& frame) {
  rows_ = frame.n;
  ways_.resize(tests_.size() * program::kChunk);
  std::uint64_t invalid = 0;
  for (std::size_t t = 0; t < tests_.size(); ++t) {
    const Test& test = tests_[t];
    const double* x = frame.at(test.slot);
    std::uint8_t* out = ways_.data() + t * program::kChunk;
    const Step& only = steps_[test.first];
    bool isPlain = test.count == 1 && only.set == kNone;
    if (isPlain) {
      const auto yes = static_cast<std::uint8_t>(~only.yes), no = static_cast<std::uint8_t>(~only.no);
      for (std::size_t i = 0; i < rows_; ++i) {
        out[i] = x[i] < only.threshold ? yes : no;
        isPlain &= x[i] == x[i];
      }
    }
    for (std::size_t i = 0; i < rows_ && !isPlain; ++i) {
      out[i] = exitOf(test, x[i]);
      if (out[i] == kNowhere) invalid |= std::uint64_t{1} << i;
    }
  }
  return invalid;
}

/// Takes the rows of the chunk through each tree, and shows its bundles.
template <class Visit>
void TreeGame::eachBundle(const Visit& visit) {
  constexpr std::size_t kStride = program::kChunk;
  failed_.resize(paths_.size() * kStride);
  std::uint32_t path = 0, bundle = 0;
  for (const Ends& ends : trees_) {
    for (; path < ends.edges; ++path) {
      const Edge& e = edges_[paths_[path]];
      const std::uint8_t* ways = ways_.data() + e.test * kStride;
      std::uint32_t* out = failed_.data() + path * kStride;
      const std::uint32_t fails = std::uint32_t{1} << e.bit;
      if (e.parent == kNone) {
        for (std::size_t i = 0; i < rows_; ++i) out[i] = ways[i] != e.exit ? fails : 0;
      } else {
        const std::uint32_t* before = failed_.data() + placeOf_[e.parent] * kStride;
        for (std::size_t i = 0; i < rows_; ++i) out[i] = before[i] | (ways[i] != e.exit ? fails : 0);
      }
    }
    for (; bundle < ends.bundles; ++bundle) {
      Bundle& b = bundles_[bundle];
      visit(b, b.edge == kNone ? nullptr : failed_.data() + placeOf_[b.edge] * kStride);
    }
  }
}

std::uint32_t TreeGame::keyOf(const Bundle& bundle, const std::uint32_t* failed, std::size_t row) const noexcept {
  std::uint32_t key = failed == nullptr ? 0 : failed[row], shift = bundle.pathBits;
  for (std::uint32_t t = bundle.test; t < bundle.test + bundle.tests; ++t) {
    const auto [test, bits] = bundleTests_[t];
    key |= (ways_[test * program::kChunk + row] & ((std::uint32_t{1} << bits) - 1)) << shift;
    shift += bits;
  }
  return key;
}

namespace {

std::uint32_t allOf(std::uint32_t players) { return static_cast<std::uint32_t>((std::uint64_t{1} << players) - 1); }

}  // namespace

/// The fields of a leaf's path that let the record of a key through.
std::uint32_t TreeGame::passed(const Bundle& bundle, const Leaf& leaf, std::uint32_t key) const noexcept {
  std::uint32_t failed = key & allOf(bundle.pathBits);
  for (std::uint32_t e = leaf.edge; e != bundle.edge; e = edges_[e].parent) {
    std::uint32_t shift = bundle.pathBits, t = bundle.test;
    for (; bundleTests_[t].test != edges_[e].test; ++t) shift += bundleTests_[t].bits;
    const std::uint32_t exit = key >> shift & ((std::uint32_t{1} << bundleTests_[t].bits) - 1);
    if (exit != edges_[e].exit) failed |= std::uint32_t{1} << edges_[e].bit;
  }
  return allOf(leaf.players) & ~failed;
}

void TreeGame::addBackground() {
  records_ += static_cast<double>(rows_);
  eachBundle([&](Bundle& bundle, const std::uint32_t* failed) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const std::uint32_t key = keyOf(bundle, failed, i);
      for (Leaf& leaf : std::span(leaves_).subspan(bundle.leaf, bundle.leaves)) {
        const std::uint32_t fields = passed(bundle, leaf, key);
        const auto at = std::ranges::lower_bound(leaf.background, fields, {}, &Pattern::fields);
        if (at != leaf.background.end() && at->fields == fields)
          at->count += 1;
        else
          leaf.background.insert(at, {fields, 1});
      }
    }
  });
}

double TreeGame::expectation() const noexcept {
  double sum = constant_;
  for (const Leaf& leaf : leaves_) {
    double share = isPresent(leaf.share) ? leaf.share : 0;
    for (std::uint32_t p = leaf.player; p < leaf.player + leaf.players; ++p) share *= ratios_[p];
    sum += share;
  }
  return sum;
}

/// Whether some mixture gets to the leaf.
bool TreeGame::reaches(const Leaf& leaf, std::uint32_t fields) const noexcept {
  const std::uint32_t all = allOf(leaf.players);
  if (!usesCounts_)
    return std::ranges::any_of(leaf.background, [&](const Pattern& b) { return (b.fields | fields) == all; });
  for (std::uint32_t p = 0; p < leaf.players; ++p)
    if ((fields >> p & 1) == 0 && !(ratios_[leaf.player + p] > 0)) return false;
  return true;
}

std::uint64_t TreeGame::explain(double* contributions) {
  std::uint64_t nowhere = 0;
  const std::size_t width = inputs_ + 1;  // the last: of tests that no field decides
  totals_.assign(rows_ * width, 0);
  eachBundle([&](Bundle& bundle, const std::uint32_t* failed) {
    const std::uint32_t* players = bundlePlayers_.data() + bundle.player;
    for (std::size_t i = 0; i < rows_; ++i) {
      const double* of = contributionsOf(bundle, keyOf(bundle, failed, i));
      if (of == nullptr) continue;
      nowhere |= std::uint64_t{!isPresent(of[0])} << i;
      double* out = totals_.data() + i * width;
      for (std::uint32_t p = 0; p < bundle.players; ++p) out[players[p]] += of[p];
    }
  });
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t c = 0; c < inputs_; ++c) contributions[i * inputs_ + c] += totals_[i * width + c];
  return nowhere;
}

/// Where it stands what a key contributes; kNone there if that is still to be computed.
std::uint32_t* TreeGame::findKnown(Bundle& bundle, std::uint32_t key) {
  if (bundle.table != kNone) return &tables_[bundle.table + key];
  const auto at = std::ranges::lower_bound(bundle.known, key, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
  if (at != bundle.known.end() && at->first == key) return &at->second;
  return &bundle.known.insert(at, {key, kNone})->second;
}

/// What the bundle's fields contribute to what its leaves say; null if nothing.
const double* TreeGame::contributionsOf(Bundle& bundle, std::uint32_t key) {
  constexpr std::uint32_t kNothing = kNone - 1;
  std::uint32_t& known = *findKnown(bundle, key);
  if (known == kNothing) return nullptr;
  if (known != kNone) return numbers_.data() + known;
  std::fill_n(sum_.data(), bundle.players, 0);
  for (const Leaf& leaf : std::span(leaves_).subspan(bundle.leaf, bundle.leaves)) {
    const std::uint32_t fields = passed(bundle, leaf, key);
    if (!isPresent(leaf.share)) {
      if (reaches(leaf, fields)) sum_[0] = leaf.share;
      continue;
    }
    if (usesCounts_)
      averageCounts(leaf, fields, own_.data());
    else
      averageBackground(leaf, fields, own_.data());
    for (std::uint32_t p = 0; p < leaf.players; ++p) {
      const auto at =
          std::find(bundlePlayers_.begin() + bundle.player, bundlePlayers_.end(), players_[leaf.player + p]);
      sum_[static_cast<std::size_t>(at - bundlePlayers_.begin()) - bundle.player] += own_[p] * leaf.share;
    }
  }
  if (std::all_of(sum_.data(), sum_.data() + bundle.players, [](double x) { return x == 0; })) {
    known = kNothing;
    return nullptr;
  }
  if (numbers_.size() + bundle.players <= kTableNumbers) {
    known = static_cast<std::uint32_t>(numbers_.size());
    numbers_.insert(numbers_.end(), sum_.data(), sum_.data() + bundle.players);
  }
  return sum_.data();
}

/// With one background record the leaf is reached by the sets of known fields that hold all that only x passes and none
/// that only b passes: a game with closed weights.
void TreeGame::averageBackground(const Leaf& leaf, std::uint32_t fields, double* out) const {
  const std::uint32_t all = allOf(leaf.players);
  std::fill_n(out, leaf.players, 0);
  for (const Pattern& b : leaf.background) {
    if ((b.fields | fields) != all) continue;
    const std::uint32_t needed = fields & ~b.fields, forbidden = b.fields & ~fields;
    const auto n = static_cast<std::size_t>(std::popcount(needed)),
               f = static_cast<std::size_t>(std::popcount(forbidden));
    const std::vector<double>& weights = weights_[n + f];
    for (std::uint32_t rest = needed; rest != 0; rest &= rest - 1)
      out[std::countr_zero(rest)] += b.count * weights[n - 1];
    for (std::uint32_t rest = forbidden; rest != 0; rest &= rest - 1)
      out[std::countr_zero(rest)] -= b.count * weights[n];
  }
  for (std::uint32_t p = 0; p < leaf.players; ++p) out[p] /= records_;
}

/// A field that is known counts 1 if it lets the record through, else 0; one that is not, its share of records.
void TreeGame::averageCounts(const Leaf& leaf, std::uint32_t fields, double* out) const {
  const double* ratios = ratios_.data() + leaf.player;
  const std::size_t k = leaf.players;
  const std::vector<double>& weights = weights_[k];
  std::vector<double> polynomial(k);
  for (std::size_t own = 0; own < k; ++own) {
    // Coefficient s: the sum, over the sets of s other fields, of the product of what all others count.
    std::fill(polynomial.begin(), polynomial.end(), 0);
    polynomial[0] = 1;
    std::size_t degree = 0;
    for (std::size_t p = 0; p < k; ++p) {
      if (p == own) continue;
      const bool passes = (fields >> p & 1) != 0;
      for (std::size_t s = ++degree; s > 0; --s)
        polynomial[s] = polynomial[s] * ratios[p] + (passes ? polynomial[s - 1] : 0);
      polynomial[0] *= ratios[p];
    }
    double sum = 0;
    for (std::size_t s = 0; s < k; ++s) sum += polynomial[s] * weights[s];
    out[own] = sum * (((fields >> own & 1) != 0 ? 1 : 0) - ratios[own]);
  }
}

}  // namespace scorelet::explain
