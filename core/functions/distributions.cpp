// Normal distribution (the third argument is the standard deviation) and the logistic pair.
#include "base/math.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

bool isProbability(double p) { return p > 0 && p < 1; }

}  // namespace

Value normalCdf(Call&, Arguments a) {
  return a[2] > 0 ? inDomain(dm::normalCdf((a[0] - a[1]) / a[2])) : outsideDomain();
}
Value normalPdf(Call&, Arguments a) {
  return a[2] > 0 ? inDomain(dm::normalPdf((a[0] - a[1]) / a[2]) / a[2]) : outsideDomain();
}
Value normalIdf(Call&, Arguments a) {
  return a[2] > 0 && isProbability(a[0]) ? inDomain(a[1] + a[2] * dm::normalQuantile(a[0])) : outsideDomain();
}

Value stdNormalCdf(Call&, Arguments a) { return dm::normalCdf(a[0]); }
Value stdNormalPdf(Call&, Arguments a) { return dm::normalPdf(a[0]); }
Value stdNormalIdf(Call&, Arguments a) { return isProbability(a[0]) ? dm::normalQuantile(a[0]) : outsideDomain(); }

Value expit(Call&, Arguments a) { return 1 / (1 + dm::exp(-a[0])); }
Value logit(Call&, Arguments a) { return isProbability(a[0]) ? dm::log(a[0] / (1 - a[0])) : outsideDomain(); }

}  // namespace scorelet::functions
