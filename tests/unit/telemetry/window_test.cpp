// Windows and their baselines: what is counted, what merges, what JSON keeps.
#include <scorelet/telemetry/window.hpp>

#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet::telemetry {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// y = x + 1 for a, x for others; `stats` stands in the model.
Model model(const std::string& stats = {}) {
  auto loaded = Model::load(test::pmml(
      R"(<DataField name="x" optype="continuous" dataType="double">
           <Interval closure="closedClosed" leftMargin="-100" rightMargin="100"/><Value value="-9" property="missing"/>
         </DataField>
         <DataField name="k" optype="categorical" dataType="string"/>
         <DataField name="y" optype="continuous" dataType="double"/>)",
      R"(<RegressionModel functionName="regression"><MiningSchema>
           <MiningField name="x" missingValueReplacement="3" invalidValueTreatment="asMissing" outliers="asExtremeValues"
                        lowValue="-50" highValue="50"/>
           <MiningField name="k"/><MiningField name="y" usageType="target"/></MiningSchema>)" +
          stats + R"(<RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/>
           <CategoricalPredictor name="k" value="a" coefficient="1"/></RegressionTable></RegressionModel>)"));
  EXPECT_TRUE(loaded) << (loaded ? "" : test::listed(loaded.error()));
  return std::move(*loaded);
}

struct Row {
  Cell x, k;
};

/// Adds rows to a window or a builder.
template <class To>
void add(To& to, const Model& m, std::span<const Row> rows) {
  std::vector<Cell> xs, ks;
  for (const Row& row : rows) xs.push_back(row.x), ks.push_back(row.k);
  Scorer scorer(m);
  const Batch batch{rows.size(), {Column::ofCells(xs.data()), Column::ofCells(ks.data())}};
  scorer.score(batch);
  to.add(batch, scorer);
}

std::vector<Row> made(std::mt19937& random, std::size_t n, double shift = 0) {
  static constexpr const char* kNames[] = {"a", "b", "c", "new", "newer"};
  std::vector<Row> rows;
  for (std::size_t i = 0; i < n; ++i) {
    const double x =
        std::ldexp(static_cast<double>(random()) - 2147483648.0, static_cast<int>(random() % 40) - 66) + shift;
    rows.push_back({random() % 20 == 0   ? Cell::none()
                    : random() % 40 == 0 ? Cell::of("?")
                                         : Cell::of(x),
                    random() % 25 == 0 ? Cell::none() : Cell::of(kNames[random() % 5])});
  }
  return rows;
}

Baseline baselineOf(const Model& m, std::span<const Row> rows) {
  BaselineBuilder builder(m);
  add(builder, m, rows);
  return builder.finish();
}

std::size_t indexOf(const Window& w, std::string_view name) {
  for (std::size_t i = 0; i < w.fields(); ++i)
    if (w.field(i).name == name) return i;
  ADD_FAILURE() << name;
  return 0;
}

