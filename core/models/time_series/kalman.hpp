// The state of an ARMA process in its companion form: as KalmanState stores it, or filtered from the series.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "document/matrix.hpp"
#include "models/time_series/lags.hpp"

namespace scorelet::models::time_series {

/// The state of the first forecast. From step to step x₁ ← φ₁ x₁ + x₂ + c, x₂ ← φ₂ x₁ + x₃, …; the noise is h·x.
struct CompanionState {
  std::vector<double> state, observation, ar;
  double constant = 0;
  document::Matrix omega;  ///< covariance of `state` in units of the shock's variance

  void run(std::span<double> steps, std::span<double> memory) const noexcept;
};

/// The longest state, the longest that is filtered from a series (others must be stored), and the work of doing so.
inline constexpr std::size_t kMostStates = 512, kMostFiltered = 128;
inline constexpr double kMostFilterSteps = 1e9;

/// The Matrix in `parent`; empty after a report.
[[nodiscard]] document::Matrix readMatrixIn(xml::Element parent);

/// The exact state after the series `n`. Nothing if the process is not stationary.
[[nodiscard]] std::optional<CompanionState> filtered(const Polynomial& ar, const Polynomial& ma, double constant,
                                                     std::span<const double> n);

}  // namespace scorelet::models::time_series
