// The only door to elementary functions: the same bits on every target.
//
// `dm::` are musl's routines compiled under names of our own (docs/dependencies.md). The platforms' own
// differ in last bits; std::exp and friends are banned in core (tools/check-core). sqrt, fabs, floor, ceil,
// trunc, copysign, frexp and ldexp are exact by definition and may be std::.
#pragma once

extern "C" {
double dm_exp(double), dm_exp2(double), dm_expm1(double), dm_log(double), dm_log2(double), dm_log10(double),
    dm_log1p(double);
double dm_sin(double), dm_cos(double), dm_tan(double), dm_asin(double), dm_acos(double), dm_atan(double);
double dm_sinh(double), dm_cosh(double), dm_tanh(double), dm_erf(double), dm_erfc(double), dm_tgamma(double),
    dm_cbrt(double);
double dm_pow(double, double), dm_atan2(double, double), dm_hypot(double, double), dm_fmod(double, double);
double dm___lgamma_r(double, int*);  // NOLINT(bugprone-reserved-identifier): musl's name behind our prefix
}

namespace scorelet::dm {

inline double exp(double x) { return dm_exp(x); }
inline double exp2(double x) { return dm_exp2(x); }
inline double expm1(double x) { return dm_expm1(x); }
inline double log(double x) { return dm_log(x); }
inline double log2(double x) { return dm_log2(x); }
inline double log10(double x) { return dm_log10(x); }
inline double log1p(double x) { return dm_log1p(x); }
inline double sin(double x) { return dm_sin(x); }
inline double cos(double x) { return dm_cos(x); }
inline double tan(double x) { return dm_tan(x); }
inline double asin(double x) { return dm_asin(x); }
inline double acos(double x) { return dm_acos(x); }
inline double atan(double x) { return dm_atan(x); }
inline double sinh(double x) { return dm_sinh(x); }
inline double cosh(double x) { return dm_cosh(x); }
inline double tanh(double x) { return dm_tanh(x); }
inline double erf(double x) { return dm_erf(x); }
inline double erfc(double x) { return dm_erfc(x); }
inline double tgamma(double x) { return dm_tgamma(x); }
inline double cbrt(double x) { return dm_cbrt(x); }
inline double pow(double x, double y) { return dm_pow(x, y); }
inline double atan2(double y, double x) { return dm_atan2(y, x); }
inline double hypot(double x, double y) { return dm_hypot(x, y); }
inline double fmod(double x, double y) { return dm_fmod(x, y); }
inline double lgamma(double x) {
  int sign;
  return dm___lgamma_r(x, &sign);
}

/// Standard normal distribution: density, cumulative (by erfc) and its inverse (Wichura, AS 241; in the tails one
/// Newton step more). Relative errors below 2e-15; the quantile of 0 and 1 is infinite, outside it is NaN.
double normalPdf(double x);
double normalCdf(double x);
double normalQuantile(double p);

/// Quantile of Student's t with `degrees` of freedom above 0, which need not be whole; relative error below 1e-11.
double studentQuantile(double p, double degrees);

}  // namespace scorelet::dm