TEST(window, tellsWhatValuesAre) {
  const Model m = model();
  Baseline baseline;
  baseline.fields.push_back({.name = "x",
                             .rows = 100,
                             .edges = {0, 10},
                             .values = {},
                             .counts = {20, 60, 20},
                             .minimum = -5,
                             .maximum = 20,
                             .mean = 5,
                             .deviation = 4});
  baseline.fields.push_back({.name = "k",
                             .kind = FieldBaseline::Kind::category,
                             .rows = 100,
                             .edges = {},
                             .values = {"a", "unmentioned"},
                             .counts = {50, 50, 0},
                             .minimum = {},
                             .maximum = {},
                             .mean = {},
                             .deviation = {}});
  Window w(m, baseline);
  const std::vector<Row> rows = {{Cell::of(0.0), Cell::of("a")},         {Cell::of(-0.5), Cell::of("b")},
                                 {Cell::of(10.0), Cell::of("b")},        {Cell::of(-9.0), Cell::of("unmentioned")},
                                 {Cell::none(), Cell::none()},           {Cell::of(101.0), Cell::of("a")},
                                 {Cell::of("no number"), Cell::of("a")}, {Cell::of(60.0), Cell::of("c")},
                                 {Cell::of(kNaN), Cell::of("a")}};
  add(w, m, rows);
  EXPECT_EQ(w.rows(), 9u);
  const FieldReport x = w.field(indexOf(w, "x"));
  EXPECT_EQ(x.missing, 3u) << "none, NaN, and a value that means missing";
  EXPECT_EQ(x.invalid, 2u) << "beyond the interval, and no number; whatever the model makes of them";
  EXPECT_EQ(x.outside, 2u) << "101 and 60";
  EXPECT_EQ(std::vector<std::uint64_t>(x.bins.begin(), x.bins.end()), (std::vector<std::uint64_t>{1, 1, 2}));
  EXPECT_EQ(x.mean, (0 - 0.5 + 10 + 60) / 4);
  EXPECT_EQ(x.minimum, -0.5);
  EXPECT_EQ(x.maximum, 60) << "as it came, not as outliers are treated";
  EXPECT_EQ(x.meanShift, (x.mean - 5) / 4);
  EXPECT_EQ(x.histogram->count(), 4u);
  const FieldReport k = w.field(indexOf(w, "k"));
  EXPECT_EQ(k.missing, 1u);
  EXPECT_EQ(k.invalid, 0u);
  EXPECT_EQ(k.novel, 3u);
  EXPECT_EQ(std::vector<std::uint64_t>(k.bins.begin(), k.bins.end()), (std::vector<std::uint64_t>{4, 1, 3}));
  ASSERT_EQ(k.novelValues.size(), 2u);
  for (const NovelValue& v : k.novelValues) EXPECT_EQ(v.count, v.value == "b" ? 2u : 1u) << v.value;
  const FieldReport y = w.field(indexOf(w, "y"));
  EXPECT_TRUE(y.isResult);
  EXPECT_EQ(y.baseline, nullptr);
  EXPECT_TRUE(std::isnan(y.drift.psi));
  EXPECT_FALSE(y.hasDrifted());
  EXPECT_EQ(y.maximum, 50) << "60 is taken as 50";
  EXPECT_EQ(y.missing + y.invalid, w.errors());
}

/// Every figure, to be compared to the bit.
std::vector<double> all(const Window& w) {
  std::vector<double> list = {static_cast<double>(w.rows()), static_cast<double>(w.errors())};
  for (std::size_t i = 0; i < w.fields(); ++i) {
    const FieldReport f = w.field(i);
    for (const std::uint64_t n : {f.rows, f.missing, f.invalid, f.outside, f.novel})
      list.push_back(static_cast<double>(n));
    for (const double x : {f.mean, f.minimum, f.maximum, f.drift.psi, f.meanShift})
      list.push_back(std::isnan(x) ? -1e300 : x);
    for (const std::uint64_t n : f.bins) list.push_back(static_cast<double>(n));
    for (const NovelValue& v : f.novelValues) list.push_back(static_cast<double>(v.count + 1000 * v.value.size()));
    if (f.histogram == nullptr) continue;
    list.push_back(f.histogram->scale());
    for (const auto* side : {&f.histogram->positive(), &f.histogram->negative()}) {
      list.push_back(side->counts.empty() ? 0 : side->offset);
      list.insert(list.end(), side->counts.begin(), side->counts.end());
    }
  }
  return list;
}

