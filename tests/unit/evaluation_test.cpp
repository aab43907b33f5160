// Figures against those of tests/data/evaluation, where make.py counts by the definitions, and of
// tests/data/monitoring, made with scikit-learn, SciPy and NumPy.
#include <scorelet/evaluation.hpp>

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "evaluation/exact_sum.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet {
namespace {

using nlohmann::json;

const json& figures() {
  static const json read = test::readJson(test::projectRoot() + "/tests/data/evaluation/figures.json");
  return read;
}
const json& monitoring() {
  static const json read = test::readJson(test::projectRoot() + "/tests/data/monitoring/oracles.json")["cases"];
  return read;
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double number(const json& value) { return value.is_null() ? kNaN : value.get<double>(); }

void expectFigure(double found, const json& expected, const std::string& what, double tolerance = 1e-12) {
  if (expected.is_null()) {
    EXPECT_TRUE(std::isnan(found)) << what << ": " << found;
  } else {
    const double value = expected.get<double>();
    EXPECT_NEAR(found, value, tolerance * std::max(1.0, std::fabs(value))) << what;
  }
}

template <class List>
BinaryEvaluation evaluated(const List& scores, const List& outcomes, Resolution resolution = {}) {
  BinaryEvaluation evaluation(resolution);
  for (std::size_t i = 0; i < scores.size(); ++i) evaluation.add(number(scores[i]), number(outcomes[i]));
  return evaluation;
}

void expectConfusion(const Confusion& found, const json& expected) {
  EXPECT_EQ(found.truePositives, expected["tp"].get<std::uint64_t>());
  EXPECT_EQ(found.falsePositives, expected["fp"].get<std::uint64_t>());
  EXPECT_EQ(found.trueNegatives, expected["tn"].get<std::uint64_t>());
  EXPECT_EQ(found.falseNegatives, expected["fn"].get<std::uint64_t>());
}

TEST(evaluation, binaryFiguresByTheirDefinitions) {
  for (const json& c : figures()["binary"]) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const BinaryEvaluation e = evaluated(c["scores"], c["outcomes"]);
    EXPECT_EQ(e.counts().rows, c["rows"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().events, c["events"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().nonEvents, c["nonEvents"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().missingPredictions, c["missingPredictions"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().missingOutcomes, c["missingOutcomes"].get<std::uint64_t>());
    EXPECT_TRUE(e.exact());
    EXPECT_EQ(e.aucBound(), 0);
    expectFigure(e.auc(), c["auc"], "auc");
    expectFigure(e.aucStandardError(), c["aucStandardError"], "aucStandardError");
    expectFigure(e.ks(), c["ks"], "ks");
    expectFigure(e.brier(), c["brier"], "brier");
    expectFigure(e.logLoss(), c["logLoss"], "logLoss");
    expectFigure(e.meanScore(), c["meanScore"], "meanScore");
    expectFigure(e.eventRate(), c["eventRate"], "eventRate");
    for (const json& point : c["confusion"]) expectConfusion(e.at(point["threshold"].get<double>()), point);
    for (const json& wanted : c["top"]) {
      const BinaryEvaluation::Top top = e.top(wanted["cases"].get<double>());
      expectFigure(top.cases, wanted["cases"], "top cases");
      expectFigure(top.events, wanted["events"], "top events");
      expectFigure(top.share, wanted["share"], "top share");
      expectFigure(top.lift, wanted["lift"], "top lift");
    }
    for (const json& wanted : c["topWith"])
      expectFigure(e.topWith(wanted["share"].get<double>()).cases, wanted["cases"], "topWith");
    for (const json& wanted : c["best"]) {
      const json& p = wanted["payoff"];
      const auto best =
          e.best({p["tp"].get<double>(), p["fp"].get<double>(), p["tn"].get<double>(), p["fn"].get<double>()});
      expectFigure(best.payoff, wanted["value"], "best payoff");
      EXPECT_EQ(best.threshold, wanted["threshold"].is_null() ? kInfinity : wanted["threshold"].get<double>());
    }
    const auto groups = e.calibration(10);
    ASSERT_EQ(groups.size(), c["calibration"].size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const json& wanted = c["calibration"][i];
      EXPECT_EQ(groups[i].cases, wanted["cases"].get<std::uint64_t>());
      EXPECT_EQ(groups[i].events, wanted["events"].get<std::uint64_t>());
      EXPECT_EQ(groups[i].lowest, wanted["lowest"].get<double>());
      EXPECT_EQ(groups[i].highest, wanted["highest"].get<double>());
      expectFigure(groups[i].meanScore, wanted["mean"], "group mean");
      expectFigure(groups[i].intervalLow, wanted["low"], "Wilson low");
      expectFigure(groups[i].intervalHigh, wanted["high"], "Wilson high");
    }
    const auto edges = c["edges"].get<std::vector<double>>();
    const auto bins = e.histogram(edges);
    ASSERT_EQ(bins.size(), c["histogram"].size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
      EXPECT_EQ((std::vector{bins[i].nonEvents, bins[i].events, bins[i].unknown}),
                c["histogram"][i].get<std::vector<std::uint64_t>>());
    }
    for (const json& q : c["quantiles"]) EXPECT_EQ(e.quantile(q[0].get<double>()), q[1].get<double>());
  }
}

TEST(evaluation, binaryFiguresOfOtherLibraries) {
  for (const json& c : monitoring()["labelled_binary"]) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const BinaryEvaluation e = evaluated(c["p"], c["y"]);
    const json& expected = c["expect"];
    expectFigure(e.at(0.5).accuracy(), expected["accuracy_at_0.5"], "accuracy");
    expectFigure(e.at(0.5).f1(), expected["f1"], "f1");
    // Undefined is 0 there.
    expectFigure(std::isnan(e.at(0.5).mcc()) ? 0 : e.at(0.5).mcc(), expected["mcc"], "mcc");
    expectConfusion(e.at(0.5), expected["confusion"]);
    expectFigure(e.brier(), expected["brier"], "brier");
    expectFigure(e.logLoss(), expected["log_loss"], "log loss");
    expectFigure(e.auc(), expected.value("auc", json()), "auc");
    const auto bins = e.reliability(10);
    ASSERT_EQ(bins.size(), expected["reliability_bins"].size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
      const json& bin = expected["reliability_bins"][i];  // its number, cases, mean, rate
      EXPECT_EQ(bins[i].cases, bin[1].get<std::uint64_t>());
      expectFigure(bins[i].meanScore, bin[2], "bin mean");
      expectFigure(bins[i].rate, bin[3], "bin rate");
    }
    expectFigure(BinaryEvaluation::calibrationError(bins), expected["ece_10_equal_width"], "ece");
  }
}

TEST(evaluation, regressionFigures) {
  for (const json& c : figures()["regression"]) {
    SCOPED_TRACE(c["name"].get<std::string>());
    RegressionEvaluation e(c["edges"].get<std::vector<double>>());
    for (std::size_t i = 0; i < c["predicted"].size(); ++i) e.add(number(c["predicted"][i]), number(c["actual"][i]));
    EXPECT_EQ(e.counts().rows, c["rows"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().cases, c["cases"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().missingPredictions, c["missingPredictions"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().missingOutcomes, c["missingOutcomes"].get<std::uint64_t>());
    expectFigure(e.mae(), c["mae"], "mae");
    expectFigure(e.maeStandardError(), c["maeStandardError"], "maeStandardError");
    expectFigure(e.rmse(), c["rmse"], "rmse");
    expectFigure(e.bias(), c["bias"], "bias");
    expectFigure(e.r2(), c["r2"], "r2");
    expectFigure(e.meanActual(), c["meanActual"], "meanActual");
    EXPECT_EQ(e.maximumError(), c["maximumError"].get<double>());
    const auto groups = e.groups();
    ASSERT_EQ(groups.size(), c["groups"].size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      EXPECT_EQ(groups[i].cases, c["groups"][i]["cases"].get<std::uint64_t>());
      expectFigure(groups[i].meanPredicted, c["groups"][i]["predicted"], "group predicted");
      expectFigure(groups[i].meanResidual, c["groups"][i]["residual"], "group residual");
      expectFigure(groups[i].deviation, c["groups"][i]["deviation"], "group deviation");
    }
  }
  const json& c = monitoring()["labelled_regression"][0];
  RegressionEvaluation e;
  for (std::size_t i = 0; i < c["y"].size(); ++i) e.add(number(c["prediction"][i]), number(c["y"][i]));
  expectFigure(e.mae(), c["expect"]["mae"], "mae");
  expectFigure(e.rmse(), c["expect"]["rmse"], "rmse");
  expectFigure(e.r2(), c["expect"]["r2"], "r2");
  expectFigure(e.bias(), c["expect"]["mean_error"], "bias");
  expectFigure(e.maximumError(), c["expect"]["max_error"], "max");
}

TEST(evaluation, classes) {
  for (const json& c : figures()["classes"]) {
    const std::size_t n = c["classes"].get<std::size_t>();
    ClassEvaluation e(n);
    for (std::size_t i = 0; i < c["predicted"].size(); ++i)
      e.add(c["predicted"][i].get<int>(), c["actual"][i].get<int>());
    EXPECT_EQ(e.counts().rows, c["predicted"].size());
    EXPECT_EQ(e.counts().missingPredictions, c["missingPredictions"].get<std::uint64_t>());
    EXPECT_EQ(e.counts().missingOutcomes, c["missingOutcomes"].get<std::uint64_t>());
    expectFigure(e.accuracy(), c["accuracy"], "accuracy");
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t p = 0; p < n; ++p) EXPECT_EQ(e.cell(a, p), c["cells"][a][p].get<std::uint64_t>());
      expectFigure(e.precision(a), c["precision"][a], "precision");
      expectFigure(e.recall(a), c["recall"][a], "recall");
    }
    EXPECT_EQ(e.cell(n, 0), 0u);
  }
}

TEST(evaluation, momentsOfPartsAreThoseOfTheWhole) {
  for (const json& c : monitoring()["merge_moments"]) {
    Distribution whole;
    for (const json& part : c["parts"]) {
      Distribution one;
      for (const json& x : part) one.add(x.get<double>());
      ASSERT_TRUE(whole.merge(one));
    }
    EXPECT_EQ(whole.count(), c["expect"]["count"].get<std::uint64_t>());
    expectFigure(whole.mean(), c["expect"]["mean"], "mean", 1e-15);
    expectFigure(whole.variance(), c["expect"]["variance_ddof1"], "variance");
    EXPECT_EQ(whole.minimum(), c["expect"]["min"].get<double>());
    EXPECT_EQ(whole.maximum(), c["expect"]["max"].get<double>());
  }
}

TEST(evaluation, curveGoesFromNothingToEverything) {
  const json& c = figures()["binary"][1];
  const BinaryEvaluation e = evaluated(c["scores"], c["outcomes"]);
  const auto whole = e.curve(1000);
  ASSERT_EQ(whole.size(), e.counts().cases() + 1);
  EXPECT_EQ(whole.front().threshold, kInfinity);
  for (const auto& point : whole) {
    const Confusion confusion = e.at(point.threshold);
    EXPECT_EQ(point.truePositives, confusion.truePositives);
    EXPECT_EQ(point.falsePositives, confusion.falsePositives);
  }
  const auto few = e.curve(20);
  EXPECT_LE(few.size(), 24u);
  EXPECT_GE(few.size(), 10u);
  EXPECT_EQ(few.back().truePositives, e.counts().events);
  EXPECT_EQ(few.back().falsePositives, e.counts().nonEvents);
}

TEST(evaluation, nothingIsDefinedOfNothing) {
  BinaryEvaluation e;
  e.add(kNaN, 1);
  e.add(kInfinity, 1);
  e.add(0.5, kNaN);
  e.add(0.5, 2);
  EXPECT_EQ(e.counts().missingPredictions, 2u);
  EXPECT_EQ(e.counts().missingOutcomes, 2u);
  for (const double figure :
       {e.auc(), e.aucStandardError(), e.ks(), e.brier(), e.logLoss(), e.meanScore(), e.eventRate(),
        e.at(0.5).accuracy(), e.top(3).share, e.topWith(0.5).share, e.quantile(2)}) {
    EXPECT_TRUE(std::isnan(figure)) << figure;
  }
  EXPECT_TRUE(e.calibration().empty());
  EXPECT_EQ(e.curve().size(), 1u);
  EXPECT_EQ(e.quantile(0.5), 0.5) << "scores without outcomes have a distribution too";
  RegressionEvaluation r;
  r.add(1, kNaN);
  for (const double figure : {r.mae(), r.rmse(), r.bias(), r.r2(), r.maximumError()}) EXPECT_TRUE(std::isnan(figure));
  EXPECT_TRUE(std::isnan(Distribution().quantile(0.5)));
}

TEST(evaluation, partsThatDoNotFitAreRefused) {
  BinaryEvaluation binary;
  EXPECT_EQ(binary.merge(BinaryEvaluation({16})).error().front().code, Code::badArgument);
  EXPECT_FALSE(Distribution().merge(Distribution({16})));
  EXPECT_FALSE(ClassEvaluation(2).merge(ClassEvaluation(3)));
  EXPECT_FALSE(RegressionEvaluation({1.0}).merge(RegressionEvaluation({2.0})));
  EXPECT_TRUE(RegressionEvaluation({2.0, 1.0, kNaN, 1.0}).merge(RegressionEvaluation({1.0, 2.0})));
}

// ---- properties ----

struct Case {
  double score, outcome;
};

std::vector<Case> madeCases(std::mt19937& random, std::size_t n) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < n; ++i) {
    const double score = static_cast<double>(random()) / 4294967296.0;
    const bool isEvent = random() % 1000 < static_cast<unsigned>(score * score * 1000);
    cases.push_back({random() % 50 == 0 ? kNaN : score, random() % 50 == 0 ? kNaN : isEvent ? 1.0 : 0.0});
  }
  return cases;
}

/// Every figure, to be compared to the bit.
std::vector<double> all(const BinaryEvaluation& e) {
  std::vector<double> list = {e.auc(),
                              e.aucStandardError(),
                              e.aucBound(),
                              e.ks(),
                              e.brier(),
                              e.logLoss(),
                              e.meanScore(),
                              e.eventRate(),
                              e.top(100).events,
                              e.topWith(0.7).cases,
                              e.quantile(0.3),
                              e.best({10, -3, 0, -1}).payoff,
                              static_cast<double>(e.counts().rows)};
  for (const auto& g : e.calibration())
    list.insert(list.end(), {g.lowest, g.highest, g.meanScore, g.rate, g.intervalLow});
  for (const auto& p : e.curve(50)) list.insert(list.end(), {p.threshold, static_cast<double>(p.truePositives)});
  return list;
}

TEST(evaluation, orderAndPartsDoNotShow) {
  std::mt19937 random(7);
  for (const std::size_t resolution : {std::size_t{2}, std::size_t{100}, std::size_t{1} << 16}) {
    std::vector<Case> cases = madeCases(random, 5000);
    BinaryEvaluation whole({resolution});
    for (const Case& c : cases) whole.add(c.score, c.outcome);
    std::shuffle(cases.begin(), cases.end(), random);
    BinaryEvaluation merged({resolution});
    for (std::size_t begin = 0; begin < cases.size();) {
      BinaryEvaluation part({resolution});
      const std::size_t end = std::min(cases.size(), begin + random() % 1500);
      for (; begin < end; ++begin) part.add(cases[begin].score, cases[begin].outcome);
      if (random() % 3 == 0) (void)part.auc();  // asking in between changes nothing
      if (random() % 2 == 0) std::swap(part, merged);
      ASSERT_TRUE(merged.merge(part));
    }
    EXPECT_EQ(all(merged), all(whole)) << resolution;
    EXPECT_EQ(whole.exact(), resolution > 5000);
  }
}

TEST(evaluation, regressionOrderAndPartsDoNotShow) {
  std::mt19937 random(8);
  std::vector<Case> cases;
  for (int i = 0; i < 4000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()) - 2147483648.0, static_cast<int>(random() % 40) - 60);
    cases.push_back({value, value + static_cast<double>(random() % 1000) / 7 - 60});
  }
  const auto figuresOf = [](const RegressionEvaluation& e) {
    std::vector<double> list = {
        e.mae(), e.rmse(), e.bias(), e.r2(), e.maximumError(), e.maeStandardError(), e.residuals().quantile(0.9)};
    for (const auto& g : e.groups()) list.insert(list.end(), {g.meanPredicted, g.meanResidual, g.deviation});
    return list;
  };
  RegressionEvaluation whole({-1, 0, 1}, {64}), merged({-1, 0, 1}, {64});
  for (const Case& c : cases) whole.add(c.score, c.outcome);
  std::shuffle(cases.begin(), cases.end(), random);
  for (std::size_t k = 0; k < 4; ++k) {
    RegressionEvaluation part({-1, 0, 1}, {64});
    for (std::size_t i = 0; i < 1000; ++i) part.add(cases[k * 1000 + i].score, cases[k * 1000 + i].outcome);
    ASSERT_TRUE(merged.merge(part));
  }
  EXPECT_EQ(figuresOf(merged), figuresOf(whole));
}

TEST(evaluation, aCoarseTableKeepsItsWord) {
  std::mt19937 random(9);
  const std::vector<Case> cases = madeCases(random, 20'000);
  BinaryEvaluation fine, coarse({256});
  for (const Case& c : cases) {
    fine.add(c.score, c.outcome);
    coarse.add(c.score, c.outcome);
  }
  EXPECT_TRUE(fine.exact());
  EXPECT_FALSE(coarse.exact());
  EXPECT_GT(coarse.aucBound(), 0);
  EXPECT_LT(coarse.aucBound(), 0.02);
  EXPECT_LE(std::fabs(coarse.auc() - fine.auc()), coarse.aucBound());
  EXPECT_EQ(coarse.brier(), fine.brier()) << "sums do not depend on the table";
  EXPECT_EQ(coarse.logLoss(), fine.logLoss());
  EXPECT_NEAR(coarse.quantile(0.5), fine.quantile(0.5), 0.02);
}

TEST(evaluation, sumsAreExact) {
  evaluation::ExactSum sum;
  EXPECT_EQ(sum.value(), 0);
  for (const double x : {1e308, 1.0, 1e-300, -1e308, 0x1p-1074, -1.0, -1e-300}) sum.add(x);
  EXPECT_EQ(sum.value(), 0x1p-1074);
  sum.add(-0x1p-1073);
  EXPECT_EQ(sum.value(), -0x1p-1074);

  evaluation::ExactSum rounded;  // halfway between two doubles, and a little more
  rounded.add(0x1p53);
  rounded.add(1);
  EXPECT_EQ(rounded.value(), 0x1p53);
  EXPECT_EQ(rounded.parts().low, 1);
  rounded.add(0x1p-600);
  EXPECT_EQ(rounded.value(), 0x1p53 + 2);

  evaluation::ExactSum many, single;
  for (int i = 0; i < 100'000; ++i) many.add(0.1);
  single.add(0.1 * 100'000);
  const double error = many.value() - 10'000;
  EXPECT_NEAR(error, 100'000 * 5.551115123125783e-18, 2e-12);

  evaluation::ExactSum products;
  products.addProduct(1e200, 1e200);
  EXPECT_EQ(products.value(), kInfinity);
  products.addProduct(1e200, -1e200);
  EXPECT_TRUE(std::isnan(products.value()));
  evaluation::ExactSum square;
  const double x = 1 + 0x1p-30;
  square.addProduct(x, x);
  square.add(-1);
  square.add(-0x1p-29);
  EXPECT_EQ(square.value(), 0x1p-60);
}

TEST(evaluation, exactSumsOfManyTermsAreThoseOfEach) {
  std::mt19937_64 random(21);
  for (int round = 0; round < 300; ++round) {
    // From terms that differ in size by nothing to those that differ by all there is; some that cancel, some that are
    // 0.
    const int sizes = round % 10 == 9 ? 2000 : round % 7 * 10 + 1;
    std::vector<double> terms;
    for (std::size_t n = random() % 200; terms.size() < n;) {
      const double x = std::ldexp(static_cast<double>(random() >> 11) * 0x1p-53 + 0.5,
                                  static_cast<int>(random() % static_cast<unsigned>(sizes)) - sizes / 2);
      terms.push_back(random() % 2 == 0 ? x : -x);
      if (random() % 5 == 0) terms.push_back(-terms[random() % terms.size()]);
      if (random() % 9 == 0) terms.push_back(0);
    }
    evaluation::ExactSum one, all;
    for (const double x : terms) one.add(x);
    all.add(terms);
    EXPECT_EQ(all.value(), one.value()) << round;
    EXPECT_EQ(all.parts().low, one.parts().low) << round;
  }
  evaluation::ExactSum special;
  special.add(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, std::numeric_limits<double>::infinity()});
  EXPECT_EQ(special.value(), std::numeric_limits<double>::infinity());
}

TEST(evaluation, veryLargeAndVerySmallScores) {
  BinaryEvaluation e({2});
  for (const double score : {-1.7976931348623157e308, -1.0, -5e-324, 0.0, -0.0, 5e-324, 1.7976931348623157e308})
    e.add(score, score > 0);
  EXPECT_TRUE(std::isfinite(e.quantile(0)));
  EXPECT_TRUE(std::isfinite(e.quantile(1)));
  EXPECT_TRUE(std::isnan(e.brier()));
  BinaryEvaluation fine;
  fine.add(-0.0, 0);
  fine.add(0.0, 1);
  EXPECT_EQ(fine.auc(), 0.5);
}

}  // namespace
}  // namespace scorelet
