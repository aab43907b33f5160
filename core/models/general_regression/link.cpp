#include "models/general_regression/link.hpp"

#include "base/math.hpp"
#include "models/normalization.hpp"

namespace scorelet::models::general_regression {

namespace {
constexpr double kPi = 3.14159265358979323846;

Value outside() { return invalid(Reason::notANumber); }
}  // namespace

Value Link::inverse(double y) const {
  const double d = parameter;
  switch (kind) {
    case Kind::identity: return y;
    case Kind::log: return dm::exp(y);
    case Kind::logc: return -dm::expm1(y);
    case Kind::logit: return inverseLink(Normalization::logit, y);
    case Kind::probit: return inverseLink(Normalization::probit, y);
    case Kind::cloglog: return inverseLink(Normalization::cloglog, y);
    case Kind::loglog: return inverseLink(Normalization::loglog, y);
    case Kind::cauchit: return inverseLink(Normalization::cauchit, y);
    case Kind::negbin: return y < 0 ? 1 / (d * dm::expm1(-y)) : outside();
    case Kind::oddspower:
      if (d == 0) return inverseLink(Normalization::logit, y);
      return 1 + d * y >= 0 ? 1 / (1 + dm::pow(1 + d * y, -1 / d)) : outside();
    case Kind::power:
      if (d == 0) return dm::exp(y);
      return y == 0 && d < 0 ? outside() : checked(dm::pow(y, 1 / d), Reason::notANumber);
  }
  return y;
}

Value Link::slope(double y) const {
  const double d = parameter;
  switch (kind) {
    case Kind::identity: return 1;
    case Kind::log: return dm::exp(y);
    case Kind::logc: return -dm::exp(y);
    case Kind::logit: return inverseLink(Normalization::logit, y) * inverseLink(Normalization::logit, -y);
    case Kind::probit: return dm::normalPdf(y);
    case Kind::cloglog: return dm::exp(y - dm::exp(y));
    case Kind::loglog: return dm::exp(-y - dm::exp(-y));
    case Kind::cauchit: return 1 / (kPi * (1 + y * y));
    case Kind::negbin: {
      if (!(y < 0)) return outside();
      const double below = dm::expm1(-y);
      return (below + 1) / (d * below * below);
    }
    case Kind::oddspower: {
      if (d == 0) return inverseLink(Normalization::logit, y) * inverseLink(Normalization::logit, -y);
      if (!(1 + d * y > 0)) return outside();
      const double odds = dm::pow(1 + d * y, -1 / d);
      return odds / (1 + d * y) / ((1 + odds) * (1 + odds));
    }
    case Kind::power:
      if (d == 0) return dm::exp(y);
      return y == 0 && d < 0 ? outside() : checked(dm::pow(y, 1 / d - 1) / d, Reason::notANumber);
  }
  return 1;
}

}  // namespace scorelet::models::general_regression