TEST(window, partsMergeToTheWhole) {
  const Model m = model();
  std::mt19937 random(11);
  const Baseline baseline = baselineOf(m, made(random, 800));
  for (int round = 0; round < 20; ++round) {
    std::vector<Row> rows = made(random, 3000, round);
    for (int i = 0; i < 100; ++i) rows[random() % 3000].x = Cell::of(static_cast<double>(random() % 1000) / 7);
    Window whole(m, baseline);
    add(whole, m, rows);
    std::shuffle(rows.begin(), rows.end(), random);
    Window merged = whole.another();
    for (std::size_t begin = 0; begin < rows.size();) {
      const std::size_t n = std::min<std::size_t>(rows.size() - begin, random() % 900);
      Window part = random() % 2 == 0 ? whole.another() : Window(m, baseline);
      add(part, m, std::span(rows).subspan(begin, n));
      begin += n;
      if (random() % 2 == 0) std::swap(part, merged);
      ASSERT_TRUE(merged.merge(part));
    }
    EXPECT_EQ(all(merged), all(whole)) << round;
  }
}

TEST(window, manyNovelValuesStayFew) {
  const Model m = model();
  const Baseline baseline = baselineOf(m, std::vector<Row>{{Cell::of(1.0), Cell::of("a")}});
  std::mt19937 random(12);
  std::vector<std::string> names;
  for (int i = 0; i < 2000; ++i) names.push_back(std::string(random() % 300, 'x') + std::to_string(random() % 500));
  std::vector<Row> rows;
  for (const std::string& name : names) rows.push_back({Cell::none(), Cell::of(std::string_view(name))});
  Window whole(m, baseline), first(m, baseline), second(m, baseline);
  add(whole, m, rows);
  add(first, m, std::span(rows).first(700));
  add(second, m, std::span(rows).subspan(700));
  ASSERT_TRUE(first.merge(second));
  EXPECT_EQ(all(first), all(whole));
  const FieldReport k = whole.field(indexOf(whole, "k"));
  EXPECT_EQ(k.novel, 2000u);
  EXPECT_EQ(k.novelValues.size(), 20u);
  for (const NovelValue& v : k.novelValues) EXPECT_LE(v.value.size(), 100u);
}

TEST(window, othersAreRefused) {
  const Model m = model();
  Baseline baseline;
  Window one(m, baseline);
  baseline.fields.push_back({.name = "x",
                             .edges = {1},
                             .values = {},
                             .counts = {1, 2},
                             .minimum = {},
                             .maximum = {},
                             .mean = {},
                             .deviation = {}});
  const Window two(m, baseline);
  EXPECT_EQ(one.merge(two).error().front().code, Code::badArgument);
}

TEST(window, findsDriftOnlyWhereThereIsAny) {
  const Model m = model();
  std::mt19937 random(13);
  std::normal_distribution<double> normal;
  const auto sample = [&](std::size_t n, double shift) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < n; ++i) rows.push_back({Cell::of(normal(random) + shift), Cell::of("a")});
    return rows;
  };
  const Baseline baseline = baselineOf(m, sample(3000, 0));
  for (const auto& [n, shift, isDrift] : {std::tuple(3000, 0.0, false), std::tuple(40, 0.0, false),
                                          std::tuple(3000, 1.0, true), std::tuple(200, 2.0, true)}) {
    Window w(m, baseline);
    add(w, m, sample(static_cast<std::size_t>(n), shift));
    EXPECT_EQ(w.field(indexOf(w, "x")).hasDrifted(), isDrift) << n << ' ' << shift;
    EXPECT_EQ(w.field(indexOf(w, "y")).hasDrifted(), isDrift) << n << ' ' << shift;
    EXPECT_FALSE(w.field(indexOf(w, "k")).hasDrifted());
  }
}

// ---- baselines ----

std::string stats(const std::string& field, const std::string& content) {
  return "<ModelStats><UnivariateStats field=\"" + field + "\">" + content + "</UnivariateStats></ModelStats>";
}

FieldBaseline read(const std::string& field, const std::string& content) {
  const Baseline b = Baseline::ofModel(model(stats(field, content)));
  EXPECT_EQ(b.fields.size(), 1u);
  return b.fields.empty() ? FieldBaseline{} : b.fields[0];
}

constexpr double kAfter3 = 3.0000000000000004;

