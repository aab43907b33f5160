#include "base/math.hpp"

#include <cmath>
#include <limits>

namespace scorelet::dm {

namespace {

constexpr double kOneOverSqrt2Pi = 0.39894228040143267794;
constexpr double kOneOverSqrtPi = 0.56418958354775628695;
constexpr double kSqrtHalf = 0.70710678118654752440;       // rounded to double …
constexpr double kSqrtHalfRest = -4.8336466567264567e-17;  // … and what rounding took away

/// The upper half of the digits, so that products of halves are exact.
double upperHalf(double x) {
  const double scaled = x * 134217729.0;  // 2^27 + 1 (Veltkamp)
  return scaled - (scaled - x);
}

double polynomial(const double (&c)[8], double x) {
  double sum = c[7];
  for (int i = 6; i >= 0; --i) sum = sum * x + c[i];
  return sum;
}

/// The first estimate of Wichura's algorithm AS 241 (PPND16), for q = p - 1/2 in the middle.
double middleQuantile(double q) {
  constexpr double kAbove[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr double kBelow[8] = {1.0,
                                4.2313330701600911252e+1,
                                6.8718700749205790830e+2,
                                5.3941960214247511077e+3,
                                2.1213794301586595867e+4,
                                3.9307895800092710610e+4,
                                2.8729085735721942674e+4,
                                5.2264952788528545610e+3};
  const double r = 0.180625 - q * q;
  return q * polynomial(kAbove, r) / polynomial(kBelow, r);
}

/// The same for a small p, in the lower tail.
double tailQuantile(double p) {
  constexpr double kNearAbove[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                    3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr double kNearBelow[8] = {1.0,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
  constexpr double kFarAbove[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr double kFarBelow[8] = {1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
  const double r = std::sqrt(-log(p));
  const double size = r <= 5 ? polynomial(kNearAbove, r - 1.6) / polynomial(kNearBelow, r - 1.6)
                             : polynomial(kFarAbove, r - 5) / polynomial(kFarBelow, r - 5);
  return -size;
}

/// The regularized incomplete beta function for x below its mean: continued fraction by Lentz's method.
double incompleteBeta(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto unlessZero = [](double v) { return std::fabs(v) < kTiny ? kTiny : v; };
  double c = 1, d = 1 / unlessZero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m < 10000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / unlessZero(1 + even * d);
    c = unlessZero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / unlessZero(1 + odd * d);
    c = unlessZero(1 + odd / c);
    fraction *= d * c;
    if (std::fabs(d * c - 1) < 1e-16) break;
  }
  return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a * fraction;
}

/// P(T > t) for t >= 0.
double studentTail(double t, double degrees) {
  const double a = degrees / 2, squared = t * t;
  const double x = degrees / (degrees + squared);
  if (x <= (a + 1) / (a + 2.5)) return 0.5 * incompleteBeta(a, 0.5, x);
  return 0.5 * (1 - incompleteBeta(0.5, a, squared / (degrees + squared)));
}

/// Cornish and Fisher's expansion about the normal quantile, for many degrees of freedom.
double studentExpansion(double z, double degrees) {
  const double s = z * z;
  const double terms[] = {z * (s + 1) / 4, z * ((5 * s + 16) * s + 3) / 96,
                          z * (((3 * s + 19) * s + 17) * s - 15) / 384,
                          z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160};
  double sum = 0;
  for (int i = 3; i >= 0; --i) sum = (sum + terms[i]) / degrees;
  return z + sum;
}

}  // namespace

double normalPdf(double x) {
  if (std::fabs(x) > 40) return 0;
  // exp(-x²/2) with x² in two exact parts: the rounding of x² alone would cost x²/2 ulps.
  const double high = upperHalf(x);
  return kOneOverSqrt2Pi * exp(-0.5 * high * high) * exp(-0.5 * (x - high) * (x + high));
}

double normalCdf(double x) {
  if (x > 40) return 1;
  if (x < -40) return 0;
  // erfc(z)/2 at z = -x/√2; far out erfc changes by 2z² times the relative error of z, so that error is made good.
  const double z = -x * kSqrtHalf;
  const double xHigh = upperHalf(-x), cHigh = upperHalf(kSqrtHalf);
  const double xLow = -x - xHigh, cLow = kSqrtHalf - cHigh;
  const double rest = ((xHigh * cHigh - z) + xHigh * cLow + xLow * cHigh) + xLow * cLow - x * kSqrtHalfRest;
  return 0.5 * erfc(z) - rest * kOneOverSqrtPi * exp(-z * z);
}

double normalQuantile(double p) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (!(p >= 0 && p <= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (p == 0) return -kInfinity;
  if (p == 1) return kInfinity;
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return middleQuantile(q);
  const double tail = q < 0 ? p : 1 - p;  // exact
  double x = tailQuantile(tail);
  // Subnormal tails have too few digits for a correction.
  if (tail > 1e-290) x -= (normalCdf(x) - tail) / normalPdf(x);
  return q < 0 ? x : -x;
}

double studentQuantile(double p, double degrees) {
  const double z = normalQuantile(p);
  if (!(degrees > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (!(std::fabs(z) < std::numeric_limits<double>::infinity()) || z == 0) return z;
  if (degrees > 1000 && std::fabs(z) < 6) return studentExpansion(z, degrees);
  // The tail falls with t: enclose the quantile, then halve.
  const double tail = p < 0.5 ? p : 1 - p;
  double low = 0, high = 1;
  while (studentTail(high, degrees) > tail && high < 1e300) low = high, high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-16 * high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (studentTail(middle, degrees) > tail ? low : high) = middle;
  }
  return p < 0.5 ? -high : high;
}

}  // namespace scorelet::dm
