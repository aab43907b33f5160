// What is counted of a block of numbers is what counting them one by one gives, whatever the numbers and the processor;
// and windows are the same to the bit whatever the batches that their rows came in.
#include "telemetry/counting/counting.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>
#include <scorelet/telemetry/window.hpp>

#include "evaluation/exact_sum.hpp"
#include "support/documents.hpp"
#include "support/refusals.hpp"
#include "telemetry/field_sums.hpp"

namespace scorelet::telemetry {
namespace counting::baseline {
extern const Kernel kKernel;
}

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Numbers of one kind, drawn by chance, some of them absent.
std::vector<double> made(std::mt19937_64& random, std::size_t n, unsigned kind) {
  std::normal_distribution<double> normal;
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = normal(random);
    double made = x;
    switch (kind) {
      case 0: break;
      case 1: made = static_cast<float>(x); break;
      case 2: made = std::floor(4 * x); break;                                            // zeros and points
      case 3: made = std::fabs(x) + 1; break;                                             // of one sign
      case 4: made = std::ldexp(x, static_cast<int>(random() % 60) - 30); break;          // of many sizes
      case 5: made = std::bit_cast<double>(random() & ~(std::uint64_t{1} << 62)); break;  // of all sizes below 2
      case 6: made = std::ldexp(x, -1060); break;                                         // subnormal, many of them
      case 7: made = -std::exp2(static_cast<double>(random() % 64) / 8); break;           // at the ends of buckets
      case 8: made = static_cast<float>(std::ldexp(x, -130)); break;                      // subnormal as floats
      default: made = 2.5;
    }
    out.push_back(random() % 10 == 0 ? kNaN : std::isfinite(made) ? made : 0);
  }
  return out;
}
constexpr unsigned kKinds = 10;

class Counting : public testing::TestWithParam<const counting::Kernel*> {};

TEST_P(Counting, isAsOneByOne) {
  std::mt19937_64 random(5);
  const std::vector<double> edges = {-1.5, -0.1, 0, std::nextafter(0.0, 1.0), 0.1, 1, 2.5, std::nextafter(2.5, 3.0),
                                     1e300};
  const Edges prepared(edges);
  for (int round = 0; round < 400; ++round) {
    FieldSums sums;
    sums.bins.resize(edges.size() + 1);
    sums.recent = std::make_unique<RecentBuckets>();
    std::vector<std::uint64_t> bins(edges.size() + 1);
    ExponentialHistogram histogram;
    evaluation::ExactSum sum;
    double low = kInfinity, high = -kInfinity;
    std::uint64_t numbers = 0;
    for (int block = 0; block < 6; ++block) {
      // Mostly of one kind, as columns are.
      const unsigned kind =
          random() % 8 == 0 ? static_cast<unsigned>(random() % kKinds) : static_cast<unsigned>(round) % kKinds;
      const std::vector<double> given = made(random, 1 + random() % counting::kBlock, kind);
      using Floats = NumberBlock::Floats;
      const Floats floats = random() % 4 == 0 ? Floats::round : random() % 4 == 0 ? Floats::no : Floats::look;
      sums.add(NumberBlock(*GetParam(), given, floats), prepared);
      if (random() % 5 == 0) sums.fold();
      for (const double raw : given) {
        const double x = floats == Floats::round ? static_cast<double>(static_cast<float>(raw)) : raw;
        if (x != x) continue;
        ++numbers;
        ++bins[static_cast<std::size_t>(std::ranges::upper_bound(edges, x) - edges.begin())];
        histogram.add(x);
        sum.add(x);
        low = std::min(low, x), high = std::max(high, x);
      }
    }
    sums.fold();
    ASSERT_EQ(sums.numbers, numbers);
    ASSERT_EQ(sums.bins, bins) << round;
    ASSERT_EQ(sums.sum.value(), sum.value()) << round;
    ASSERT_EQ(sums.histogram.scale(), histogram.scale()) << round;
    ASSERT_EQ(sums.histogram.zeros(), histogram.zeros()) << round;
    for (const bool isPositive : {true, false}) {
      const auto& found = isPositive ? sums.histogram.positive() : sums.histogram.negative();
      const auto& expected = isPositive ? histogram.positive() : histogram.negative();
      ASSERT_EQ(found.counts, expected.counts) << round;
      if (!expected.counts.empty()) ASSERT_EQ(found.offset, expected.offset) << round;
    }
    if (numbers == 0) continue;
    ASSERT_EQ(sums.minimum, low);
    ASSERT_EQ(sums.maximum, high);
  }
}

/// Counters of two bytes are added up before they run over.
TEST_P(Counting, countsAMillionTimes) {
  FieldSums sums;
  sums.recent = std::make_unique<RecentBuckets>();
  const std::vector<double> same(counting::kBlock, 3.25);
  constexpr std::uint64_t kBlocks = 4000;
  for (std::uint64_t i = 0; i < kBlocks; ++i)
    sums.add(NumberBlock(*GetParam(), same, NumberBlock::Floats::look), Edges());
  sums.fold();
  EXPECT_EQ(sums.histogram.positive().counts, std::vector<std::uint64_t>{kBlocks * counting::kBlock});
  EXPECT_EQ(sums.sum.value(), 3.25 * kBlocks * counting::kBlock);
}

