// Trees laid out for their games: what is asked of a value, and the paths to the leaves with the fields on them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "explain/leaf_game.hpp"
#include "program/wiring.hpp"

namespace scorelet::explain {

struct TreeLayout {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// Nothing if a test looks at a value that several fields decide, or if there are too many paths.
  [[nodiscard]] static std::optional<TreeLayout> of(const program::Wiring& wiring,
                                                    std::span<const program::TreeTerm> trees, std::size_t inputs);

  /// A lane that tests look at.
  struct Lane {
    program::Slot slot;
    std::vector<Value> members;  ///< of its tests' sets, ascending: a value is told by its place here …

    [[nodiscard]] bool hasCodes() const noexcept { return !members.empty(); }
    [[nodiscard]] std::size_t codes() const noexcept { return members.size() + 2; }
    [[nodiscard]] std::uint8_t codeOf(Value x) const noexcept;  ///< … or is another, or missing
  };
  /// One test as the document has it, within a `Test`. A way ≥ 0 is the next step, ~way an exit.
  struct Step {
    double threshold;
    std::uint32_t set;  ///< in `sets`; kNone: x < threshold
    std::int32_t yes, no, hole;
  };
  /// Tests of one value, one after the other, as one with several exits: so no exit is reached in two ways.
  struct Test {
    std::uint32_t lane;
    std::uint32_t first, count;  ///< in `steps`
    std::uint32_t byCode;        ///< in `exits`, one for each of the lane's codes; kNone: there are none
  };
  /// What is behind an exit of the test that was asked last at `depth`. Its field is bit `bit` of the path's pattern.
  struct Branch {
    std::uint32_t next;  ///< a test, asked at the next depth, or a leaf
    std::uint32_t depth;
    std::uint32_t end;      ///< of the branches behind it
    std::uint32_t without;  ///< fields of the path that no training record has come through by, in their bits
    std::uint8_t exit, bit;
    bool isLeaf;
  };
  struct Leaf {
    std::uint32_t player;  ///< first of its fields in `players`; their shares of records: same place in `ratios`
    std::uint32_t players;
    Value share;  ///< what it adds; not present: no answer
  };
  struct Tree {
    std::uint32_t test;  ///< asked first
    std::uint32_t end;   ///< of its branches; they begin where those of the tree before end
  };

  [[nodiscard]] std::uint8_t exitOf(const Test& test, Value x) const noexcept;

  std::vector<Lane> lanes;
  std::vector<Test> tests;
  std::vector<Step> steps;
  std::vector<std::vector<Value>> sets;
  std::vector<std::uint8_t> exits;
  std::vector<Branch> branches;  ///< whatever is behind one comes before the next of its test
  std::vector<Tree> trees;
  std::vector<Leaf> leaves;
  std::vector<std::uint32_t> players;  ///< inputs; the one behind them: of tests that no field decides
  std::vector<double> ratios;
  std::size_t depth = 0;  ///< tests on a path, at most
  double constant = 0;    ///< of trees without a test
};

}  // namespace scorelet::explain
