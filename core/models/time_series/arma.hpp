// What ARIMA and GARCH share: AR and MA elements, and the recursion of a mean.
#pragma once

#include <string_view>
#include <vector>

#include "models/time_series/lags.hpp"
#include "xml/document.hpp"

namespace scorelet::models::time_series {

/// The Array child of `parent`; it must have `count` numbers (an absent parent or Array has none).
[[nodiscard]] std::vector<double> readCoefficients(xml::Element parent, std::size_t count);
/// An order or period: 0 to `most`; 0 after a report.
[[nodiscard]] std::size_t readOrder(xml::Element e, std::string_view attribute, std::size_t most);

/// n_t = c + Σ φ_i n_{t−i} + e_t + Σ θ_i e_{t−i}, from the end of the series on.
struct Recursion {
  double constant = 0;
  Lags ar, ma;
  std::vector<double> past;    ///< the last n, as far as `ar` reaches back, oldest first
  std::vector<double> shocks;  ///< what is known of Σ θ_i e_{t−i} in the steps 1, 2, …; later 0

  [[nodiscard]] std::size_t memory(std::size_t steps) const noexcept { return past.size() + steps; }
  void run(std::span<double> steps, std::span<double> memory) const noexcept;
  /// Fills `shocks` from the last residuals, oldest first; those before them are taken as 0.
  void foresee(std::span<const double> residuals);
};

/// ψ₀ = 1, ψ₁, …: what a shock does j steps later under y_t = Σ ar_i y_{t−i} + e_t + Σ ma_i e_{t−i}.
void psiWeights(const Lags& ar, const Lags& ma, std::span<double> psi) noexcept;

}  // namespace scorelet::models::time_series
