// What the evaluations share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <scorelet/diagnostics.hpp>

#include "evaluation/score_table.hpp"

namespace scorelet::evaluation {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

inline double ratio(double part, double whole) noexcept { return whole > 0 ? part / whole : kNaN; }
inline double ratio(std::uint64_t part, std::uint64_t whole) noexcept {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

[[nodiscard]] Expected<void> refused(const std::string& message);

/// The smallest score that at least the share `p` of all that were added do not exceed.
[[nodiscard]] double quantile(ScoreTable& table, double p);

/// Counts by outcome below the first edge, between edges, and from the last on.
[[nodiscard]] std::vector<std::array<std::uint64_t, 3>> histogram(ScoreTable& table, std::span<const double> edges);

}  // namespace scorelet::evaluation