TEST(baseline, ofHistograms) {
  const FieldBaseline open = read("x", R"(<Counts totalFreq="20" missingFreq="2" invalidFreq="1"/>
    <NumericInfo minimum="0" maximum="9" mean="4" standardDeviation="2"/><ContStats>
    <Interval closure="closedOpen" leftMargin="0" rightMargin="3"/><Interval closure="closedOpen" leftMargin="3" rightMargin="6"/>
    <Interval closure="closedClosed" leftMargin="6" rightMargin="9"/><Array type="int">5 6 6</Array></ContStats>)");
  EXPECT_EQ(open.edges, (std::vector<double>{3, 6}));
  EXPECT_EQ(open.counts, (std::vector<double>{5, 6, 6}));
  EXPECT_EQ(open.rows, 20);
  EXPECT_EQ(open.missing, 2);
  EXPECT_EQ(open.invalid, 1);
  EXPECT_EQ(open.minimum, 0);
  EXPECT_EQ(open.mean, 4);
  const FieldBaseline closed = read("x", R"(<ContStats><Interval closure="openClosed" leftMargin="0" rightMargin="3"/>
    <Interval closure="openClosed" leftMargin="3" rightMargin="6"/><Array type="int">5 6</Array></ContStats>)");
  EXPECT_EQ(closed.edges, std::vector<double>{kAfter3}) << "3 itself belongs to the first range";
  EXPECT_EQ(closed.rows, 11);
  const FieldBaseline points = read("x", R"(<ContStats><Interval closure="closedClosed" leftMargin="3" rightMargin="3"/>
    <Interval closure="closedClosed" leftMargin="4" rightMargin="4"/><Array type="int">7 8</Array></ContStats>)");
  EXPECT_EQ(points.edges, (std::vector<double>{kAfter3, 4})) << "between the two there is nothing";
  EXPECT_EQ(points.counts, (std::vector<double>{7, 0, 8}));
}

TEST(baseline, manyRangesAreJoined) {
  std::string intervals, counts;
  double total = 0;
  for (int i = 0; i < 90; ++i) {
    intervals += "<Interval closure=\"closedOpen\" leftMargin=\"" + std::to_string(i) + "\" rightMargin=\"" +
                 std::to_string(i + 1) + "\"/>";
    counts += std::to_string(i % 7) + " ";
    total += i % 7;
  }
  const FieldBaseline b =
      read("x", "<ContStats>" + intervals + "<Array type=\"int\">" + counts + "</Array></ContStats>");
  EXPECT_LE(b.counts.size(), FieldBaseline::kMostBins);
  EXPECT_GE(b.counts.size(), 15u);
  double sum = 0;
  for (const double n : b.counts) sum += n;
  EXPECT_EQ(sum, total);
}

TEST(baseline, ofQuantilesAndValues) {
  const FieldBaseline q = read("x", R"(<Counts totalFreq="104" missingFreq="4"/><NumericInfo minimum="0" maximum="9">
    <Quantile quantileLimit="0" quantileValue="0"/><Quantile quantileLimit="25" quantileValue="3"/>
    <Quantile quantileLimit="75" quantileValue="6"/></NumericInfo>)");
  EXPECT_EQ(q.edges, (std::vector<double>{kAfter3, std::nextafter(6.0, 7.0)}));
  EXPECT_EQ(q.counts, (std::vector<double>{25, 50, 25}));
  const FieldBaseline v =
      read("k", R"(<DiscrStats><Array type="string">b a</Array><Array type="int">3 4</Array></DiscrStats>)");
  EXPECT_EQ(v.values, (std::vector<std::string>{"a", "b"})) << "the most frequent first";
  EXPECT_EQ(v.counts, (std::vector<double>{4, 3, 0}));
  EXPECT_TRUE(v.listsAll());
}

