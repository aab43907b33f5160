#include "models/mining/forest.hpp"

#include <algorithm>
#include <bit>
#include <unordered_set>

#include "models/tree/shape.hpp"

namespace scorelet::models::mining {

using program::kChunk;
using tree::PackedForest;

namespace {

/// From so many rows on one tree after the other takes less time than one row after the other.
constexpr std::size_t kManyRows = 12;

}  // namespace

void ForestStep::run(const Frame& frame) const {
  std::uint64_t unclear = forest->readRows(frame);
  if (!isSummed)
    unclear = ~std::uint64_t{0};
  else if (addsFloats)
    sum<float>(frame, unclear);
  else
    sum<double>(frame, unclear);
  // The sums first: rows that are combined from lanes use the same buffers.
  for (std::size_t i = 0; i < frame.n; ++i)
    if ((unclear >> i & 1) == 0) answer(frame, i);
  for (std::size_t i = 0; i < frame.n && unclear != 0; ++i)
    if ((unclear >> i & 1) != 0) combineUnclear(frame, i);
}

/// Each row's sums in the document's order and precision, into `Buffers::numbers`: row by row, those of joined forests
/// forest by forest.
template <class Real>
void ForestStep::sum(const Frame& frame, std::uint64_t& unclear) const {
  frame.buffers.numbers.assign(frame.n * sumsOfRow(), 0);
  if (frame.n >= kManyRows) return sumRows<Real>(frame, unclear);
  for (std::size_t i = 0; i < frame.n; ++i) sumRow<Real>(frame, i, unclear);
}

template <class Real>
Real ForestStep::term(std::size_t tree, std::size_t share) const noexcept {
  return static_cast<Real>(weights[tree] * shares[share]);
}

template <class Real>
void ForestStep::sumRow(const Frame& frame, std::size_t row, std::uint64_t& unclear) const {
  const std::uint32_t* keys = forest->rowKeys(frame, row);
  double* sums = frame.buffers.numbers.data() + row * width;
  std::uint32_t leaves[PackedForest::kWindow];
  const bool isJoined = !places.empty();
  Real joined[kMostJoined];
  if (isJoined) std::fill_n(joined, sumsOfRow(), Real{0});
  Real one = 0;
  for (std::size_t first = 0, count = 0; first < forest->size(); first += count) {
    count = forest->walkRow(keys, first, leaves);
    for (std::size_t k = 0; k < count && forest->mayEndNowhere(); ++k)
      unclear |= std::uint64_t{leaves[k] == PackedForest::kNoLeaf} << row;
    for (std::size_t k = 0; k < count && isJoined; ++k)
      joined[places[first + k].forest] += term<Real>(first + k, leaves[k]);
    for (std::size_t k = 0; k < count && width == 1 && !isJoined; ++k) one += term<Real>(first + k, leaves[k]);
    for (std::size_t k = 0; k < count && width > 1; ++k)
      for (std::size_t c = 0; c < width; ++c)
        sums[c] = static_cast<Real>(sums[c]) + term<Real>(first + k, leaves[k] * width + c);
  }
  if (width == 1 && !isJoined) sums[0] = one;
  for (std::size_t s = 0; s < sumsOfRow() && isJoined; ++s) sums[s * frame.n] = joined[s];
}

template <class Real>
void ForestStep::sumRows(const Frame& frame, std::uint64_t& unclear) const {
  double* sums = frame.buffers.numbers.data();
  std::uint32_t leaves[kChunk];
  Real single[kChunk] = {};
  forest->rankRows(frame);
  for (std::size_t tree = 0; tree < forest->size(); ++tree) {
    forest->walkRows(frame, tree, leaves);
    for (std::size_t i = 0; i < frame.n && forest->mayEndNowhere(); ++i)
      unclear |= std::uint64_t{leaves[i] == PackedForest::kNoLeaf} << i;
    double* const joined = places.empty() ? nullptr : sums + places[tree].forest * frame.n;
    for (std::size_t i = 0; i < frame.n && joined != nullptr; ++i)
      joined[i] = static_cast<Real>(joined[i]) + term<Real>(tree, leaves[i]);
    for (std::size_t i = 0; i < frame.n && width == 1 && joined == nullptr; ++i)
      single[i] += term<Real>(tree, leaves[i]);
    for (std::size_t i = 0; i < frame.n && width > 1; ++i)
      for (std::size_t c = 0; c < width; ++c)
        sums[i * width + c] = static_cast<Real>(sums[i * width + c]) + term<Real>(tree, leaves[i] * width + c);
  }
  if (width == 1 && places.empty()) std::copy_n(single, frame.n, sums);
}

void ForestStep::answer(const Frame& frame, std::size_t row) const {
  const std::span<double> sums(frame.buffers.numbers.data() + row * width, width);
  if (combine.isVote())
    combine.answerVotes(frame, row, sums, total, 0);
  else if (combine.isClassification)
    combine.answerProbabilities(frame, row, sums, total);
  else
    combine.answerNumber(frame, row, sums[0], total);
  for (std::size_t f = 0; f < further.size(); ++f)
    further[f].combine.answerNumber(frame, row, frame.buffers.numbers[(f + 1) * frame.n + row], further[f].total);
}

/// A row with a value that goes its own way, or without an answer of some tree: as segments are combined.
void ForestStep::combineUnclear(const Frame& frame, std::size_t row) const {
  for (std::size_t tree = 0; tree < forest->size(); ++tree) {
    Value none = missing();
    const std::uint32_t leaf = forest->walkUnclear(frame, tree, row, none);
    fillLanes(frame, tree, row, leaf, none);
  }
  combine.combine(frame, row);
  for (const Further& f : further) f.combine.combine(frame, row);
}

void ForestStep::fillLanes(const Frame& frame, std::size_t tree, std::size_t row, std::uint32_t leaf,
                           Value none) const {
  const mining::Member& member =
      places.empty() ? combine.members[tree] : combineOf(places[tree].forest).members[places[tree].tree];
  const bool isNothing = leaf == PackedForest::kNoLeaf;
  frame.at(member.value)[row] = isNothing ? none : values.empty() ? shares[leaf] : values[leaf];
  if (!combine.combinesProbabilities()) return;
  for (std::size_t c = 0; c < width; ++c)
    if (member.probabilities[c] != kNoSlot)
      frame.at(member.probabilities[c])[row] = isNothing ? none : shares[leaf * width + c];
}

std::size_t ForestStep::bytes() const noexcept {
  std::size_t n = forest->bytes() + combine.bytes() +
                  (weights.size() + shares.size() + values.size()) * sizeof(double) + further.size() * sizeof(Further) +
                  places.size() * sizeof(places[0]);
  for (const Further& f : further) n += f.combine.bytes();
  return n;
}

namespace {

/// Appends the terms that a node's answer adds to the sums; false if it gives none.
bool sharesOf(const CombineStep& combine, std::size_t number, const tree::TreeStep& step, std::uint32_t node,
              std::vector<double>& shares) {
  const tree::Node& n = step.tree.nodes[node];
  if (!isPresent(n.score)) return false;
  if (combine.combinesProbabilities()) {
    if (n.distribution == tree::kNone) return false;
    const double* p = step.tree.probabilities.data() + n.distribution * step.tree.categories.size();
    for (const Slot slot : combine.members[number].probabilities) {
      const auto at = std::find(step.probabilities.begin(), step.probabilities.end(), slot);
      shares.push_back(slot == kNoSlot ? 0 : p[at - step.probabilities.begin()]);
    }
  } else if (combine.isVote()) {
    for (const Value category : combine.categories) shares.push_back(category == n.score ? 1 : 0);
  } else {
    shares.push_back(n.score);
  }
  return true;
}

/// Numbers what leaves say. Equal answers of several shares are numbered as one; single numbers hardly repeat, and to
/// look for them takes longer than all the rest.
class Leaves {
 public:
  explicit Leaves(ForestStep& out) : out_(out), known_(0, Hash{out}, Same{out}) {
    out.shares.assign(out.width, 0);
    if (out.combine.isClassification) out.values.assign(1, missing());
  }

