// Weights of Shapley values: s! (n - 1 - s)! / n!, the share of orders in which a player comes right after s given
// others.
#pragma once

#include <array>
#include <cstddef>
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

}  // namespace scorelet::explain
