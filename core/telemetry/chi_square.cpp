#include <cmath>
#include <limits>

#include <scorelet/telemetry/drift.hpp>

#include "base/math.hpp"

namespace scorelet::telemetry {

namespace {

constexpr double kEnough = 1e-16;
constexpr int kMostTerms = 100'000;

/// The share below `x` of a gamma distribution with shape `a`, for x < a + 1.
double lowerShare(double a, double x) {
  double term = 1 / a, total = term;
  for (int n = 1; n < kMostTerms && term > total * kEnough; ++n) {
    term *= x / (a + n);
    total += term;
  }
  return total * dm::exp(a * dm::log(x) - x - dm::lgamma(a));
}

/// The share above, for larger ones (Lentz's method).
double upperShare(double a, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, fraction = d;
  for (int n = 1; n < kMostTerms; ++n) {
    const double above = -n * (n - a);
    b += 2;
    d = above * d + b;
    if (std::fabs(d) < kTiny) d = kTiny;
    c = b + above / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    d = 1 / d;
    fraction *= d * c;
    if (std::fabs(d * c - 1) < kEnough) break;
  }
  return fraction * dm::exp(a * dm::log(x) - x - dm::lgamma(a));
}

}  // namespace

double chiSquareTail(double x, double degrees) {
  if (!(degrees > 0) || !(x >= 0)) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return 1;
  if (std::isinf(x)) return 0;
  const double a = degrees / 2, half = x / 2;
  return half < a + 1 ? 1 - lowerShare(a, half) : upperShare(a, half);
}

double chiSquareQuantile(double p, double degrees) {
  if (!(degrees > 0) || !(p >= 0 && p < 1)) return std::numeric_limits<double>::quiet_NaN();
  double low = 0, high = degrees;
  while (chiSquareTail(high, degrees) > 1 - p) low = high, high *= 2;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (chiSquareTail(middle, degrees) > 1 - p ? low : high) = middle;
  }
}

}  // namespace scorelet::telemetry
