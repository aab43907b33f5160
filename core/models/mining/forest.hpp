// Ensembles of trees: one step walks them all and adds up what their leaves say, instead of one step per segment.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/mining/mining.hpp"
#include "models/tree/packed_forest.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::models::mining {

struct ForestStep final : program::Step {
  /// Nothing if the trees do not fit the packed form; else takes what `combine` is told about them.
  [[nodiscard]] static std::unique_ptr<ForestStep> of(std::span<const tree::TreeStep* const> trees,
                                                      CombineStep& combine);
  /// Whether its sums can be taken together with those of others, from trees that are walked together.
  [[nodiscard]] bool canJoin() const noexcept;
  static constexpr std::size_t kMostJoined = 64;
  /// Takes the place of so many forests, which all can join and add alike; nothing where they do not fit together.
  [[nodiscard]] static std::unique_ptr<ForestStep> join(std::span<ForestStep* const> forests);
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Steps trees;  ///< as they were before they were packed, kept where answers will be explained
  std::unique_ptr<tree::PackedForest> forest;
  CombineStep combine;
  std::vector<double> weights;  ///< per tree; 1 where the method does not weigh
  double total = 0;             ///< of the weights
  /// What further sums become, where forests were joined, and of which sum each tree is a member.
  struct Further {
    CombineStep combine;
    double total;
  };
  std::vector<Further> further;
  std::vector<tree::PackedForest::Place> places;
  bool isSummed = true;     ///< the method adds; else (median …) every row is combined from the members' lanes
  bool addsFloats = false;  ///< all that is added are floats: so is each sum, whatever is used to add

  // Per leaf; kNoLeaf is also that of answers without the kind of thing that is summed.
  std::size_t width = 1;       ///< sums: one, or one per category
  std::vector<double> shares;  ///< `width` terms
  std::vector<Value> values;   ///< classes; a number is its own share

 private:
  template <class Real>
  void sum(const Frame& frame, std::uint64_t& unclear) const;
  template <class Real>
  void sumRow(const Frame& frame, std::size_t row, std::uint64_t& unclear) const;
  template <class Real>
  void sumRows(const Frame& frame, std::uint64_t& unclear) const;
  template <class Real>
  [[nodiscard]] Real term(std::size_t tree, std::size_t share) const noexcept;
  void fillLanes(const Frame& frame, std::size_t tree, std::size_t row, std::uint32_t leaf, Value none) const;
  [[nodiscard]] std::size_t sumsOfRow() const noexcept { return width + further.size(); }
  [[nodiscard]] const CombineStep& combineOf(std::size_t sum) const noexcept {
    return sum == 0 ? combine : further[sum - 1].combine;
  }
  void answer(const Frame& frame, std::size_t row) const;
  void combineUnclear(const Frame& frame, std::size_t row) const;
};

/// Appends the terms that a node's answer adds to the sums; false if it gives none.
[[nodiscard]] bool sharesOf(const CombineStep& combine, std::size_t number, const tree::TreeStep& step,
                            std::uint32_t node, std::vector<double>& shares);

}  // namespace scorelet::models::mining
