// Trees in their fast form, packed together: 8 bytes a node, walked several at a time.
//
// A tree's nodes lie level by level, the two children of a test side by side, so that a step down is
// `node += second - (key < threshold)`: no branch that could be foreseen wrongly, and as many walks as the processor
// can overlap. A leaf is a test that always stays where it is. Every walk of a tree takes as many steps as the tree is
// deep.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "models/tree/forest_inputs.hpp"
#include "models/tree/listed_trees.hpp"
#include "models/tree/split_tree.hpp"

namespace scorelet::models::tree {

class PackedForest {
 public:
  /// The leaf of what has no answer; others are numbered by whoever packs the forest.
  static constexpr std::uint32_t kNoLeaf = 0;
  /// Trees whose leaves one row finds in one go.
  static constexpr std::size_t kWindow = 256;

  /// The leaf number for the answer of a tree's node.
  using LeafOf = std::function<std::uint32_t(std::size_t tree, std::uint32_t node)>;
  /// Nothing where a test has more ways than the packed form knows.
  [[nodiscard]] static std::unique_ptr<PackedForest> pack(std::span<const SplitTree* const> trees,
                                                          const LeafOf& leafOf);

  /// A tree of several forests.
  struct Place {
    std::uint32_t forest, tree;
  };
  /// The trees of several forests without sets as one forest that reads each field once, in the order of `places`.
  /// Leaves are numbered on: those of a forest after all of the forests before it, which have `leaves[forest]` each,
  /// kNoLeaf included. Nothing where there are too many fields.
  [[nodiscard]] static std::unique_ptr<PackedForest> join(std::span<const PackedForest* const> forests,
                                                          std::span<const Place> places,
                                                          std::span<const std::size_t> leaves);
  [[nodiscard]] bool canJoin() const noexcept { return sets_.empty() && holes_.empty() && strangers_.empty(); }
  [[nodiscard]] std::span<const ForestInput> inputs() const noexcept { return inputs_; }

  /// Reads the rows' keys into `Buffers::keys`. Returns the rows, one bit each, that must walk by `walkUnclear`.
  [[nodiscard]] std::uint64_t readRows(const Frame& frame) const;
  /// One row's keys, side by side, until the next call.
  [[nodiscard]] const std::uint32_t* rowKeys(const Frame& frame, std::size_t row) const noexcept;
  /// One row: the leaves of the trees from `first` on. Returns how many, at most kWindow.
  std::size_t walkRow(const std::uint32_t* keys, std::size_t first, std::uint32_t* leaves) const noexcept;
  /// What `walkRows` needs besides the keys.
  void rankRows(const Frame& frame) const;
  /// One tree, all rows of the chunk; `leaves` has room for kChunk.
  void walkRows(const Frame& frame, std::size_t tree, std::uint32_t* leaves) const noexcept;
  /// One tree, one row that may hold any value. An invalid value met is put into `poison`.
  [[nodiscard]] std::uint32_t walkUnclear(const Frame& frame, std::size_t tree, std::size_t row,
                                          Value& poison) const noexcept;

  /// Whether a row can end in kNoLeaf on its ordinary way.
  [[nodiscard]] bool mayEndNowhere() const noexcept { return mayEndNowhere_; }
  [[nodiscard]] std::size_t size() const noexcept { return roots_.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend class ForestPacker;
  friend class ForestJoiner;
  friend class TreeLister;
  struct Node {
    std::uint32_t threshold;  ///< of a leaf: one more than its number; of a set: its first word in `sets_`
    std::uint16_t column;     ///< and kSet, in a set test
    std::uint16_t second;     ///< how far the second child is: that of "no"

    static constexpr std::uint16_t kSet = 0x8000;
    [[nodiscard]] bool isLeaf() const noexcept { return second == 1; }
    [[nodiscard]] bool isSet() const noexcept { return (column & kSet) != 0; }
    [[nodiscard]] std::uint32_t columnNumber() const noexcept { return column & ~kSet; }
  };
  struct Meaning {  ///< of a column
    Slot slot;
    Way hole;
    bool strays;
  };
  /// Keys of one row lie side by side, else one column of kChunk after the other.
  static std::size_t strideOf(const Frame& frame) noexcept { return frame.n == 1 ? 1 : program::kChunk; }
  /// Puts the plain inputs first.
  void sortInputs();
  /// Fills `byDepth_`.
  void sortTrees();
  template <bool hasSets, std::size_t stride>
  [[nodiscard]] std::uint32_t next(std::uint32_t at, const std::uint32_t* keys) const noexcept;
  template <bool hasSets, std::size_t abreast>
  void walkTrees(const std::uint32_t* keys, const std::uint32_t* trees, std::uint32_t* leaves) const noexcept;
  template <bool hasSets>
  void walkChunk(const std::uint32_t* keys, std::size_t tree, std::size_t n, std::uint32_t* leaves) const noexcept;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_, depths_;
  std::vector<std::uint32_t> byDepth_;  ///< trees window by window: trees side by side walk as long as the deepest
  std::size_t window_ = kWindow;
  /// The keys of no member. At both ends kSetWords zeros: what tests of numbers read in vain, and what is read beyond
  /// the words of a set.
  std::vector<std::uint64_t> sets_;
  std::vector<ForestInput> inputs_;
  std::vector<ForestInput::Plain> plain_;         ///< the first of them, once more
  std::vector<Meaning> columns_;                  ///< column 0 holds the least key: leaves compare with it
  std::vector<std::uint32_t> holes_, strangers_;  ///< leaves of own ways, per node; empty where all are kNoLeaf
  ListedTrees lists_;
  bool mayEndNowhere_ = false;
};

}  // namespace scorelet::models::tree
