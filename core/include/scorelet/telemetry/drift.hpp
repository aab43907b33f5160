// How far two samples of one field lie apart.
//
//   const auto c = scorelet::telemetry::compareBins(baselineCounts, countsOfThisWeek);
//   if (c.psi > std::max(0.25, c.psiBound)) ...
//
// Numbers are undefined (NaN) where a side has no count.
#pragma once

#include <cstddef>
#include <span>

namespace scorelet::telemetry {

/// A statistic with the probability of one as large or larger if both samples came from one distribution.
struct StatisticalTest {
  double statistic = 0;
  double degrees = 0;  ///< of freedom, of χ²; else 0
  double p = 0;
};

/// Counts of the same bins, compared. Only `ksOnBins` depends on their order.
struct BinComparison {
  std::size_t bins = 0;
  double reference = 0, current = 0;  ///< the sums of both sides

  /// Population stability index Σ(q - p)·ln(q/p) (Kullback's J; Siddiqi, "Credit Risk Scorecards", 2006) of the shares
  /// with half a case added to every bin of both sides, so that empty bins do not make it infinite.
  double psi = 0;
  /// The same with empty shares replaced by 0.0001, as widely done: for comparison with other programs. It is much
  /// larger where bins are empty.
  double psiFloored = 0;
  /// What `psi` is about if nothing drifted: its mean, and its 95 % point from the χ² distribution with bins - 1
  /// degrees (Yurdakul and Naranjo, "Statistical properties of the population stability index", 2020). With few cases a
  /// PSI of 0.2 says nothing: alert on what is above a threshold *and* above this.
  double psiMean = 0, psiBound = 0;

  /// Jensen–Shannon divergence in nats (Lin 1991), 0 to ln 2; its root is a distance.
  double jensenShannon = 0;
  double hellinger = 0;       ///< distance, 0 to 1
  double totalVariation = 0;  ///< half of Σ|q - p|, 0 to 1
  /// Largest difference of the cumulative shares (Kolmogorov–Smirnov, on these bins: at most that of the values).
  double ksOnBins = 0;

  StatisticalTest homogeneity;  ///< Pearson's χ² of the two rows of counts; bins that both lack are left out
  StatisticalTest
      goodness;  ///< Pearson's χ² of current against the shares of the reference; infinite where those are empty
  StatisticalTest likelihood;  ///< G of the two rows of counts (Wilks 1938)
};
/// Sides of the same length. Counts may be sums of weights.
[[nodiscard]] BinComparison compareBins(std::span<const double> reference, std::span<const double> current);

/// Two-sample Kolmogorov–Smirnov of sorted values. `p`: the distribution of one sample of n·m/(n + m) values, rounded
/// (Marsaglia, Tsang and Wang 2003; above 140 the limit with the corrections of Vrbik 2018, off by less than 0.0002).
[[nodiscard]] StatisticalTest kolmogorovSmirnov(std::span<const double> reference, std::span<const double> current);
/// Chance of a largest difference of `statistic` or more between one sample of `n` and its distribution.
[[nodiscard]] double kolmogorovTail(double statistic, double n);

/// First Wasserstein distance (earth mover's, Kantorovich) of sorted values, in their unit.
[[nodiscard]] double wasserstein(std::span<const double> reference, std::span<const double> current);

/// Chance of χ² with `degrees` of freedom above `x` (incomplete gamma function: series and continued fraction, NIST
/// DLMF 8.11.4 and 8.9.2); its inverse.
[[nodiscard]] double chiSquareTail(double x, double degrees);
[[nodiscard]] double chiSquareQuantile(double p, double degrees);

}  // namespace scorelet::telemetry
