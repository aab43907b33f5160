// Shapley values of one leaf: who brings a record there?
//
// A leaf speaks where every field on its path lets the record through. Of a record x and a background record b only
// this counts: which fields of the path stop x, and which stop b (two bit patterns). Where some field stops both, no
// mixture gets through; else the game has closed weights, by the numbers of fields that stop either. So the background
// is told by how often each of its patterns occurs (the idea of WOODELF, Nadel and Wettenstein 2025), and x meets the
// patterns that have no bit in common with its own.
//
// What is counted is whole, so no answer depends on the order of records, nor on whether one pattern of x was asked
// about or all at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scorelet::explain {

class LeafGame {
 public:
  /// Fields on one path at most.
  static constexpr std::size_t kMostPlayers = 32;
  /// … of which all patterns can be asked about at once.
  static constexpr std::size_t kMostForAll = 11;

  /// Fields that stop background records, and how many of them.
  struct Pattern {
    std::uint32_t failed;
    std::uint32_t count;
  };

  LeafGame();

  /// Counts the patterns of further records of a leaf, whose own stand in `background` from `first` on.
  void count(std::span<const std::uint32_t> failed, std::size_t players, std::vector<Pattern>& background,
             std::size_t first);

  /// How much each field brings a record to the leaf of which these fields fail, summed over the background.
  void explain(std::span<const Pattern> background, std::size_t players, std::uint32_t failed, double* out);
  /// The same for all patterns: of a field p at out[p << players | failed].
  void explainAll(std::span<const Pattern> background, std::size_t players, double* out);

 private:
  /// Of a pattern that x meets, by the number of its fields and that of x's own.
  enum Kind : std::uint8_t {
    gain,        ///< what each of its fields contributes
    lastGain,    ///< the same, were one field of x fewer
    loss,        ///< what each field of x takes away
    kKinds = 4,  ///< with one to spare: as many as a vector takes
  };
  using Weights = std::array<double, kKinds>;

  std::array<std::array<Weights, kMostPlayers + 1>, kMostPlayers + 1> weights_{};  ///< by x's fields, then its own
  std::vector<std::uint32_t> counts_;
  std::vector<Pattern> patterns_;  ///< those at hand
  std::vector<double> meets_;      ///< per pattern of x, by the number of fields of those that it meets: how many
  std::vector<double> own_, passing_;
  std::vector<Weights> sums_;  ///< per pattern of x: what it meets, weighted
};

}  // namespace scorelet::explain
