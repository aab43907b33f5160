// Forests from trees, and one from several.
#include <algorithm>
#include <bit>
#include <unordered_set>

#include "models/mining/forest.hpp"

namespace scorelet::models::mining {

using tree::PackedForest;

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

namespace {

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

bool adds(Method m) { return m != Method::median && m != Method::weightedMedian && m != Method::max; }

}  // namespace

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
