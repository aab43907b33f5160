#include <scorelet/telemetry/drift.hpp>

#include <algorithm>

#include <scorelet/evaluation.hpp>
#include <scorelet/telemetry/exponential_histogram.hpp>

#include "oracles.hpp"

namespace scorelet::telemetry {
namespace {

using nlohmann::json;
using test::expectClose;
using test::monitoringCases;
using test::numbersOf;

/// Of chances as small as 1e-44: relative throughout.
void expectChance(double found, const json& expected, const char* what) {
  EXPECT_NEAR(found, expected.get<double>(), 1e-9 * expected.get<double>() + 1e-300) << what;
}

TEST(drift, binnedCounts) {
  for (const json& c : monitoringCases("binned")) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const json& expected = c["expect"];
    const BinComparison found = compareBins(numbersOf(c["reference_counts"]), numbersOf(c["current_counts"]));
    expectClose(found.psi, expected["psi_half_count"], "psi");
    expectClose(found.psiFloored, expected["psi_floor_1e-4"], "psi with a floor");
    expectClose(found.psiMean, expected["psi_under_no_drift"]["mean_about"], "psi mean");
    expectClose(found.psiBound, expected["psi_under_no_drift"]["q95_about"], "psi bound");
    expectClose(found.jensenShannon, expected["js_divergence_nat"], "js");
    expectClose(std::sqrt(found.jensenShannon), expected["js_distance_nat"], "js distance", 1e-10);
    expectClose(found.hellinger, expected["hellinger"], "hellinger");
    expectClose(found.totalVariation, expected["total_variation"], "total variation");
    expectClose(found.ksOnBins, expected["ks_on_bins"], "ks");
    expectClose(found.homogeneity.statistic, expected["chi2_contingency"]["statistic"], "chi2");
    EXPECT_EQ(found.homogeneity.degrees, expected["chi2_contingency"]["dof"].get<double>());
    expectChance(found.homogeneity.p, expected["chi2_contingency"]["p"], "chi2 p");
    expectClose(found.likelihood.statistic, expected["g_test"]["statistic"], "g");
    expectChance(found.likelihood.p, expected["g_test"]["p"], "g p");
    if (expected.contains("chi2_goodness_of_fit")) {
      expectClose(found.goodness.statistic, expected["chi2_goodness_of_fit"]["statistic"], "goodness");
      expectChance(found.goodness.p, expected["chi2_goodness_of_fit"]["p"], "goodness p");
    } else {
      EXPECT_EQ(found.goodness.p, 0) << "what the reference excludes has come";
    }
  }
}

TEST(drift, rawSamples) {
  for (const json& c : monitoringCases("raw")) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const json& expected = c["expect"];
    std::vector<double> reference = numbersOf(c["reference"]), current = numbersOf(c["current"]);
    Distribution before, now;
    for (const double x : reference) before.add(x);
    for (const double x : current) now.add(x);
    const auto edges = numbersOf(expected["bin_edges"]);
    EXPECT_EQ(before.histogram(edges), expected["reference_counts"].get<std::vector<std::uint64_t>>());
    EXPECT_EQ(now.histogram(edges), expected["current_counts"].get<std::vector<std::uint64_t>>());
    const BinComparison bins =
        compareBins(numbersOf(expected["reference_counts"]), numbersOf(expected["current_counts"]));
    expectClose(bins.psiFloored, expected["psi_floor_1e-4"], "psi with a floor");
    expectClose(std::sqrt(bins.jensenShannon), expected["js_distance_nat"], "js distance");
    std::ranges::sort(reference);
    std::ranges::sort(current);
    const StatisticalTest ks = kolmogorovSmirnov(reference, current);
    expectClose(ks.statistic, expected["ks"]["statistic"], "ks");
    expectClose(ks.p, expected["ks"]["p_asymptotic"], "ks p", 1e-8);
    expectClose(wasserstein(reference, current), expected["wasserstein_1"], "wasserstein");
    expectClose(now.mean(), expected["mean"], "mean");
    expectClose(now.variance(), expected["variance_ddof1"], "variance");
    expectClose(before.mean(), expected["reference_mean"], "reference mean");
    expectClose(before.variance(), expected["reference_variance_ddof1"], "reference variance");
  }
}

