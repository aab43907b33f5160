// DynamicRegressor: what an exogenous field contributes through its transfer function.
#pragma once

#include <optional>
#include <vector>

#include "models/time_series/forecast.hpp"
#include "models/time_series/lags.hpp"

namespace scorelet::models::time_series {

/// v_t = Σ δ_j v_{t−j} + Σ ω_i x_{t−i}, with x on the regressor's own scale.
struct Regressor {
  enum class Future : std::uint8_t { constant, trend, stored, given } future = Future::constant;
  Transformation transformation = Transformation::none;
  Lags numerator, denominator;
  std::vector<double> pastInputs;   ///< x up to the end of the series, as far as the numerator reaches back
  std::vector<double> pastEffects;  ///< v up to the end of the series, as far as anything reaches back

  std::vector<double> storedInputs;  ///< stored: x from the first forecast on
  std::vector<double> trend;         ///< trend: coefficients of t⁰, t¹, …
  double origin = 0;                 ///< trend: t of the last observation
  TypedSlot field;                   ///< given, or constant where nothing is stored

  [[nodiscard]] std::size_t memory(std::size_t steps) const noexcept {
    return pastInputs.size() + pastEffects.size() + 2 * steps;
  }
  /// Adds v to each of the forecast steps.
  void add(const Frame& frame, std::size_t row, std::span<double> steps, std::span<double> memory) const;

 private:
  void foresee(const Frame& frame, std::size_t row, std::span<double> inputs) const;
};

/// Where the forecast begins and what it needs of the past.
struct RegressorNeeds {
  std::uint32_t period = 0;    ///< length of a season, 0: none
  std::optional<double> last;  ///< index of the last observation
  std::size_t effects = 0;     ///< as many past v
};

/// All DynamicRegressors of `algorithm` that act on the model's target.
[[nodiscard]] std::vector<Regressor> readRegressors(ModelContext& context, xml::Element algorithm,
                                                    const RegressorNeeds& needs);

}  // namespace scorelet::models::time_series
