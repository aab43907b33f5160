#include "models/tree/listed_trees.hpp"

#include <algorithm>
#include <span>

#include "models/tree/packed_forest.hpp"

namespace scorelet::models::tree {

using program::kChunk;
using test_lists::kRanks;

static_assert(kChunk == test_lists::kRows);

namespace {

constexpr std::size_t kMostColumns = 65536;

/// Where `x` is among ascending numbers that hold it; without a branch that could be foreseen wrongly.
std::size_t placeIn(const std::vector<std::uint32_t>& ascending, std::uint32_t x) noexcept {
  const std::uint32_t* from = ascending.data();
  for (std::size_t n = ascending.size(); n > 1; n -= n / 2) from += (from[n / 2] <= x) * (n / 2);
  return static_cast<std::size_t>(from - ascending.data());
}

}  // namespace

/// Chooses the trees, then the columns that their tests need, then writes the tests.
class TreeLister {
 public:
  explicit TreeLister(const PackedForest& forest) : forest_(forest), hasSets_(!forest.sets_.empty()) {}

  ListedTrees list() {
    out_.kernel_ = test_lists::fastest();
    if (out_.kernel_ == nullptr) return {};
    readInputs();
    for (std::size_t tree = 0; tree < forest_.size(); ++tree)
      if (isListed(tree)) collect(tree);
    makeColumns();
    if (out_.columns_.empty() || width_ > kMostColumns) return {};
    for (std::size_t tree = 0; tree < forest_.size(); ++tree) write(tree);
    // Not shrink_to_fit, which does nothing where there are no exceptions.
    out_.tests_ = std::vector<test_lists::Test>(out_.tests_);
    out_.sets_ = std::vector<std::uint32_t>(out_.sets_);
    numberLeaves();
    return std::move(out_);
  }

 private:
  using Node = PackedForest::Node;
  struct Asked {  ///< a column of keys
    bool isSmallSet = true, isAsked = false;
    std::vector<std::uint32_t> thresholds;
    std::uint32_t column = 0;  ///< of bytes: the first
  };

  std::span<const Node> nodes(std::size_t tree) const {
    const std::vector<std::uint32_t>& roots = forest_.roots_;
    const std::size_t end = tree + 1 < roots.size() ? roots[tree + 1] : forest_.nodes_.size();
    return std::span(forest_.nodes_).subspan(roots[tree], end - roots[tree]);
  }
  void readInputs() {
    asked_.resize(forest_.columns_.size());
    for (const ForestInput& input : forest_.inputs_)
      for (const ForestInput::Column& c : input.columns)
        asked_[c.number].isSmallSet = out_.kernel_->findsInSets && input.words() <= test_lists::kSetWords;
  }

  bool isListed(std::size_t tree) const {
    const std::span<const Node> all = nodes(tree);
    const std::size_t tests = all.size() / 2;
    return tests < test_lists::kPlaces && tests <= out_.kernel_->testsPerLevel * forest_.depths_[tree] &&
           std::all_of(
               all.begin(), all.end(),
               [&](const Node& n) { return !n.isSet() || asked_[n.columnNumber()].isSmallSet; });
  }

  void collect(std::size_t tree) {
    for (const Node& n : nodes(tree)) {
      if (n.isLeaf()) continue;
      Asked& asked = asked_[n.columnNumber()];
      asked.isAsked = true;
      if (!n.isSet()) asked.thresholds.push_back(n.threshold);
    }
  }

  void makeColumns() {
    for (std::uint32_t keys = 0; keys < asked_.size(); ++keys) {
      Asked& asked = asked_[keys];
      if (!asked.isAsked) continue;
      std::vector<std::uint32_t>& all = asked.thresholds;
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      asked.column = width_;
      width_ += all.empty() ? 2 : static_cast<std::uint32_t>((all.size() + kRanks - 1) / kRanks);
      if (all.empty()) out_.columns_.push_back({keys, 0, 0});
      for (std::size_t first = 0; first < all.size(); first += kRanks)
        out_.columns_.push_back({keys, static_cast<std::uint32_t>(out_.thresholds_.size() + first),
                                 static_cast<std::uint8_t>(std::min(kRanks, all.size() - first))});
      out_.thresholds_.insert(out_.thresholds_.end(), all.begin(), all.end());
    }
  }

