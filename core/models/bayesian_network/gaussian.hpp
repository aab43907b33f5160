// The continuous part: what a group of connected continuous nodes says of the discrete variables around it, and
// the mean and variance of a hidden node in it (conditional Gaussian networks; moments where they suffice).
#pragma once

#include "models/bayesian_network/evidence.hpp"

namespace scorelet::models::bayesian_network {

/// Room that one record's groups use in turn.
struct Workspace {
  std::span<std::uint32_t> position, config, roles, hidden;
};

/// Mean and variance of a target node per configuration, parallel to the group's factor.
struct Moments {
  double* mean = nullptr;
  double* variance = nullptr;
};

/// Fills `factor` (the group's table) with the densities of what is observed, the largest scaled to 1, and `moments`
/// of `target` (kNone: none of this group). Present if it succeeded; else the hole that ends the record.
[[nodiscard]] Value evaluateGroup(const Record& record, const Group& group, std::uint32_t target, double* factor,
                                  Moments moments, const Workspace& workspace);

/// Whether a record that leaves nothing but targets and latent nodes open can be answered for `target`; if not, the
/// node at which exact inference ends.
[[nodiscard]] std::uint32_t firstUnsolvable(const Network& network, const Group& group, std::uint32_t target);

}  // namespace scorelet::models::bayesian_network