INSTANTIATE_TEST_SUITE_P(Instructions, Counting, testing::Values(&counting::baseline::kKernel, &counting::fastest()),
                         [](const auto& info) { return std::string(info.index == 0 ? "baseline" : "fastest"); });

TEST(counting, addsUnits) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 1000; ++round) {
    const auto units = static_cast<std::int64_t>(random()) >> random() % 64;
    const int exponent = static_cast<int>(random() % 1900) - 1000;
    evaluation::ExactSum sum, parts;
    sum.addUnits(units, exponent);
    parts.add(std::ldexp(static_cast<double>(units >> 32), exponent + 32));
    parts.add(std::ldexp(static_cast<double>(units & 0xffffffff), exponent));
    ASSERT_EQ(sum.value(), parts.value()) << units << " " << exponent;
  }
}

/// Fields without rules, of doubles and of floats; results as large as what they are made of.
Model plainModel() {
  auto loaded = Model::load(test::pmml(
      R"(<DataField name="d" optype="continuous" dataType="double"/><DataField name="f" optype="continuous" dataType="float"/>
         <DataField name="k" optype="categorical" dataType="integer"/><DataField name="y" optype="continuous" dataType="double"/>)",
      R"(<RegressionModel functionName="regression"><MiningSchema><MiningField name="d"/><MiningField name="f"/>
         <MiningField name="k"/><MiningField name="y" usageType="target"/></MiningSchema>
         <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="3"/><NumericPredictor name="f" coefficient="1"/>
         <CategoricalPredictor name="k" value="1" coefficient="1"/></RegressionTable></RegressionModel>)"));
  EXPECT_TRUE(loaded) << (loaded ? "" : test::listed(loaded.error()));
  return std::move(*loaded);
}

std::vector<double> figures(const Window& w) {
  std::vector<double> list = {static_cast<double>(w.rows()), static_cast<double>(w.errors())};
  for (std::size_t i = 0; i < w.fields(); ++i) {
    const FieldReport f = w.field(i);
    for (const std::uint64_t n : {f.missing, f.invalid, f.outside, f.novel}) list.push_back(static_cast<double>(n));
    for (const double x : {f.mean, f.minimum, f.maximum, f.drift.psi}) list.push_back(std::isnan(x) ? -1e300 : x);
    list.insert(list.end(), f.bins.begin(), f.bins.end());
    if (f.histogram == nullptr) continue;
    list.push_back(f.histogram->scale());
    list.push_back(static_cast<double>(f.histogram->zeros()));
    for (const auto* side : {&f.histogram->positive(), &f.histogram->negative()}) {
      list.push_back(side->counts.empty() ? 0 : side->offset);
      list.insert(list.end(), side->counts.begin(), side->counts.end());
    }
  }
  return list;
}

TEST(counting, windowsAreTheSameWhateverTheBatches) {
  const Model model = plainModel();
  std::mt19937_64 random(7);
  for (unsigned kind = 0; kind < kKinds; ++kind) {
    constexpr std::size_t kRows = 1500;
    std::vector<double> d = made(random, kRows, kind), f = made(random, kRows, kind), k = made(random, kRows, 2);
    for (int i = 0; i < 5; ++i) {
      d[random() % kRows] = kInfinity;
      f[random() % kRows] = i % 2 == 0 ? -kInfinity : 1e200;
      d[random() % kRows] = std::bit_cast<double>(kInvalidBits);  // a caller's NaN is missing, whatever its bits
    }
    Scorer scorer(model);
    // Columns as they are, from a row on; or cell by cell, which are read in another way.
    const auto add = [&](auto& to, std::size_t first, std::size_t n, bool isCells) {
      std::vector<Cell> cells[3];
      Batch batch{n, {}};
      const std::vector<double>* columns[] = {&d, &f, &k};
      for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < n; ++i) {
          const double x = (*columns[c])[first + i];
          cells[c].push_back(x == x ? Cell::of(x) : Cell::none());
        }
        batch.columns.push_back(isCells ? Column::ofCells(cells[c].data())
                                        : Column::ofNumbers(columns[c]->data() + first));
      }
      scorer.score(batch);
      to.add(batch, scorer);
    };
    BaselineBuilder builder(model);
    add(builder, 0, 700, false);
    const Baseline baseline = builder.finish();
    Window whole(model, baseline);
    add(whole, 0, kRows, false);
    ASSERT_GT(whole.field(0).invalid, 0u);
    for (int round = 0; round < 6; ++round) {
      Window parts = whole.another(), other = whole.another();
      const std::size_t most = round == 0 ? 1 : round == 1 ? 63 : 400;
      for (std::size_t first = 0; first < kRows;) {
        const std::size_t n = std::min<std::size_t>(kRows - first, 1 + random() % most);
        add(random() % 4 == 0 ? other : parts, first, n, random() % 2 == 0);
        first += n;
        if (random() % 50 == 0) (void)parts.field(0);  // to look changes nothing
      }
      ASSERT_TRUE(parts.merge(other));
      ASSERT_EQ(figures(parts), figures(whole)) << "kind " << kind << ", round " << round;
    }
  }
}

}  // namespace
}  // namespace scorelet::telemetry
