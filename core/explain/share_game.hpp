// Shapley values of one leaf where a field that is known lets a record through or not, and one that is not known lets
// its share of records through (path-dependent): a product over the fields (Lundberg et al. 2020), whose average over
// all orders of the fields is an integral of a polynomial (after Yu et al. 2022).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scorelet::explain {

class ShareGame {
 public:
  /// For paths of up to so many fields.
  explicit ShareGame(std::size_t mostPlayers);

  /// How much each field brings a record to the leaf of which these fields fail; `shares` of the fields.
  void explain(std::span<const double> shares, std::uint32_t failed, double* out) const;
  /// The same for all patterns: of a field p at out[p << players | failed].
  void explainAll(std::span<const double> shares, double* out);

 private:
  /// Where the polynomial is looked at, between 0 and 1, and how much that counts.
  struct Point {
    double at, weight;
  };

  std::vector<std::vector<Point>> points_;  ///< by their number: exact below twice as many degrees
  std::vector<double> products_;            ///< of the other fields, per pattern
};

}  // namespace scorelet::explain
