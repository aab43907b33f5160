#include "models/time_series/lags.hpp"

#include <algorithm>

namespace scorelet::models::time_series {

Polynomial withLeadingOne(std::span<const double> coefficients, double sign, std::size_t period) {
  Polynomial p(coefficients.size() * period + 1, 0.0);
  p[0] = 1;
  for (std::size_t i = 0; i < coefficients.size(); ++i) p[(i + 1) * period] = sign * coefficients[i];
  return p;
}

Polynomial difference(std::size_t order, std::size_t period) {
  const double one[] = {1};
  const Polynomial step = withLeadingOne(one, -1, period);
  Polynomial p{1};
  for (std::size_t i = 0; i < order; ++i) p = product(p, step);
  return p;
}

Polynomial product(const Polynomial& a, const Polynomial& b) {
  Polynomial p(a.size() + b.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < b.size(); ++j) p[i + j] += a[i] * b[j];
  }
  return p;
}

Lags lagsOf(const Polynomial& p, std::size_t first, double sign) {
  Lags lags;
  for (std::size_t i = first; i < p.size(); ++i)
    if (p[i] != 0) lags.push_back({static_cast<std::uint32_t>(i), sign * p[i]});
  return lags;
}

std::size_t longest(const Lags& lags) noexcept {
  std::size_t most = 0;
  for (const Lag& l : lags) most = std::max<std::size_t>(most, l.lag);
  return most;
}

}  // namespace scorelet::models::time_series
