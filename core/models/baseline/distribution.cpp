#include "models/baseline/distribution.hpp"

#include <cmath>
#include <limits>

#include "base/math.hpp"

namespace scorelet::models::baseline {

double Distribution::logDensity(double x) const noexcept {
  constexpr double kNever = -std::numeric_limits<double>::infinity();
  switch (kind) {
    case Kind::gaussian: {
      const double d = x - mean;
      return -d * d / (2 * variance) - 0.5 * dm::log(6.283185307179586 * variance);
    }
    case Kind::poisson:
      if (x < 0 || std::floor(x) != x || std::isinf(x)) return kNever;
      return x * dm::log(mean) - mean - dm::lgamma(x + 1);
    case Kind::uniform: return x < lower || x > upper ? kNever : -dm::log(upper - lower);
    case Kind::any: break;
  }
  return kNever;
}

Distribution readDistribution(xml::Element parent) {
  constexpr std::pair<std::string_view, Distribution::Kind> kKinds[] = {
      {"AnyDistribution", Distribution::Kind::any},
      {"GaussianDistribution", Distribution::Kind::gaussian},
      {"PoissonDistribution", Distribution::Kind::poisson},
      {"UniformDistribution", Distribution::Kind::uniform}};
  Distribution d;
  xml::Element found;
  for (const xml::Element e : xml::children(parent))
    for (const auto& [name, kind] : kKinds)
      if (e.name() == name) {
        if (found) e.error(Code::duplicateName, "There is one distribution in <" + std::string(parent.name()) + ">.");
        found = e;
        d.kind = kind;
      }
  if (!found) {
    parent.error(Code::missingElement, "<" + std::string(parent.name()) +
                                           "> needs an AnyDistribution, GaussianDistribution, PoissonDistribution or "
                                           "UniformDistribution for this test statistic.");
    return d;
  }
  if (d.kind == Distribution::Kind::uniform) {
    d.lower = found.requiredNumber("lower");
    d.upper = found.requiredNumber("upper");
    if (!(d.lower < d.upper)) found.error(Code::badValue, "lower must be less than upper.", "lower");
    d.mean = d.lower + (d.upper - d.lower) / 2;
    d.variance = (d.upper - d.lower) * (d.upper - d.lower) / 12;
    return d;
  }
  d.mean = found.requiredNumber("mean");
  if (d.kind == Distribution::Kind::poisson) {
    if (!(d.mean > 0)) found.error(Code::badValue, "The mean of a Poisson distribution is greater than 0.", "mean");
    d.variance = d.mean;
    return d;
  }
  d.variance = found.requiredNumber("variance");
  if (!(d.variance > 0)) found.error(Code::badValue, "A variance is greater than 0.", "variance");
  return d;
}

}  // namespace scorelet::models::baseline