TEST(drift, sidesWithoutCountsAreUndefined) {
  const BinComparison none = compareBins(std::vector<double>{1, 2}, std::vector<double>{0, 0});
  EXPECT_TRUE(std::isnan(none.psi));
  EXPECT_TRUE(std::isnan(none.psiBound));
  EXPECT_TRUE(std::isnan(none.homogeneity.p));
  EXPECT_TRUE(std::isnan(kolmogorovSmirnov({}, std::vector<double>{1}).statistic));
  EXPECT_TRUE(std::isnan(wasserstein({}, {})));
}

/// Points of tables of the χ² distribution, and 1 - exp(-x/2) of two degrees.
TEST(drift, chiSquare) {
  EXPECT_NEAR(chiSquareQuantile(0.95, 1), 3.841458820694124, 1e-12);
  EXPECT_NEAR(chiSquareQuantile(0.95, 9), 16.918977604620448, 1e-11);
  for (const double x : {1e-6, 0.3, 2.0, 5.0, 40.0, 700.0})
    EXPECT_NEAR(chiSquareTail(x, 2), std::exp(-x / 2), 1e-13 * std::exp(-x / 2) + 1e-16) << x;
  EXPECT_EQ(chiSquareTail(0, 3), 1);
  EXPECT_TRUE(std::isnan(chiSquareTail(1, 0)));
}

/// The two ways must meet where one ends: Kolmogorov's distribution of 140 and of 141 values.
TEST(drift, kolmogorovWaysMeet) {
  for (const double z : {0.5, 0.8, 1.0, 1.36, 1.8, 2.5})
    EXPECT_NEAR(kolmogorovTail(z / std::sqrt(140.0), 140), kolmogorovTail(z / std::sqrt(141.0), 141), 3e-4) << z;
  EXPECT_EQ(kolmogorovTail(0, 10), 1);
  EXPECT_EQ(kolmogorovTail(1, 10), 0);
  EXPECT_NEAR(kolmogorovTail(0.40925, 10), 0.05, 2e-5) << "Miller 1956";
}

void expectSide(const ExponentialHistogram::Side& found, const json& expected) {
  EXPECT_EQ(found.counts, expected["bucketCounts"].get<std::vector<std::uint64_t>>());
  if (!found.counts.empty()) {
    EXPECT_EQ(found.offset, expected["offset"].get<std::int32_t>());
  }
}

TEST(exponentialHistogram, bucketsAndQuantiles) {
  for (const json& c : monitoringCases("quantiles")) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const json& expected = c["expect"]["otlp_exponential_histogram"];
    ExponentialHistogram coarse(3), fine;
    for (const double x : numbersOf(c["values"])) coarse.add(x), fine.add(x);
    EXPECT_EQ(coarse.scale(), expected["scale"].get<int>());
    EXPECT_EQ(coarse.zeros(), expected["zeroCount"].get<std::uint64_t>());
    expectSide(coarse.positive(), expected["positive"]);
    expectSide(coarse.negative(), expected["negative"]);
    const double step = std::exp2(std::exp2(-fine.scale() - 1)) - 1;  // half a bucket
    for (std::size_t i = 0; i < c["expect"]["quantile"].size(); ++i) {
      const double exact = c["expect"]["exact_inverted_cdf"][i];
      EXPECT_NEAR(fine.quantile(c["expect"]["quantile"][i]), exact, std::fabs(exact) * step * 1.0001) << i;
    }
  }
}

TEST(exponentialHistogram, powersOfTwoEndABucket) {
  for (const int scale : {0, 3, 7}) {
    ExponentialHistogram h(scale);
    h.add(4);
    EXPECT_EQ(h.positive().offset, (2 << scale) - 1);
    h = ExponentialHistogram(scale);
    h.add(std::nextafter(4.0, 5.0));
    EXPECT_EQ(h.positive().offset, 2 << scale);
    h = ExponentialHistogram(scale);
    h.add(-0x1p-1074);
    EXPECT_EQ(h.negative().offset, -1074 * (1 << scale) - 1);
  }
}

TEST(exponentialHistogram, everyDoubleFits) {
  ExponentialHistogram h;
  for (const double x : {0x1p-1074, 1.0, 1.7976931348623157e308, -3.0, 0.0}) h.add(x);
  EXPECT_EQ(h.count(), 5u);
  EXPECT_LE(h.positive().counts.size(), ExponentialHistogram::kBuckets);
  EXPECT_EQ(h.scale(), -4);
  EXPECT_TRUE(std::isfinite(h.quantile(1)));
}

}  // namespace
}  // namespace scorelet::telemetry
