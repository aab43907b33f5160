// Shapley values of a sum of trees, exactly, leaf by leaf.
//
// A leaf speaks where every field on its path lets the record through. Of a record x and a background record b only
// this counts: which fields of the path let x through, and which b (two bit patterns). For each leaf the patterns of
// the background are counted beforehand; what a pattern of x contributes is then computed once and looked up ever
// after. So a row costs a few instructions per leaf and field, however large the background is (the idea of WOODELF,
// Nadel and Wettenstein 2025). With weights instead of a background (path-dependent) the game of a leaf is a product
// over its fields, and the same table serves (Lundberg et al. 2020; polynomial form after Yu et al. 2022).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "program/wiring.hpp"

namespace scorelet::explain {

class TreeGame {
 public:
  /// Nothing if a test looks at a value that several fields decide, or if there are too many paths.
  [[nodiscard]] static std::optional<TreeGame> build(const program::Wiring& wiring,
                                                     std::span<const program::TreeTerm> trees, std::size_t inputs);

  /// Which way each test sends a record: what is remembered of it.
  struct Ways {
    std::vector<std::uint8_t> tests;
    bool isInvalid = false;  ///< a value that no test can be asked about
  };
  void look(const program::Frame& frame, std::size_t row, Ways& out) const;

  /// Averages over background records, all of which are added before the first `explain`.
  void addBackground(const Ways& record);
  /// Averages over children, by recordCount.
  void useCounts() noexcept { usesCounts_ = true; }
  [[nodiscard]] double expectation() const noexcept;  ///< where no field is known, by recordCount

  /// Adds the contributions to those of the inputs. False if some mixture of the record with the background reaches no
  /// answer.
  bool explain(const Ways& record, std::span<double> contributions);

  [[nodiscard]] bool empty() const noexcept { return leaves_.empty(); }

 private:
  friend class TreeGameBuilder;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// Fields on one path at most.
  static constexpr std::size_t kMostPlayers = 32;
  /// Paths with more fields have no table: their contributions are computed each time.
  static constexpr std::size_t kTablePlayers = 6;
  static constexpr std::size_t kTableNumbers = std::size_t{1} << 23;  ///< 64 MB of looked-up contributions
  enum Way : std::uint8_t { yes = 1, no = 2, hole = 4 };

  struct Test {
    double threshold;
    program::Slot slot;
    std::uint32_t set;  ///< in `sets_`
  };
  /// A way from a test to the next or to a leaf. Its field is bit `bit` of the path's pattern.
  struct Edge {
    std::uint32_t parent, test;
    std::uint8_t ways, bit;
  };
  struct Pattern {
    std::uint32_t fields;
    double count;
  };
  struct Leaf {
    std::uint32_t edge;  ///< the last of its path
    std::uint32_t
        player;  ///< first of its fields in `players_`; their shares of records at the same place in `ratios_`
    std::uint32_t players;
    std::uint32_t table;              ///< in `tables_`, by pattern; kNone: no table
    Value share;                      ///< what it adds; not present: no answer
    std::vector<Pattern> background;  ///< ascending
  };

  [[nodiscard]] std::uint32_t passed(const Leaf& leaf) const noexcept;
  void follow(const Ways& record);
  void averageBackground(const Leaf& leaf, std::uint32_t fields, double* out) const;
  void averageCounts(const Leaf& leaf, std::uint32_t fields, double* out) const;
  [[nodiscard]] bool reaches(const Leaf& leaf, std::uint32_t fields) const noexcept;
  const double* contributionsOf(const Leaf& leaf, std::uint32_t fields);

  std::vector<Test> tests_;
  std::vector<std::vector<Value>> sets_;
  std::vector<Edge> edges_;  ///< parents before their children
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> players_;
  std::vector<double> ratios_;
  double constant_ = 0;  ///< of trees without a test
  std::size_t inputs_ = 0;
  bool usesCounts_ = false;
  double records_ = 0;  ///< of the background

  std::vector<std::vector<double>> weights_;  ///< subsetWeights by number of players
  std::vector<std::uint32_t> failed_;  ///< per edge: fields of the path so far that do not let the record through
  std::vector<std::uint32_t> tables_;  ///< where in `numbers_`, kNone: not computed yet
  std::vector<double> numbers_;
  std::vector<double> own_;  ///< of the leaf at hand
};

}  // namespace scorelet::explain
