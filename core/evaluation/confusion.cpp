#include <cmath>

#include <scorelet/evaluation.hpp>

#include "evaluation/figures.hpp"

namespace scorelet {

using evaluation::ratio;

double Confusion::accuracy() const noexcept { return ratio(truePositives + trueNegatives, cases()); }
double Confusion::precision() const noexcept { return ratio(truePositives, truePositives + falsePositives); }
double Confusion::recall() const noexcept { return ratio(truePositives, truePositives + falseNegatives); }
double Confusion::specificity() const noexcept { return ratio(trueNegatives, trueNegatives + falsePositives); }
double Confusion::f1() const noexcept {
  return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

double Confusion::mcc() const noexcept {
  const auto tp = static_cast<double>(truePositives), fp = static_cast<double>(falsePositives);
  const auto tn = static_cast<double>(trueNegatives), fn = static_cast<double>(falseNegatives);
  const double scale = std::sqrt((tp + fp) * (tp + fn)) * std::sqrt((tn + fp) * (tn + fn));
  return ratio(tp * tn - fp * fn, scale);
}

double Payoff::of(const Confusion& c) const noexcept {
  // Each product on its own, so that kinds that do not occur may have any payoff.
  const auto part = [](double each, std::uint64_t n) { return n == 0 ? 0 : each * static_cast<double>(n); };
  return part(truePositive, c.truePositives) + part(falsePositive, c.falsePositives) +
         part(trueNegative, c.trueNegatives) + part(falseNegative, c.falseNegatives);
}

}  // namespace scorelet
