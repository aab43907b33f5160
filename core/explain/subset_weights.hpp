// Weights of Shapley values: s! (n - 1 - s)! / n!, the share of orders in which a player comes right after s given
// others.
#pragma once

#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace scorelet::explain {

/// Of one player among `players`, by the number of those before it.
[[nodiscard]] inline std::vector<double> subsetWeights(std::size_t players) {
  std::vector<double> weights(players);
  double binomial = 1;  // of players - 1 over s
  for (std::size_t s = 0; s < players; ++s) {
    weights[s] = 1 / (static_cast<double>(players) * binomial);
    binomial = binomial * static_cast<double>(players - 1 - s) / static_cast<double>(s + 1);
  }
  return weights;
}

/// Adds a player's value in the game of which `values` has each subset's, bit i of its number being the i-th player.
inline void addShapley(std::span<const double> values, std::size_t player, std::span<const double> weights,
                       double& sum) {
  const std::size_t own = std::size_t{1} << player;
  for (std::size_t s = 0; s < values.size(); ++s)
    if ((s & own) == 0) sum += weights[static_cast<std::size_t>(std::popcount(s))] * (values[s | own] - values[s]);
}

}  // namespace scorelet::explain
