// Variable elimination: the joint table of a query, all other variables summed out, in an order fixed at load.
#pragma once

#include <optional>

#include "models/bayesian_network/evidence.hpp"

namespace scorelet::models::bayesian_network {

class Elimination {
 public:
  /// Plans the table over `query` (sorted). Nothing if it needs more than `mostCells` cells, whatever is observed.
  [[nodiscard]] static std::optional<Elimination> plan(const Network& network, const std::vector<std::uint32_t>& query,
                                                       std::size_t mostCells);

  /// Room for `run`: first the groups' factors at `groupOffset`, then what is made on the way.
  [[nodiscard]] std::size_t arenaCells() const noexcept { return arena_; }
  [[nodiscard]] std::size_t groupOffset(std::size_t group) const noexcept { return groups_[group]; }
  /// Longest list of variables that is walked through at once.
  [[nodiscard]] std::size_t positions() const noexcept { return positions_; }
  [[nodiscard]] const Shape& query() const noexcept { return query_; }

  /// The table of the query up to a factor, given the groups' factors in `arena`; null if the evidence is impossible.
  [[nodiscard]] const double* run(const Record& record, double* arena, std::span<std::uint32_t> position) const;

 private:
  static constexpr std::size_t kMostInputs = 4;  ///< products of more would leave the range of doubles
  struct Input {
    std::uint32_t table = kNone;  ///< in Network::tables; kNone: in the arena, at `offset`
    std::size_t offset = 0;
    std::vector<std::uint32_t> strides;  ///< over the step's variables
    std::uint32_t summedStride = 0;
  };
  struct Step {
    std::vector<std::uint32_t> variables;  ///< of the result
    std::uint32_t summed = kNone;          ///< the variable that is summed out
    std::vector<Input> inputs;
    std::size_t offset = 0;  ///< of the result in the arena
    std::vector<std::uint32_t> strides;
  };
  class Planner;

  static bool runStep(const Step& step, const Record& record, double* arena, std::span<std::uint32_t> position);

  std::vector<Step> steps_;
  std::vector<std::size_t> groups_;
  std::size_t arena_ = 0, positions_ = 0;
  Shape query_;
};

}  // namespace scorelet::models::bayesian_network