TEST(baseline, ofRows) {
  const Model m = model();
  std::vector<Row> rows;
  for (int i = 0; i < 100; ++i)
    rows.push_back({Cell::of(static_cast<double>(i)), i % 4 == 0 ? Cell::of("b") : Cell::of("a")});
  rows.push_back({Cell::none(), Cell::none()});
  const Baseline b = baselineOf(m, rows);
  const FieldBaseline* x = b.field("x");
  ASSERT_NE(x, nullptr);
  EXPECT_EQ(x->edges, (std::vector<double>{9, 19, 29, 39, 49, 59, 69, 79, 89}));
  EXPECT_EQ(x->counts, (std::vector<double>{9, 10, 10, 10, 10, 10, 10, 10, 10, 11}));
  EXPECT_EQ(x->mean, 49.5);
  EXPECT_EQ(x->missing, 1);
  EXPECT_EQ(b.field("k")->counts, (std::vector<double>{75, 25, 0}));
  ASSERT_NE(b.result("y"), nullptr);
  EXPECT_EQ(b.result("y")->maximum, 51);
}

TEST(baseline, aFrequentValueIsARangeByItself) {
  const Model m = model();
  std::vector<Row> rows(95, {Cell::of(0.0), Cell::of("a")});
  for (int i = 0; i < 5; ++i) rows.push_back({Cell::of(5.0), Cell::of("a")});
  const Baseline b = baselineOf(m, rows);
  EXPECT_EQ(b.field("x")->counts, (std::vector<double>{95, 5}));
  const Baseline constant = baselineOf(m, std::span(rows).first(95));
  EXPECT_EQ(constant.field("x")->counts, (std::vector<double>{0, 95, 0})) << "what moves to either side is seen";
}

TEST(baseline, asJson) {
  const Model m = model();
  std::mt19937 random(14);
  Baseline b = baselineOf(m, made(random, 500));
  b.modelName = "loan \"2\"";
  const std::string json = b.json();
  const auto again = Baseline::parse(json);
  ASSERT_TRUE(again) << again.error()[0].message;
  EXPECT_EQ(again->json(), json);
  EXPECT_EQ(again->modelName, b.modelName);
  ASSERT_EQ(again->fields.size(), 2u);
  EXPECT_EQ(again->field("x")->edges, b.field("x")->edges) << "numbers come back to the bit";
  EXPECT_EQ(again->field("x")->deviation, b.field("x")->deviation);
}

TEST(baseline, whatIsNoneIsRefused) {
  const auto refused = [](const std::string& json, std::string_view words) {
    const auto parsed = Baseline::parse(json);
    ASSERT_FALSE(parsed) << json;
    EXPECT_NE(parsed.error()[0].message.find(words), std::string::npos) << parsed.error()[0].message;
  };
  const auto field = [](const std::string& content) {
    return R"({"format":"scorelet-baseline/1","fields":[{"name":"x","kind":"number",)" + content + "}]}";
  };
  refused("", "byte 0");
  refused("{}", "\"format\" is not");
  refused(R"({"format":"scorelet-baseline/2"})", "\"format\" is not");
  refused(R"({"format":"scorelet-baseline/1"} x)", "byte");
  refused(field(R"("edges":[1,2],"counts":[1,2])"), "2 numbers, not 3");
  refused(field(R"("edges":[1,2])"), "missing");
  refused(field(R"("edges":[2,1],"counts":[1,2,3])"), "do not ascend");
  refused(field(R"("edges":[1],"counts":[1,-2])"), "below 0");
  refused(field(R"("edges":[1e999],"counts":[1,2])"), "byte");
  refused(R"({"format":"scorelet-baseline/1","fields":[{"name":"x","kind":"word"}]})", "no kind");
  refused(R"({"format":"scorelet-baseline/1","fields":[{"kind":"number"}]})", "no \"name\"");
  refused(R"({"format":"scorelet-baseline/1","results":[{"name":"x","kind":"number"},{"name":"x","kind":"number"}]})",
          "twice");
  refused(
      R"({"format":"scorelet-baseline/1","fields":[{"name":"k","kind":"category","values":["a","a"],"counts":[1,2,3]}]})",
      "twice");
}

}  // namespace
}  // namespace scorelet::telemetry
