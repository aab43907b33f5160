#include "models/baseline/counted_tests.hpp"

#include <cmath>
#include <limits>

namespace scorelet::models::baseline {

namespace {

using program::Frame;

/// Pearson's statistic of the counts against the baseline's shares.
double chiSquare(std::span<const double> counts, std::span<const double> shares) {
  double n = 0, sum = 0;
  for (const double c : counts) n += c;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const double expected = c < shares.size() ? n * shares[c] : 0;
    const double difference = counts[c] - expected;
    if (expected > 0)
      sum += difference * difference / expected;
    else if (counts[c] > 0)
      sum = std::numeric_limits<double>::infinity();  // seen, though the baseline never has it
  }
  return n > 0 ? sum : std::numeric_limits<double>::quiet_NaN();
}

double scalarProduct(std::span<const double> counts, std::span<const double> baseline, NormalizationScheme scheme) {
  double product = 0, observed = 0, expected = 0;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const double b = c < baseline.size() ? baseline[c] : 0;
    product += b * counts[c];
    observed += counts[c] * counts[c];
    expected += b * b;
  }
  switch (scheme) {
    case NormalizationScheme::independent: return product / (std::sqrt(expected) * std::sqrt(observed));
    case NormalizationScheme::sizeWeighted: return 2 * product / (expected + observed);
    case NormalizationScheme::none: break;
  }
  return product;
}

}  // namespace

double independence(const Tally& tally, std::span<const double> counts, std::vector<std::vector<double>>& margins) {
  double n = 0;
  for (std::size_t f = 0; f < margins.size(); ++f) margins[f].assign(tally.values(f), 0.0);
  for (std::size_t c = 0; c < counts.size(); ++c) {
    n += counts[c];
    for (std::size_t f = 0; f < margins.size(); ++f) margins[f][tally.valueOf(c, f)] += counts[c];
  }
  double sum = 0, expectedSoFar = 0, seen = 0;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (!(counts[c] > 0)) continue;
    double expected = n;
    for (std::size_t f = 0; f < margins.size(); ++f) expected *= margins[f][tally.valueOf(c, f)] / n;
    const double difference = counts[c] - expected;
    sum += difference * difference / expected;
    expectedSoFar += expected;
    ++seen;
  }
  // A combination that never occurred contributes (0 − E)²/E = E: together, what is left of n.
  double combinations = 1;
  for (const auto& margin : margins) {
    double values = 0;
    for (const double m : margin) values += m > 0;
    combinations *= values;
  }
  if (seen < combinations) sum += n - expectedSoFar;
  return n > 0 ? sum : std::numeric_limits<double>::quiet_NaN();
}

void CountedTestStep::run(const Frame& frame) const {
  auto& tally = static_cast<Tally&>(*frame.states[state]);
  tally.margins.resize(plan.fields.size());
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value& out = frame.at(to)[i];
    const Value w = weight == program::kNoSlot ? 1 : frame.at(weight)[i];
    if (!isPresent(w)) {
      out = w;
      continue;
    }
    if (!(w >= 0) || std::isinf(w)) {
      out = invalid(Reason::notInDomain, weightPlace);
      continue;
    }
    const Value hole = tally.add(frame, i, w);
    if (!isPresent(hole)) {
      out = hole;
      continue;
    }
    switch (statistic) {
      case Statistic::chiSquareDistribution: out = checked(chiSquare(tally.counts(), baseline)); break;
      case Statistic::chiSquareIndependence: out = checked(independence(tally, tally.counts(), tally.margins)); break;
      case Statistic::scalarProduct: out = checked(scalarProduct(tally.counts(), baseline, scheme)); break;
    }
  }
}

}  // namespace scorelet::models::baseline
