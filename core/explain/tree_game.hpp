// Shapley values of a sum of trees, exactly.
//
// A leaf speaks where every field on its path lets the record through. Of a record x and a background record b only
// this counts: which fields of the path let x through, and which b (two bit patterns). For each leaf the patterns of
// the background are counted beforehand (the idea of WOODELF, Nadel and Wettenstein 2025). A few neighbouring leaves
// are a bundle: what x contributes there depends on few bits, is computed when they first come up, and looked up ever
// after. So a row costs a few instructions per bundle and field, however large the background is. The rows of a chunk
// go through a tree together, so that what a bundle looks up stays near. With weights instead of a background
// (path-dependent) the game of a leaf is a product over its fields, and the same tables serve (Lundberg et al. 2020;
// polynomial form after Yu et al. 2022).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "program/wiring.hpp"

namespace scorelet::explain {

class TreeGame {
 public:
  /// Nothing if a test looks at a value that several fields decide, or if there are too many paths.
  [[nodiscard]] static std::optional<TreeGame> build(const program::Wiring& wiring,
                                                     std::span<const program::TreeTerm> trees, std::size_t inputs);

  /// Notes which way each test sends the rows of a chunk: those that the calls below are about. Returns the rows, one
  /// bit each, that hold a value of which no test can be asked.
  std::uint64_t look(const program::Frame& frame);

  /// Averages over background records, all of which are added before the first `explain`.
  void addBackground();
  /// Averages over children, by recordCount.
  void useCounts() noexcept { usesCounts_ = true; }
  [[nodiscard]] double expectation() const noexcept;  ///< where no field is known, by recordCount

  /// Adds the contributions to those of the inputs, row after row. Returns the rows, one bit each, of which some
  /// mixture with the background reaches no answer.
  std::uint64_t explain(double* contributions);

  [[nodiscard]] bool empty() const noexcept { return leaves_.empty(); }

 private:
  friend class TreeGameBuilder;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// Fields on one path at most.
  static constexpr std::size_t kMostPlayers = 32;
  static constexpr std::size_t kBundleLeaves = 4;
  static constexpr std::size_t kBundleTests = 3;
  /// Bundles of more bits have no table by key: the keys that came up are searched.
  static constexpr std::size_t kTableBits = 8;
  static constexpr std::size_t kTableNumbers = std::size_t{1} << 23;  ///< 64 MB of looked-up contributions
  static constexpr std::uint8_t kNowhere = UINT8_MAX;                 ///< the exit of an invalid value

  /// One test as the document has it, within a `Test`. A way ≥ 0 is the next step, ~way an exit.
  struct Step {
    double threshold;
    std::uint32_t set;  ///< in `sets_`; kNone: x < threshold
    std::int32_t yes, no, hole;
  };
  /// Tests of one value, one after the other, as one with several exits: so no exit is reached in two ways.
  struct Test {
    program::Slot slot;
    std::uint32_t first, count;  ///< in `steps_`
  };
  /// An exit of a test, to the next test or to a leaf. Its field is bit `bit` of the path's pattern.
  struct Edge {
    std::uint32_t parent, test;
    std::uint8_t exit, bit;
  };
  struct Pattern {
    std::uint32_t fields;
    double count;
  };
  struct Leaf {
    std::uint32_t edge;    ///< the last of its path
    std::uint32_t player;  ///< first of its fields in `players_`; their shares of records: same place in `ratios_`
    std::uint32_t players;
    Value share;                      ///< what it adds; not present: no answer
    std::vector<Pattern> background;  ///< ascending
  };
  /// Leaves behind one edge, or a whole tree. Its key: the fields of the path to it that fail, then the exits of its
  /// tests.
  struct Bundle {
    std::uint32_t edge;  ///< kNone: of a whole tree
    std::uint32_t pathBits, bits;
    std::uint32_t test, tests;  ///< in `bundleTests_`
    std::uint32_t leaf, leaves;
    std::uint32_t player, players;                               ///< in `bundlePlayers_`: those of its leaves
    std::uint32_t table;                                         ///< in `tables_`, by key; kNone: no table
    std::vector<std::pair<std::uint32_t, std::uint32_t>> known;  ///< without a table: key, where in `numbers_`
  };
  struct BundleTest {
    std::uint32_t test, bits;
  };
  /// Where a tree's parts end; they begin where those of the tree before end.
  struct Ends {
    std::uint32_t edges, bundles;
  };

  [[nodiscard]] std::uint8_t exitOf(const Test& test, Value x) const noexcept;
  template <class Visit>
  void eachBundle(const Visit& visit);
  [[nodiscard]] std::uint32_t keyOf(const Bundle& bundle, const std::uint32_t* failed, std::size_t row) const noexcept;
  [[nodiscard]] std::uint32_t passed(const Bundle& bundle, const Leaf& leaf, std::uint32_t key) const noexcept;
  void averageBackground(const Leaf& leaf, std::uint32_t fields, double* out) const;
  void averageCounts(const Leaf& leaf, std::uint32_t fields, double* out) const;
  [[nodiscard]] bool reaches(const Leaf& leaf, std::uint32_t fields) const noexcept;
  std::uint32_t* findKnown(Bundle& bundle, std::uint32_t key);
  const double* contributionsOf(Bundle& bundle, std::uint32_t key);

  std::vector<Test> tests_;
  std::vector<Step> steps_;
  std::vector<std::vector<Value>> sets_;
  std::vector<Edge> edges_;             ///< parents before their children
  std::vector<std::uint32_t> paths_;    ///< edges that bundles are behind, and those before them
  std::vector<std::uint32_t> placeOf_;  ///< per edge: where it stands there
  std::vector<Leaf> leaves_;
  std::vector<Bundle> bundles_;
  std::vector<BundleTest> bundleTests_;
  std::vector<std::uint32_t> bundlePlayers_;
  std::vector<Ends> trees_;
  std::vector<std::uint32_t> players_;
  std::vector<double> ratios_;
  double constant_ = 0;  ///< of trees without a test
  std::size_t inputs_ = 0;
  bool usesCounts_ = false;
  double records_ = 0;                        ///< of the background
  std::vector<std::vector<double>> weights_;  ///< subsetWeights by number of players

  std::size_t rows_ = 0;               ///< of the chunk that was looked at
  std::vector<std::uint8_t> ways_;     ///< per test: the exit of each row
  std::vector<std::uint32_t> failed_;  ///< per edge of a tree, of each row: fields that do not let it through
  std::vector<std::uint32_t> tables_;  ///< where in `numbers_`; kNone: not computed yet
  std::vector<double> numbers_;        ///< contributions; not present where an answer is missing
  std::vector<double> totals_;         ///< of the chunk's rows
  std::vector<double> own_, sum_;      ///< of the leaf and of the bundle at hand
};

}  // namespace scorelet::explain
