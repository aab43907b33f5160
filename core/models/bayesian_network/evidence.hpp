// What a record says of the network.
#pragma once

#include <span>

#include "models/bayesian_network/network.hpp"

namespace scorelet::models::bayesian_network {

/// One record while it is answered. `state[v]` is the number of a variable's observed value, or kNone.
struct Record {
  const Network& network;
  const program::Frame& frame;
  std::size_t row;
  std::span<std::uint32_t> state;

  /// Reads the variables' lanes; a hole that no sum can fill is returned.
  [[nodiscard]] Value observe() const;
  /// The observed value of a continuous node; missing if it is hidden.
  [[nodiscard]] Value at(const ContinuousNode& node) const {
    return node.evidence == kNoSlot ? missing() : frame.at(node.evidence)[row];
  }
};

/// Runs through the cells of a table in order, observed variables held fast. Up to `Streams` tables are stepped
/// through side by side, each with its own strides over the same variables.
template <std::size_t Streams>
struct Walk {
  std::span<const std::uint32_t> variables;
  const std::uint32_t* strides[Streams] = {};
  std::size_t offsets[Streams] = {};
  std::size_t streams = 0;

  void start(const Record& record, std::span<std::uint32_t> position) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const std::uint32_t state = record.state[variables[i]];
      position[i] = 0;
      if (state != kNone)
        for (std::size_t s = 0; s < streams; ++s) offsets[s] += std::size_t{state} * strides[s][i];
    }
  }
  /// The next cell; false after the last one.
  bool next(const Record& record, std::span<std::uint32_t> position) {
    for (std::size_t i = variables.size(); i-- > 0;) {
      if (record.state[variables[i]] != kNone) continue;
      const std::uint32_t size = record.network.variables[variables[i]].size();
      for (std::size_t s = 0; s < streams; ++s) offsets[s] += strides[s][i];
      if (++position[i] < size) return true;
      for (std::size_t s = 0; s < streams; ++s) offsets[s] -= std::size_t{size} * strides[s][i];
      position[i] = 0;
    }
    return false;
  }
};

}  // namespace scorelet::models::bayesian_network
