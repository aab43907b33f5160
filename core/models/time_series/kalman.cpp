#include "models/time_series/kalman.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace scorelet::models::time_series {

document::Matrix readMatrixIn(xml::Element parent) {
  const xml::Element e = parent.child("Matrix");
  if (!e) {
    parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs a Matrix.");
    return {};
  }
  document::Matrix matrix = document::readMatrix(e, kMostStates * kMostStates).value_or(document::Matrix{});
  if (matrix.entries.empty()) matrix.rows = matrix.columns = 0;
  return matrix;
}

void CompanionState::run(std::span<double> steps, std::span<double> memory) const noexcept {
  const std::span<double> x = memory.first(state.size());
  std::copy(state.begin(), state.end(), x.begin());
  for (double& step : steps) {
    step = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (observation[i] != 0) step = plusTerm(step, observation[i], x[i]);
    const Value first = x[0];
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = plusTerm(i + 1 < x.size() ? x[i + 1] : 0, ar[i], first);
    x[0] = plusTerm(x[0], 1, constant);
  }
}

namespace {

using document::Matrix;

Matrix square(std::size_t n) { return {n, n, std::vector<double>(n * n, 0.0)}; }

Matrix multiply(const Matrix& a, const Matrix& b, bool isTransposed = false) {
  const std::size_t n = a.rows;
  Matrix c = square(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < n; ++k) sum += a.at(i, k) * (isTransposed ? b.at(j, k) : b.at(k, j));
      c.at(i, j) = sum;
    }
  return c;
}

/// True if all roots of 1 + a₁ B + … lie outside the unit circle: every partial autocorrelation of the process, found
/// by stepping the order down, is less than 1 in size.
bool isStationary(Polynomial ar) {
  for (std::size_t p = ar.size() - 1; p > 0; --p) {
    const double last = ar[p];
    if (!(std::fabs(last) < 1)) return false;
    Polynomial lower(p);
    for (std::size_t i = 0; i < p; ++i) lower[i] = (ar[i] - last * ar[p - i]) / (1 - last * last);
    ar = std::move(lower);
  }
  return true;
}

/// P = F P F' + R R' by doubling: each turn adds as many terms of Σ F^k R R' F'^k as there are already.
Matrix stationaryCovariance(Matrix f, const std::vector<double>& shock) {
  Matrix p = square(f.rows);
  for (std::size_t i = 0; i < f.rows; ++i)
    for (std::size_t j = 0; j < f.rows; ++j) p.at(i, j) = shock[i] * shock[j];
  for (int turn = 0; turn < 64; ++turn) {
    const Matrix more = multiply(multiply(f, p), f, true);
    double largest = 0;
    for (std::size_t i = 0; i < p.entries.size(); ++i) {
      largest = std::max(largest, std::fabs(more.entries[i]));
      p.entries[i] += more.entries[i];
    }
    if (largest == 0) break;
    f = multiply(f, f);
  }
  return p;
}

}  // namespace

std::optional<CompanionState> filtered(const Polynomial& ar, const Polynomial& ma, double constant,
                                       std::span<const double> n) {
  if (!isStationary(ar)) return std::nullopt;
  const std::size_t r = std::max(ar.size() - 1, ma.size());
  CompanionState s;
  s.constant = constant;
  s.observation.assign(r, 0.0);
  s.observation[0] = 1;
  s.ar.assign(r, 0.0);
  std::vector<double> shock(r, 0.0);
  double remaining = 1;
  for (std::size_t i = 1; i < ar.size(); ++i) s.ar[i - 1] = -ar[i], remaining += ar[i];
  for (std::size_t i = 0; i < ma.size(); ++i) shock[i] = ma[i];
  Matrix f = square(r);
  for (std::size_t i = 0; i < r; ++i) {
    f.at(i, 0) = s.ar[i];
    if (i + 1 < r) f.at(i, i + 1) = 1;
  }

  // The filter runs on the series less its mean, from the stationary state.
  const double mean = constant / remaining;
  s.state.assign(r, 0.0);
  s.omega = stationaryCovariance(f, shock);
  std::vector<double> gain(r);
  Matrix next = square(r);
  for (const double value : n) {
    Matrix& p = s.omega;
    const double error = value - mean - s.state[0], variance = p.at(0, 0);
    for (std::size_t i = 0; i < r; ++i) gain[i] = (s.ar[i] * p.at(0, 0) + (i + 1 < r ? p.at(i + 1, 0) : 0)) / variance;
    const double first = s.state[0];
    for (std::size_t i = 0; i < r; ++i)
      s.state[i] = s.ar[i] * first + (i + 1 < r ? s.state[i + 1] : 0) + gain[i] * error;
    for (std::size_t i = 0; i < r; ++i)
      for (std::size_t j = 0; j < r; ++j) {
        const bool below = i + 1 < r, right = j + 1 < r;
        next.at(i, j) = s.ar[i] * s.ar[j] * p.at(0, 0) + (right ? s.ar[i] * p.at(0, j + 1) : 0) +
                        (below ? s.ar[j] * p.at(i + 1, 0) : 0) + (below && right ? p.at(i + 1, j + 1) : 0) -
                        gain[i] * gain[j] * variance + shock[i] * shock[j];
      }
    std::swap(p, next);
  }
  // Back to the process with its mean: the part of it that each state holds.
  double held = 0;
  for (std::size_t i = r; i-- > 0;) {
    held += s.ar[i] * mean;
    s.state[i] += i == 0 ? mean : held;
  }
  return s;
}

}  // namespace scorelet::models::time_series
