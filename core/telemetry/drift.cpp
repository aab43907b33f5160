#include <scorelet/telemetry/drift.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "evaluation/figures.hpp"

namespace scorelet::telemetry {

namespace {

using evaluation::kNaN;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFloor = 1e-4;  // of an empty share

double sum(std::span<const double> counts) {
  double total = 0;
  for (const double n : counts) total += n;
  return total;
}

/// x·ln(x/y), 0 for no x.
double divergence(double x, double y) { return x > 0 ? x * dm::log(x / y) : 0; }

/// Σ(q - p)·ln(q/p) of shares made by `share` of a count and its side's sum.
template <class Share>
double stability(std::span<const double> reference, std::span<const double> current, double n, double m,
                 const Share& share) {
  double psi = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const double p = share(reference[i], n), q = share(current[i], m);
    psi += (q - p) * dm::log(q / p);
  }
  return psi;
}

/// χ² of the two rows: Pearson's, and G.
void compareRows(std::span<const double> reference, std::span<const double> current, BinComparison& c) {
  const double n = c.reference, m = c.current, all = n + m;
  double pearson = 0, g = 0, goodness = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const double both = reference[i] + current[i];
    if (!(both > 0)) continue;
    ++used;
    const double expected[] = {both * n / all, both * m / all}, found[] = {reference[i], current[i]};
    for (int side = 0; side < 2; ++side) {
      const double off = found[side] - expected[side];
      pearson += off * off / expected[side];
      g += 2 * divergence(found[side], expected[side]);
    }
    const double wanted = reference[i] * m / n, off = current[i] - wanted;
    goodness += wanted > 0 ? off * off / wanted : kInfinity;
  }
  const double degrees = static_cast<double>(used) - 1;
  const auto test = [degrees](double statistic) -> StatisticalTest {
    const double kept = std::max(statistic, 0.0);  // rounding
    return {kept, degrees, degrees > 0 ? chiSquareTail(kept, degrees) : 1};
  };
  c.homogeneity = test(pearson);
  c.goodness = test(goodness);
  c.likelihood = test(g);
}

BinComparison undefined() {
  BinComparison c;
  for (double* figure :
       {&c.psi, &c.psiFloored, &c.psiMean, &c.psiBound, &c.jensenShannon, &c.hellinger, &c.totalVariation, &c.ksOnBins})
    *figure = kNaN;
  c.homogeneity = c.goodness = c.likelihood = {kNaN, kNaN, kNaN};
  return c;
}

}  // namespace

BinComparison compareBins(std::span<const double> reference, std::span<const double> current) {
  const std::size_t bins = std::min(reference.size(), current.size());
  reference = reference.first(bins);
  current = current.first(bins);
  const double n = sum(reference), m = sum(current);
  const bool isDefined = n > 0 && m > 0;
  BinComparison c = isDefined ? BinComparison{} : undefined();
  c.bins = bins;
  c.reference = n;
  c.current = m;
  if (!isDefined) return c;
  const auto k = static_cast<double>(bins);
  c.psi = stability(reference, current, n, m,
                    [k](double count, double total) { return (count + 0.5) / (total + 0.5 * k); });
  c.psiFloored = stability(reference, current, n, m,
                           [](double count, double total) { return count > 0 ? count / total : kFloor; });
  const double spread = 1 / n + 1 / m;
  c.psiMean = (k - 1) * spread;
  c.psiBound = bins > 1 ? chiSquareQuantile(0.95, k - 1) * spread : 0;
  double roots = 0, below = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    const double p = reference[i] / n, q = current[i] / m, middle = (p + q) / 2;
    c.jensenShannon += (divergence(p, middle) + divergence(q, middle)) / 2;
    const double difference = std::sqrt(p) - std::sqrt(q);
    roots += difference * difference;
    c.totalVariation += std::fabs(p - q) / 2;
    below += q - p;
    c.ksOnBins = std::max(c.ksOnBins, std::fabs(below));
  }
  c.jensenShannon = std::max(c.jensenShannon, 0.0);
  c.hellinger = std::sqrt(roots / 2);
  compareRows(reference, current, c);
  return c;
}

}  // namespace scorelet::telemetry