  std::uint32_t of(std::size_t number, const tree::TreeStep& step, std::uint32_t node) {
    const tree::Node& n = step.tree.nodes[node];
    const CombineStep& combine = out_.combine;
    const auto leaf = static_cast<std::uint32_t>(out_.shares.size() / out_.width);
    if (!sharesOf(combine, number, step, node, out_.shares)) {
      isWhole &= !isPresent(n.score) || combine.members[number].probabilities[0] != kNoSlot;
      return PackedForest::kNoLeaf;
    }
    if (!combine.isClassification) return leaf;
    out_.values.push_back(n.score);
    const auto [at, isNew] = known_.insert(leaf);
    if (!isNew) {
      out_.shares.resize(leaf * out_.width);
      out_.values.pop_back();
    }
    return *at;
  }

  bool isWhole = true;  ///< each answer gives all that is summed, or nothing

 private:
  struct Hash {
    const ForestStep& forest;
    std::size_t operator()(std::uint32_t leaf) const {
      std::uint64_t h = 0;
      for (std::size_t c = 0; c < forest.width; ++c)
        h = (h ^ std::bit_cast<std::uint64_t>(forest.shares[leaf * forest.width + c])) * 0x9E37'79B9'7F4A'7C15u;
      return static_cast<std::size_t>(h ^ h >> 32);
    }
  };
  struct Same {
    const ForestStep& forest;
    bool operator()(std::uint32_t a, std::uint32_t b) const {
      const double* shares = forest.shares.data();
      if (!forest.values.empty() && forest.values[a] != forest.values[b]) return false;
      return std::equal(
          shares + a * forest.width, shares + (a + 1) * forest.width, shares + b * forest.width,
          [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
    }
  };
  ForestStep& out_;
  std::unordered_set<std::uint32_t, Hash, Same> known_;
};

bool isMean(Method m) { return m != Method::sum && m != Method::weightedSum; }
bool adds(Method m) { return m != Method::median && m != Method::weightedMedian && m != Method::max; }

}  // namespace

void ForestStep::describe(program::Wiring& wiring) const {
  if (trees.empty()) return;
  wiring.is(*this);
  const auto treeAt = [&](std::size_t t) -> const tree::TreeStep& {
    return static_cast<const tree::TreeStep&>(*trees[t]);
  };
  std::vector<Slot> reads;
  for (std::size_t t = 0; t < trees.size(); ++t)
    for (const tree::Split& split : treeAt(t).splits.splits()) reads.push_back(split.slot);
  wiring.function(combine.value, reads);
  for (const Slot slot : combine.probabilities) wiring.function(slot, reads);
  if (!isSummed) return;
  std::vector<program::TreeTerm> terms;
  for (std::size_t t = 0; t < trees.size(); ++t) {
    const auto shares = [&](std::uint32_t node, std::vector<Value>& to) {
      return sharesOf(combine, t, treeAt(t), node, to);
    };
    terms.push_back(
        {wiring.shape(shapeOf(treeAt(t), width, shares)), 0, isMean(combine.method) ? weights[t] / total : weights[t]});
  }
  if (!combine.isClassification) wiring.trees(combine.value, terms);
  for (const Slot slot : combine.probabilities) {
    wiring.trees(slot, terms);
    for (program::TreeTerm& term : terms) ++term.column;
  }
}

std::unique_ptr<ForestStep> ForestStep::of(std::span<const tree::TreeStep* const> trees, CombineStep& combine) {
  auto out = std::make_unique<ForestStep>();
  out->combine = std::move(combine);
  const CombineStep& how = out->combine;
  out->width = how.isClassification ? how.categories.size() : 1;
  Leaves leaves(*out);
  std::vector<const tree::SplitTree*> splits;
  for (const tree::TreeStep* step : trees) splits.push_back(&step->splits);
  const auto leafOf = [&](std::size_t tree, std::uint32_t node) { return leaves.of(tree, *trees[tree], node); };
  out->forest = PackedForest::pack(splits, leafOf);
  if (!out->forest || !leaves.isWhole) {
    combine = std::move(out->combine);
    return nullptr;
  }
  // Not shrink_to_fit, which does nothing where there are no exceptions.
  out->shares = std::vector<double>(out->shares);
  out->values = std::vector<Value>(out->values);
  const bool weighs = isWeighted(how.method);
  for (const Member& member : how.members) {
    out->weights.push_back(weighs ? member.weight : 1);
    out->total += out->weights.back();
  }
  out->isSummed = adds(how.method);
  // Terms that are rounded anyway, or floats already; votes are counted in doubles.
  const auto isFloat = [](double x) { return toFloat(x) == x; };
  out->addsFloats = how.isFloat && !how.isVote();
  if (out->addsFloats && !weighs && !how.isClassification)
    out->isSummed &= std::all_of(out->shares.begin(), out->shares.end(), isFloat);
  return out;
}

bool ForestStep::canJoin() const noexcept {
  return isSummed && !combine.isClassification && trees.empty() && forest->canJoin();
}

std::unique_ptr<ForestStep> ForestStep::join(std::span<ForestStep* const> forests) {
  std::vector<const PackedForest*> packed;
  std::vector<std::size_t> leaves;
  std::size_t most = 0;
  for (const ForestStep* f : forests) {
    packed.push_back(f->forest.get());
    leaves.push_back(f->shares.size());
    most = std::max(most, f->weights.size());
  }
  // One tree of each sum after the other: additions then do not wait for those before.
  auto out = std::make_unique<ForestStep>();
  for (std::uint32_t tree = 0; tree < most; ++tree)
    for (std::uint32_t f = 0; f < forests.size(); ++f)
      if (tree < forests[f]->weights.size()) {
        out->places.push_back({f, tree});
        out->weights.push_back(forests[f]->weights[tree]);
      }
  out->forest = PackedForest::join(packed, out->places, leaves);
  if (!out->forest) return nullptr;
  out->addsFloats = forests[0]->addsFloats;
  out->shares.assign(1, 0);
  for (ForestStep* f : forests) {
    out->shares.insert(out->shares.end(), f->shares.begin() + 1, f->shares.end());
    if (f != forests[0]) out->further.push_back({std::move(f->combine), f->total});
  }
  out->shares = std::vector<double>(out->shares);
  out->combine = std::move(forests[0]->combine);
  out->total = forests[0]->total;
  return out;
}

}  // namespace scorelet::models::mining
