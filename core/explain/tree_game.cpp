#include "explain/tree_game.hpp"

#include <algorithm>
#include <bit>

#include "explain/subset_weights.hpp"

namespace scorelet::explain {

using program::Fields;
using program::TreeShape;
using program::TreeTerm;
using program::Wiring;

/// Lays out the paths of all trees. A test that several paths of a tree share is followed once for each.
class TreeGameBuilder {
 public:
  TreeGameBuilder(const Wiring& wiring, TreeGame& out) : wiring_(wiring), out_(out) {}

  bool add(const TreeTerm& term) {
    const TreeShape& shape = wiring_.shape(term.shape);
    shape_ = &shape;
    term_ = &term;
    firstTest_ = static_cast<std::uint32_t>(out_.tests_.size());
    if (!addTests()) return false;
    if (shape.root < 0) {
      const Value share = shape.shares[static_cast<std::size_t>(~shape.root) * shape.width + term.column];
      if (!isPresent(share)) return false;
      out_.constant_ += term.weight * share;
      return true;
    }
    weigh();
    const std::size_t mostEdges = out_.edges_.size() + 16 * shape.tests.size() + 4096;
    std::vector<Open> open{{shape.root, TreeGame::kNone}};
    while (!open.empty()) {
      const auto [way, edge] = open.back();
      open.pop_back();
      if (way < 0) {
        addLeaf(static_cast<std::size_t>(~way), edge);
        continue;
      }
      if (out_.edges_.size() > mostEdges) return false;
      const auto test = static_cast<std::size_t>(way);
      const std::size_t player = placeOf(playerOf_[test], edge);
      if (player == TreeGame::kMostPlayers) return false;
      const TreeShape::Test& t = shape.tests[test];
      const std::pair<std::int32_t, TreeGame::Way> ways[] = {
          {t.yes, TreeGame::yes}, {t.no, TreeGame::no}, {t.hole, TreeGame::hole}};
      for (std::size_t w = 0; w < 3; ++w) {
        std::uint8_t mask = 0;
        for (std::size_t v = 0; v < 3; ++v)
          if (ways[v].first == ways[w].first) {
            if (v < w) mask = UINT8_MAX;  // has its edge already
            if (mask != UINT8_MAX) mask = static_cast<std::uint8_t>(mask | ways[v].second);
          }
        if (mask == UINT8_MAX) continue;
        out_.edges_.push_back(
            {edge, firstTest_ + static_cast<std::uint32_t>(test), mask, static_cast<std::uint8_t>(player)});
        const double from = weight_[test];
        const double part = ((mask & TreeGame::yes) != 0 ? weightOf(t.yes) : 0) +
                            ((mask & TreeGame::no) != 0 && t.no != t.yes ? weightOf(t.no) : 0);
        // A test whose yes and no lead to the same place sends all records there.
        ratio_.push_back(from > 0 ? std::min(part / from, 1.0) : 0);
        open.push_back({ways[w].first, static_cast<std::uint32_t>(out_.edges_.size() - 1)});
      }
    }
    return true;
  }

 private:
  struct Open {
    std::int32_t way;
    std::uint32_t edge;
  };

  bool addTests() {
    playerOf_.clear();
    for (std::size_t i = 0; i < shape_->tests.size(); ++i) {
      const TreeShape::Test& t = shape_->tests[i];
      const Fields& fields = wiring_.fields(t.slot);
      if (fields.isAll() || fields.list().size() > 1) return false;
      for (const std::int32_t way : {t.yes, t.no, t.hole})
        if (way >= static_cast<std::int32_t>(i)) return false;  // tests come after those that they lead to
      playerOf_.push_back(fields.list().empty() ? static_cast<std::uint32_t>(out_.inputs_) : fields.list()[0]);
      TreeGame::Test test{t.threshold, t.slot, TreeGame::kNone};
      if (t.set != TreeShape::kNoSet) {
        test.set = static_cast<std::uint32_t>(out_.sets_.size());
        out_.sets_.push_back(shape_->sets[t.set]);
      }
      out_.tests_.push_back(test);
    }
    return true;
  }

  double weightOf(std::int32_t way) const {
    return way < 0 ? shape_->counts[static_cast<std::size_t>(~way)] : weight_[static_cast<std::size_t>(way)];
  }
  void weigh() {
    weight_.clear();
    for (const TreeShape::Test& t : shape_->tests)
      weight_.push_back(t.yes == t.no ? weightOf(t.yes) : weightOf(t.yes) + weightOf(t.no));
  }

  /// The bit of a field on the path that ends in `edge`.
  std::size_t placeOf(std::uint32_t player, std::uint32_t edge) const {
    std::size_t next = 0;
    for (; edge != TreeGame::kNone; edge = out_.edges_[edge].parent) {
      const TreeGame::Edge& e = out_.edges_[edge];
      if (playerOf_[e.test - firstTest_] == player) return e.bit;
      next = std::max<std::size_t>(next, e.bit + std::size_t{1});
    }
    return next;
  }

