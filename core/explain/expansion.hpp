// A quantity as a sum, as far down as the program says that it is one.
#pragma once

#include <optional>
#include <vector>

#include "explain/probe.hpp"

namespace scorelet::explain {

struct Expansion {
  double constant = 0;
  std::vector<program::Term> terms;
  std::vector<program::TreeTerm> trees;
};

/// Nothing if the sum has too many terms.
[[nodiscard]] std::optional<Expansion> expand(const program::Wiring& wiring, const Target& target);

}  // namespace scorelet::explain
