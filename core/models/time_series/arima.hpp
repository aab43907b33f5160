// ARIMA: φ(B)Φ(B^s) [∇(y_t − outliers) − Σ v_t] = c + θ(B)Θ(B^s) e_t, with ∇ = (1−B)^d (1−B^s)^D.
#pragma once

#include <optional>
#include <vector>

#include "models/time_series/arma.hpp"
#include "models/time_series/kalman.hpp"
#include "models/time_series/outlier.hpp"
#include "models/time_series/regressor.hpp"

namespace scorelet::models::time_series {

class Arima final : public Forecaster {
 public:
  [[nodiscard]] std::size_t memory(std::size_t steps) const noexcept override;
  void values(const Frame& frame, std::size_t row, std::span<double> out, std::span<double> memory) const override;
  [[nodiscard]] bool hasDeviations() const noexcept override { return isPresent(rmse); }
  void deviations(std::span<double> out, std::span<double> memory) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Recursion noise;
  std::optional<CompanionState> exact;  ///< in place of `noise`
  std::vector<Regressor> regressors;
  std::vector<Outlier> outliers;        ///< all but the innovational ones
  std::vector<Recursion> innovational;  ///< what they add
  Lags integration;                     ///< y_t = w_t + Σ …, undoing the differences
  Lags whole;                           ///< y_t = Σ … + shocks: autoregression and differences in one
  std::vector<double> level;            ///< the last y without outliers, as far as `integration` reaches back
  double last = 0;                      ///< index of the last observation
  double rmse = missing();
  std::size_t deficit = 0;  ///< steps between the last observation and the first that is asked for

 private:
  void integrate(std::span<double> y, std::span<double> memory) const noexcept;
  void reach(std::size_t steps, std::span<double> a) const noexcept;
  [[nodiscard]] double uncertainty(std::span<const double> a) const noexcept;
};

}  // namespace scorelet::models::time_series