  void addLeaf(std::size_t number, std::uint32_t edge) {
    TreeGame::Leaf leaf{edge, static_cast<std::uint32_t>(out_.players_.size()), 0, TreeGame::kNone, 0, {}};
    const Value share = shape_->shares[number * shape_->width + term_->column];
    leaf.share = isPresent(share) ? term_->weight * share : share;
    for (std::uint32_t e = edge; e != TreeGame::kNone; e = out_.edges_[e].parent) {
      const TreeGame::Edge& way = out_.edges_[e];
      leaf.players = std::max<std::uint32_t>(leaf.players, way.bit + 1U);
    }
    out_.players_.resize(leaf.player + leaf.players);
    out_.ratios_.resize(leaf.player + leaf.players, 1);
    for (std::uint32_t e = edge; e != TreeGame::kNone; e = out_.edges_[e].parent) {
      const TreeGame::Edge& way = out_.edges_[e];
      out_.players_[leaf.player + way.bit] = playerOf_[way.test - firstTest_];
      out_.ratios_[leaf.player + way.bit] *= ratio_[e];
    }
    if (leaf.players <= TreeGame::kTablePlayers) {
      leaf.table = static_cast<std::uint32_t>(out_.tables_.size());
      out_.tables_.resize(out_.tables_.size() + (std::size_t{1} << leaf.players), TreeGame::kNone);
    }
    out_.leaves_.push_back(std::move(leaf));
  }

  const Wiring& wiring_;
  TreeGame& out_;
  const TreeShape* shape_ = nullptr;
  const TreeTerm* term_ = nullptr;
  std::uint32_t firstTest_ = 0;
  std::vector<std::uint32_t> playerOf_;  ///< per test
  std::vector<double> weight_;           ///< records that reach a test
  std::vector<double> ratio_;            ///< per edge: the share of its test's records that go there
};

std::optional<TreeGame> TreeGame::build(const Wiring& wiring, std::span<const TreeTerm> trees, std::size_t inputs) {
  TreeGame out;
  out.inputs_ = inputs;
  TreeGameBuilder builder(wiring, out);
  for (const TreeTerm& term : trees)
    if (!builder.add(term)) return std::nullopt;
  out.failed_.resize(out.edges_.size());
  for (std::size_t players = 0; players <= kMostPlayers; ++players) out.weights_.push_back(subsetWeights(players));
  out.own_.resize(kMostPlayers);
  return out;
}

void TreeGame::look(const program::Frame& frame, std::size_t row, Ways& out) const {
  out.tests.resize(tests_.size());
  out.isInvalid = false;
  for (std::size_t t = 0; t < tests_.size(); ++t) {
    const Test& test = tests_[t];
    const Value x = frame.at(test.slot)[row];
    if (!isPresent(x)) {
      out.isInvalid |= isInvalid(x);
      out.tests[t] = hole;
    } else if (test.set != kNone) {
      out.tests[t] = std::ranges::binary_search(sets_[test.set], x) ? yes : no;
    } else {
      out.tests[t] = x < test.threshold ? yes : no;
    }
  }
}

void TreeGame::follow(const Ways& record) {
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    const Edge& edge = edges_[e];
    const bool fails = (record.tests[edge.test] & edge.ways) == 0;
    failed_[e] = (edge.parent == kNone ? 0 : failed_[edge.parent]) | std::uint32_t{fails} << edge.bit;
  }
}

std::uint32_t TreeGame::passed(const Leaf& leaf) const noexcept {
  return static_cast<std::uint32_t>((std::uint64_t{1} << leaf.players) - 1) & ~failed_[leaf.edge];
}

void TreeGame::addBackground(const Ways& record) {
  follow(record);
  records_ += 1;
  for (Leaf& leaf : leaves_) {
    const std::uint32_t fields = passed(leaf);
    const auto at = std::ranges::lower_bound(leaf.background, fields, {}, &Pattern::fields);
    if (at != leaf.background.end() && at->fields == fields)
      at->count += 1;
    else
      leaf.background.insert(at, {fields, 1});
  }
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
  const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << leaf.players) - 1);
  if (!usesCounts_)
    return std::ranges::any_of(leaf.background, [&](const Pattern& b) { return (b.fields | fields) == all; });
  for (std::uint32_t p = 0; p < leaf.players; ++p)
    if ((fields >> p & 1) == 0 && !(ratios_[leaf.player + p] > 0)) return false;
  return true;
}

bool TreeGame::explain(const Ways& record, std::span<double> contributions) {
  follow(record);
  for (const Leaf& leaf : leaves_) {
    const std::uint32_t fields = passed(leaf);
    if (!isPresent(leaf.share)) {
      if (reaches(leaf, fields)) return false;
      continue;
    }
    const double* of = contributionsOf(leaf, fields);
    if (of == nullptr) continue;
    for (std::uint32_t p = 0; p < leaf.players; ++p) {
      const std::uint32_t player = players_[leaf.player + p];
      if (player < inputs_) contributions[player] += of[p] * leaf.share;
    }
  }
  return true;
}

/// What the leaf's fields contribute to reaching it; null if nothing.
const double* TreeGame::contributionsOf(const Leaf& leaf, std::uint32_t fields) {
  constexpr std::uint32_t kNothing = kNone - 1;
  std::uint32_t* known = leaf.table == kNone ? nullptr : &tables_[leaf.table + fields];
  if (known != nullptr && *known == kNothing) return nullptr;
  if (known != nullptr && *known != kNone) return numbers_.data() + *known;
  if (usesCounts_)
    averageCounts(leaf, fields, own_.data());
  else
    averageBackground(leaf, fields, own_.data());
  if (std::all_of(own_.data(), own_.data() + leaf.players, [](double x) { return x == 0; })) {
    if (known != nullptr) *known = kNothing;
    return nullptr;
  }
  if (known != nullptr && numbers_.size() + leaf.players <= kTableNumbers) {
    *known = static_cast<std::uint32_t>(numbers_.size());
    numbers_.insert(numbers_.end(), own_.data(), own_.data() + leaf.players);
  }
  return own_.data();
}

/// With one background record the leaf is reached by the sets of known fields that hold all that only x passes and none
/// that only b passes: a game with closed weights.
void TreeGame::averageBackground(const Leaf& leaf, std::uint32_t fields, double* out) const {
  const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << leaf.players) - 1);
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
