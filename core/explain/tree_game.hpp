// Shapley values of a sum of trees, exactly: those of their leaves, added up. A leaf's are against a background
// (LeafGame), or with shares of records in its place (ShareGame).
//
// Rows are gathered into blocks, and a block goes through one tree after the other: where its tests send the rows,
// which fields stop each of them on the way to a leaf, and what a leaf makes of the patterns that come up there, each
// found once for the block. So what is at hand stays near, however many trees and records there are, and nothing is
// kept of the rows that were explained.
//
// But of a row that comes alone the leaves keep their patterns and what these bring: mostly one field is changed before
// the next one comes, and few leaves see another pattern.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "explain/leaf_game.hpp"
#include "explain/share_game.hpp"
#include "explain/tree_layout.hpp"
#include "program/wiring.hpp"

namespace scorelet::explain {

class TreeGame {
 public:
  /// Nothing where there is no layout.
  [[nodiscard]] static std::optional<TreeGame> build(const program::Wiring& wiring,
                                                     std::span<const program::TreeTerm> trees, std::size_t inputs);

  /// Adds the rows of a chunk to the block that the calls below are about. Returns the rows of the chunk, one bit each,
  /// that hold a value of which no test can be asked.
  std::uint64_t look(const program::Frame& frame);
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }  ///< of the block
  [[nodiscard]] bool isFull() const noexcept { return rows_ + program::kChunk > room_; }

  /// Takes the block as background records, all of which are added before the first `explain`.
  void addBackground();
  /// Averages over children, by recordCount.
  void useCounts();
  [[nodiscard]] double expectation() const noexcept;  ///< where no field is known, by recordCount

  /// Takes the block: adds the contributions to those of the inputs, row after row. Tells `unclear` of rows of which
  /// some mixture with the background reaches no answer.
  void explain(double* contributions, const std::function<void(std::size_t row)>& unclear);

  [[nodiscard]] bool empty() const noexcept { return layout_.leaves.empty(); }

 private:
  explicit TreeGame(TreeLayout layout, std::size_t inputs);

  template <class GoesOn, class Visit>
  void eachLeaf(const GoesOn& goesOn, const Visit& visit);
  void ask(std::uint32_t test, std::size_t depth);
  const std::uint32_t* follow(const TreeLayout::Branch& branch);
  [[nodiscard]] std::uint32_t stopAll(const std::uint32_t* failed) const noexcept;
  void explainLeaf(std::size_t leaf, std::uint32_t failed, double* out);
  const double* explainAlone(std::size_t leaf, std::uint32_t failed);
  void addLeaf(std::size_t leaf, const std::uint32_t* failed);
  [[nodiscard]] std::span<const LeafGame::Pattern> backgroundOf(std::size_t leaf) const noexcept {
    return std::span(background_).subspan(firstOf_[leaf], firstOf_[leaf + 1] - firstOf_[leaf]);
  }
  [[nodiscard]] std::span<const double> sharesOf(std::size_t leaf) const noexcept {
    return std::span(layout_.ratios).subspan(layout_.leaves[leaf].player, layout_.leaves[leaf].players);
  }
  [[nodiscard]] bool reaches(std::size_t leaf, std::uint32_t failed) const noexcept;

  TreeLayout layout_;
  std::vector<LeafGame::Pattern> background_;  ///< leaf after leaf
  std::vector<std::size_t> firstOf_;           ///< per leaf: there; and the end
  std::vector<std::uint32_t> stopped_;         ///< per branch: fields that let no background record through
  LeafGame leaves_;
  ShareGame shares_;
  std::size_t inputs_;
  bool usesCounts_ = false;
  double records_ = 0;  ///< of the background

  std::size_t rows_ = 0, room_;        ///< of a block
  std::vector<double> values_;         ///< per lane, of each row
  std::vector<std::uint8_t> codes_;    ///< of them
  std::vector<bool> holes_;            ///< per lane: whether some are missing
  std::vector<std::uint32_t> exits_;   ///< per depth, of each row: of the test that was asked
  std::vector<std::uint32_t> failed_;  ///< per depth, of each row: the fields of the path that stop it
  std::vector<double> totals_;         ///< per input, of each row
  std::vector<double> table_;          ///< of a leaf: per field of its path, of each pattern

  static constexpr std::uint32_t kUnknown = UINT32_MAX;
  std::vector<std::uint32_t> stoppedLast_;  ///< per leaf: the fields that stopped the last row that came alone
  std::vector<double> broughtLast_;         ///< what it brought that one, per field of its path, as `players` stand
};

}  // namespace scorelet::explain
