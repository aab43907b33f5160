// Interpolation between stored points: lines, or the natural cubic spline.
#pragma once

#include <cstddef>
#include <vector>

namespace scorelet::models::time_series {

struct Knots {
  std::vector<double> at, values;  ///< `at` ascends
};

class NaturalSpline {
 public:
  /// With `isCurved` false: straight lines.
  NaturalSpline(const Knots& knots, bool isCurved) : knots_(knots), curvature_(knots.at.size(), 0.0) {
    const std::size_t n = knots.at.size();
    if (!isCurved || n < 3) return;
    // Second derivatives at the knots, zero at both ends: a tridiagonal system, solved in one sweep and back.
    std::vector<double> ratio(n, 0.0), right(n, 0.0);
    for (std::size_t k = 1; k + 1 < n; ++k) {
      const double before = knots.at[k] - knots.at[k - 1], after = knots.at[k + 1] - knots.at[k];
      const double slopes =
          (knots.values[k + 1] - knots.values[k]) / after - (knots.values[k] - knots.values[k - 1]) / before;
      const double pivot = 2 * (before + after) - before * ratio[k - 1];
      ratio[k] = after / pivot;
      right[k] = (6 * slopes - before * right[k - 1]) / pivot;
    }
    for (std::size_t k = n - 2; k > 0; --k) curvature_[k] = right[k] - ratio[k] * curvature_[k + 1];
  }

  /// The value at `t` between the knots k and k+1.
  [[nodiscard]] double operator()(std::size_t k, double t) const noexcept {
    const double width = knots_.at[k + 1] - knots_.at[k];
    const double a = (knots_.at[k + 1] - t) / width, b = (t - knots_.at[k]) / width;
    const double bend = (a * a * a - a) * curvature_[k] + (b * b * b - b) * curvature_[k + 1];
    return a * knots_.values[k] + b * knots_.values[k + 1] + bend * width * width / 6;
  }

 private:
  const Knots& knots_;
  std::vector<double> curvature_;
};

}  // namespace scorelet::models::time_series
