#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <scorelet/telemetry/drift.hpp>

#include "base/math.hpp"

namespace scorelet::telemetry {

namespace {

constexpr double kMostExact = 140;

/// A square matrix times 10^exponent, so that high powers do not overflow.
struct Scaled {
  std::vector<double> cells;
  int exponent = 0;
};

Scaled product(const Scaled& a, const Scaled& b, std::size_t size) {
  Scaled out{std::vector<double>(size * size), a.exponent + b.exponent};
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < size; ++k)
      for (std::size_t j = 0; j < size; ++j) out.cells[i * size + j] += a.cells[i * size + k] * b.cells[k * size + j];
  if (out.cells[size / 2 * size + size / 2] > 1e140) {
    for (double& cell : out.cells) cell *= 1e-140;
    out.exponent += 140;
  }
  return out;
}

Scaled power(const Scaled& base, std::size_t size, unsigned n) {
  if (n == 1) return base;
  const Scaled half = power(base, size, n / 2);
  const Scaled square = product(half, half, size);
  return n % 2 == 0 ? square : product(base, square, size);
}

/// P(D < d) of one sample of n, exactly.
double exactBelow(double d, unsigned n) {
  const auto k = static_cast<std::size_t>(n * d) + 1;
  const std::size_t size = 2 * k - 1;
  const double h = static_cast<double>(k) - n * d;
  Scaled m{std::vector<double>(size * size), 0};
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return m.cells[i * size + j]; };
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size && j <= i + 1; ++j) at(i, j) = 1;
  double ofH = 1;
  for (std::size_t i = 0; i < size; ++i) {
    ofH *= h;  // h^(i + 1)
    at(i, 0) -= ofH;
    at(size - 1, size - 1 - i) -= ofH;
  }
  if (2 * h > 1) at(size - 1, 0) += dm::pow(2 * h - 1, static_cast<double>(size));
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size && j < i + 1; ++j)
      for (std::size_t g = 1; g <= i - j + 1; ++g) at(i, j) /= static_cast<double>(g);
  const Scaled q = power(m, size, n);
  double chance = q.cells[(k - 1) * size + k - 1];
  int exponent = q.exponent;
  for (unsigned i = 1; i <= n; ++i) {
    chance = chance * i / n;
    if (chance < 1e-140) chance *= 1e140, exponent -= 140;
  }
  return chance * dm::pow(10, exponent);
}

/// Kolmogorov's limit of the chance of more than z / √n.
double limitAbove(double z) {
  if (z < 0.2) return 1;
  double total = 0;
  for (int k = 1; k < 100; ++k) {
    const double term = dm::exp(-2.0 * k * k * z * z);
    total += k % 2 == 1 ? term : -term;
    if (term < total * 1e-17) break;
  }
  return std::clamp(2 * total, 0.0, 1.0);
}

}  // namespace

double kolmogorovTail(double statistic, double n) {
  if (!(statistic >= 0) || !(n >= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (statistic >= 1) return 0;
  if (statistic * n <= 0.5) return 1;
  const double z = statistic * std::sqrt(n);
  if (n > kMostExact) return limitAbove(z + 1 / (6 * std::sqrt(n)) + (z - 1) / (4 * n));
  return std::clamp(1 - exactBelow(statistic, static_cast<unsigned>(std::floor(n + 0.5))), 0.0, 1.0);
}

StatisticalTest kolmogorovSmirnov(std::span<const double> reference, std::span<const double> current) {
  if (reference.empty() || current.empty()) {
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    return {kNaN, 0, kNaN};
  }
  const auto n = static_cast<double>(reference.size()), m = static_cast<double>(current.size());
  double largest = 0;
  for (std::size_t i = 0, j = 0; i < reference.size() && j < current.size();) {
    const double x = std::min(reference[i], current[j]);
    while (i < reference.size() && reference[i] <= x) ++i;
    while (j < current.size() && current[j] <= x) ++j;
    largest = std::max(largest, std::fabs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return {largest, 0, kolmogorovTail(largest, std::max(1.0, std::nearbyint(n * m / (n + m))))};
}

double wasserstein(std::span<const double> reference, std::span<const double> current) {
  if (reference.empty() || current.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(reference.size()), m = static_cast<double>(current.size());
  double moved = 0, last = std::min(reference.front(), current.front());
  for (std::size_t i = 0, j = 0; i < reference.size() || j < current.size();) {
    const bool isReference = j == current.size() || (i < reference.size() && reference[i] <= current[j]);
    const double x = isReference ? reference[i] : current[j];
    moved += std::fabs(static_cast<double>(i) / n - static_cast<double>(j) / m) * (x - last);
    last = x;
    ++(isReference ? i : j);
  }
  return moved;
}

}  // namespace scorelet::telemetry
