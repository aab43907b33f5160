#include <cmath>

#include "base/math.hpp"
#include "base/number.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

// An infinite sum or product is a number; inf - inf and 0 * inf are not.
Value add(Call&, Arguments a) { return checked(a[0] + a[1]); }
Value subtract(Call&, Arguments a) { return checked(a[0] - a[1]); }
Value multiply(Call&, Arguments a) { return checked(a[0] * a[1]); }

Value divide(Call&, Arguments a) { return a[1] == 0 ? outsideDomain() : inDomain(a[0] / a[1]); }

Value modulo(Call&, Arguments a) {
  // x - y floor(x/y), by the exact remainder: the quotient's rounding would cost digits.
  const double rest = dm::fmod(a[0], a[1]);
  return inDomain(rest != 0 && (rest < 0) != (a[1] < 0) ? rest + a[1] : rest);
}

Value power(Call&, Arguments a) {
  if (a[0] == 0 && a[1] < 0) return outsideDomain();
  return inDomain(dm::pow(a[0], a[1]));
}

Value absolute(Call&, Arguments a) { return std::fabs(a[0]); }
Value floor(Call&, Arguments a) { return std::floor(a[0]); }
Value ceil(Call&, Arguments a) { return std::ceil(a[0]); }

Value round(Call&, Arguments a) { return roundHalfUp(a[0]); }
Value rint(Call&, Arguments a) { return std::rint(a[0]); }
Value sqrt(Call&, Arguments a) { return a[0] < 0 ? outsideDomain() : std::sqrt(a[0]); }
Value ln(Call&, Arguments a) { return a[0] > 0 ? dm::log(a[0]) : outsideDomain(); }
Value log10(Call&, Arguments a) { return a[0] > 0 ? dm::log10(a[0]) : outsideDomain(); }
Value ln1p(Call&, Arguments a) { return a[0] > -1 ? dm::log1p(a[0]) : outsideDomain(); }
Value threshold(Call&, Arguments a) { return fromBool(a[0] > a[1]); }

}  // namespace scorelet::functions
