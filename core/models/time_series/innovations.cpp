#include "models/time_series/innovations.hpp"

namespace scorelet::models::time_series {

namespace {

/// Covariance of the moving average with itself `k` steps apart, in units of the shock's variance.
double covariance(const Polynomial& ma, std::size_t k) {
  double sum = 0;
  for (std::size_t i = 0; i + k < ma.size(); ++i) sum += ma[i] * ma[i + k];
  return sum;
}

}  // namespace

std::optional<std::vector<double>> foreseenShocks(const Polynomial& ma, ThetaRows rows,
                                                  std::span<const double> innovations) {
  const std::size_t q = rows.q;
  const auto theta = [&](std::size_t row, std::size_t lag) -> double& { return rows.theta[row * q + lag - 1]; };
  std::vector<double> shocks(q, 0.0);
  for (std::size_t h = 1; h <= q; ++h) {
    const std::size_t row = q + h - 2;  // that of time T+h−1; the first one stored is that of T−q+1
    if (h > 1) {
      rows.theta.resize((row + 1) * q);
      double error = covariance(ma, 0);
      for (std::size_t l = q; l > 0; --l) {
        double sum = covariance(ma, l);
        for (std::size_t m = q; m > l; --m) sum -= theta(row - l, m - l) * theta(row, m) * rows.nu[row - m];
        if (!(rows.nu[row - l] > 0)) return std::nullopt;
        theta(row, l) = sum / rows.nu[row - l];
        error -= theta(row, l) * theta(row, l) * rows.nu[row - l];
      }
      rows.nu.push_back(error);
    }
    for (std::size_t j = h; j <= q; ++j) shocks[h - 1] += theta(row, j) * innovations[q - 1 + h - j];
  }
  return shocks;
}

}  // namespace scorelet::models::time_series
