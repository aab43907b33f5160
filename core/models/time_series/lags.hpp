// Polynomials in the backshift operator B, and what they are as recursions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/value.hpp"

namespace scorelet::models::time_series {

/// One term of a recursion: coefficient times the value `lag` steps before.
struct Lag {
  std::uint32_t lag;
  double coefficient;
};
using Lags = std::vector<Lag>;

/// Coefficients of B⁰, B¹, …
using Polynomial = std::vector<double>;

/// 1 + sign·(c₁ B^period + c₂ B^2period + …).
[[nodiscard]] Polynomial withLeadingOne(std::span<const double> coefficients, double sign, std::size_t period = 1);
/// (1 − B^period)^order.
[[nodiscard]] Polynomial difference(std::size_t order, std::size_t period);
[[nodiscard]] Polynomial product(const Polynomial& a, const Polynomial& b);

/// The terms of `p` from B^first on, zeros left out, each times `sign`.
[[nodiscard]] Lags lagsOf(const Polynomial& p, std::size_t first, double sign);
[[nodiscard]] std::size_t longest(const Lags& lags) noexcept;

/// The highest order of one polynomial, and the most terms of a product of them: each step costs as many operations.
inline constexpr std::size_t kMostOrder = 1'000, kMostTerms = 20'000;
/// What `terms` for each value of a history cost of the budget (limits.expressionNodes).
[[nodiscard]] inline std::uint32_t chargeOf(std::size_t values, std::size_t terms) noexcept {
  const double nodes = static_cast<double>(values) * static_cast<double>(terms) / 16 + 1;
  return nodes < 4e9 ? static_cast<std::uint32_t>(nodes) : 0xFFFF'FFFFu;
}

/// sum + coefficient·x; what is missing or invalid stays so.
[[nodiscard]] inline Value plusTerm(Value sum, double coefficient, Value x) noexcept {
  if (!isPresent(sum)) return sum;
  if (!isPresent(x)) return x;
  return checked(sum + coefficient * x);
}

/// sum + Σ coefficient·x[at − lag], as far as x reaches back.
[[nodiscard]] inline Value plusLags(Value sum, const Lags& lags, std::span<const double> x, std::size_t at) noexcept {
  for (const Lag& l : lags)
    if (l.lag <= at) sum = plusTerm(sum, l.coefficient, x[at - l.lag]);
  return sum;
}

}  // namespace scorelet::models::time_series
