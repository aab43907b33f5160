#include "models/time_series/arima.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::models::time_series {

std::size_t Arima::memory(std::size_t steps) const noexcept {
  const std::size_t all = steps + deficit;
  const std::size_t covariance = exact ? exact->state.size() * (all + 1) : 0;
  std::size_t most = std::max({noise.memory(all), level.size() + all, covariance + all});
  for (const Regressor& r : regressors) most = std::max(most, r.memory(all));
  for (const Recursion& i : innovational) most = std::max(most, i.memory(all) + all);
  return all + most;
}

void Arima::values(const Frame& frame, std::size_t row, std::span<double> out, std::span<double> memory) const {
  const std::span<double> y = memory.first(out.size() + deficit), rest = memory.subspan(y.size());
  if (exact)
    exact->run(y, rest);
  else
    noise.run(y, rest);
  for (const Regressor& r : regressors) r.add(frame, row, y, rest);
  integrate(y, rest);
  for (std::size_t h = 0; h < y.size(); ++h)
    for (const Outlier& o : outliers) y[h] = plusTerm(y[h], 1, o.at(last + static_cast<double>(h + 1)));
  for (const Recursion& i : innovational) {
    const std::span<double> effect = rest.first(y.size());
    i.run(effect, rest.subspan(y.size()));
    for (std::size_t h = 0; h < y.size(); ++h) y[h] = plusTerm(y[h], 1, effect[h]);
  }
  std::copy_n(y.begin() + static_cast<std::ptrdiff_t>(deficit), out.size(), out.begin());
}

void Arima::integrate(std::span<double> y, std::span<double> memory) const noexcept {
  if (integration.empty()) return;
  std::copy(level.begin(), level.end(), memory.begin());
  for (std::size_t h = 0; h < y.size(); ++h) {
    const std::size_t at = level.size() + h;
    y[h] = memory[at] = plusLags(y[h], integration, memory, at);
  }
}

void Arima::deviations(std::span<double> out, std::span<double> memory) const {
  const std::span<double> psi = memory.first(out.size() + deficit), rest = memory.subspan(psi.size());
  psiWeights(whole, noise.ma, psi);
  double sum = 0;
  if (exact) reach(psi.size(), rest);
  for (std::size_t h = 0; h < psi.size(); ++h) {
    // The first shock is part of the state's covariance where there is one.
    if (!exact) sum += psi[h] * psi[h];
    const double variance = exact ? sum + uncertainty(rest.subspan(h * exact->state.size())) : sum;
    if (exact) sum += psi[h] * psi[h];
    if (h >= deficit) out[h - deficit] = checked(rmse * std::sqrt(variance));
  }
}

/// For each step, how the forecast depends on the state of the first one.
void Arima::reach(std::size_t steps, std::span<double> a) const noexcept {
  const std::size_t r = exact->state.size();
  const std::span<double> g = a.subspan(steps * r, r);
  std::copy(exact->observation.begin(), exact->observation.end(), g.begin());
  for (std::size_t h = 0; h < steps; ++h) {
    for (std::size_t i = 0; i < r; ++i) {
      double sum = g[i];
      for (const Lag& l : integration)
        if (l.lag <= h) sum += l.coefficient * a[(h - l.lag) * r + i];
      a[h * r + i] = sum;
    }
    double first = 0;
    for (std::size_t i = 0; i < r; ++i) first += g[i] * exact->ar[i];
    for (std::size_t i = r - 1; i > 0; --i) g[i] = g[i - 1];
    g[0] = first;
  }
}

double Arima::uncertainty(std::span<const double> a) const noexcept {
  const std::size_t r = exact->state.size();
  double sum = 0;
  for (std::size_t i = 0; i < r; ++i)
    for (std::size_t j = 0; j < r; ++j) sum += a[i] * exact->omega.at(i, j) * a[j];
  return std::max(sum, 0.0);
}

std::size_t Arima::bytes() const noexcept {
  std::size_t n = sizeof(*this) + (level.size() + noise.past.size() + noise.shocks.size()) * sizeof(double) +
                  (noise.ar.size() + noise.ma.size() + integration.size() + whole.size()) * sizeof(Lag) +
                  outliers.size() * sizeof(Outlier);
  for (const Regressor& r : regressors)
    n += sizeof r + (r.pastInputs.size() + r.pastEffects.size() + r.storedInputs.size()) * sizeof(double);
  if (exact) n += exact->omega.entries.size() * sizeof(double);
  return n;
}

}  // namespace scorelet::models::time_series
