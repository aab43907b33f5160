// Exact finite-sample prediction of an ARMA process by the innovations algorithm (Brockwell, Davis 1991, §5.3):
//
//   n̂_{t+1} = c + Σ φ_i n_{t+1−i} + Σ θ_{t,j} (n_{t+1−j} − n̂_{t+1−j})
//
// θ_{t,j} tends to θ_j as the series grows. A document holds the last rows of θ_{t,j} and of the prediction errors
// ν_t, from which the rows to come follow.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/time_series/lags.hpp"

namespace scorelet::models::time_series {

/// The last q rows of the recursion, oldest first.
struct ThetaRows {
  std::size_t q = 0;
  std::vector<double> theta;  ///< lags 1…q of each row, row by row
  std::vector<double> nu;     ///< q errors, in units of the shock's variance
};

/// Σ_j θ_{T+h−1,j} (n_{T+h−j} − n̂_{T+h−j}) for the steps h = 1…q: what the last q innovations (oldest first) still do.
/// Nothing where an error ν is not positive.
[[nodiscard]] std::optional<std::vector<double>> foreseenShocks(const Polynomial& ma, ThetaRows rows,
                                                                std::span<const double> innovations);

}  // namespace scorelet::models::time_series