  void write(std::size_t tree) {
    const std::span<const Node> all = nodes(tree);
    const bool isListed = this->isListed(tree);
    ListedTrees::Tree to{static_cast<std::uint32_t>(out_.tests_.size()),
                         static_cast<std::uint32_t>(leaves_.size()),
                         0,
                         0,
                         isListed,
                         false};
    if (isListed) {
      // The first leaf of the subtree of each node: children come after their parents.
      start_.resize(all.size());
      std::uint8_t leaf = static_cast<std::uint8_t>(all.size() / 2);
      for (std::size_t i = all.size(); i-- > 0;) start_[i] = all[i].isLeaf() ? leaf-- : start_[i + all[i].second - 1];
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].isLeaf()) {
          leaves_.push_back(all[i].threshold - 1);
          continue;
        }
        write(all[i], start_[i], start_[i + all[i].second]);
        to.hasSets |= all[i].isSet();
      }
      to.size = static_cast<std::uint8_t>(all.size() / 2);
      to.start = start_[0];
    }
    out_.trees_.push_back(to);
  }

  void write(const Node& node, std::uint8_t from, std::uint8_t to) {
    const Asked& asked = asked_[node.columnNumber()];
    const std::size_t rank = node.isSet() ? 0 : placeIn(asked.thresholds, node.threshold);
    const std::size_t of = asked.column + rank / kRanks;
    const auto number = static_cast<std::int8_t>(static_cast<int>(rank % kRanks) - 128);
    out_.tests_.push_back({{static_cast<std::uint8_t>(of), static_cast<std::uint8_t>(of >> 8)},
                           node.isSet() ? test_lists::Test::kNever : number,
                           from,
                           static_cast<std::uint8_t>(to - from)});
    if (hasSets_) out_.sets_.push_back(node.isSet() ? node.threshold : 0);
  }

  /// Answers that are all different are numbered one after the other.
  void numberLeaves() {
    bool isInOrder = true;
    for (ListedTrees::Tree& tree : out_.trees_)
      for (std::size_t i = 0; i <= tree.size && tree.isListed; ++i)
        isInOrder &= leaves_[tree.leaves + i] == leaves_[tree.leaves] + i;
    if (!isInOrder) {
      out_.leaves_ = std::vector<std::uint32_t>(leaves_);
      return;
    }
    for (ListedTrees::Tree& tree : out_.trees_)
      if (tree.isListed) tree.leaves = leaves_[tree.leaves];
  }

  const PackedForest& forest_;
  const bool hasSets_;
  std::vector<std::uint8_t> start_;  ///< per node of a tree
  std::vector<std::uint32_t> leaves_;
  std::vector<Asked> asked_;  ///< by column of keys
  std::uint32_t width_ = 0;   ///< columns of bytes
  ListedTrees out_;
};

ListedTrees ListedTrees::of(const PackedForest& forest) { return TreeLister(forest).list(); }

void ListedTrees::rank(const std::uint32_t* keys, std::vector<std::uint8_t>& ranks) const {
  std::size_t width = 1;  // one more: what tests of numbers read in vain for a set
  for (const Column& c : columns_) width += c.size == 0 ? 2 : 1;
  if (ranks.size() < width * kChunk) ranks.resize(width * kChunk);
  std::uint8_t* to = ranks.data();
  for (const Column& c : columns_) {
    const std::uint32_t* const of = keys + c.keys * kChunk;
    if (c.size > 0) {
      kernel_->rank(of, thresholds_.data() + c.thresholds, c.size, to);
      to += kChunk;
      continue;
    }
    for (std::size_t i = 0; i < kChunk; ++i) {
      to[i] = static_cast<std::uint8_t>(of[i] >> 3);
      to[kChunk + i] = static_cast<std::uint8_t>(1u << (of[i] & 7));
    }
    to += 2 * kChunk;
  }
}

void ListedTrees::find(std::size_t tree, const std::uint8_t* ranks, const std::uint64_t* sets, std::size_t n,
                       std::uint32_t* leaves) const noexcept {
  const Tree& t = trees_[tree];
  std::uint8_t places[kChunk];
  kernel_->find({tests_.data() + t.tests, t.size, t.start, t.hasSets ? sets_.data() + t.tests : nullptr, sets}, ranks,
                places);
  if (leaves_.empty())
    for (std::size_t i = 0; i < n; ++i) leaves[i] = t.leaves + places[i];
  else
    for (std::size_t i = 0; i < n; ++i) leaves[i] = leaves_[t.leaves + places[i]];
}

std::size_t ListedTrees::bytes() const noexcept {
  return trees_.size() * sizeof(Tree) + tests_.size() * sizeof(test_lists::Test) +
         (sets_.size() + leaves_.size() + thresholds_.size()) * sizeof(std::uint32_t) +
         columns_.size() * sizeof(Column);
}

}  // namespace scorelet::models::tree
