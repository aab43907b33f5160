// Background records made from a model's description: expected values are worked out by hand.
#include <algorithm>

#include <scorelet/background.hpp>
#include <scorelet/explain.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet::test {
namespace {

using Source = Background::Source;

/// A model whose prediction depends on x, and not on u.
struct Parts {
  std::string domain;      ///< of x
  std::string statistics;  ///< content of x's UnivariateStats
  std::string dataType = "double", opType = "continuous";
  std::string treatment;  ///< attributes of x's MiningField
  std::string after;      ///< elements behind the MiningSchema
};

Model modelOf(const Parts& parts) {
  const std::string stats =
      "<ModelStats><UnivariateStats field=\"x\">" + parts.statistics + "</UnivariateStats></ModelStats>";
  const std::string predictor = parts.opType == "continuous"
                                    ? R"(<NumericPredictor name="x" coefficient="1"/>)"
                                    : "<CategoricalPredictor name=\"x\" coefficient=\"1\" value=\"" +
                                          std::string(parts.dataType == "boolean" ? "true" : "a") + "\"/>";
  auto model = Model::load(pmml(
      "<DataField name=\"x\" optype=\"" + parts.opType + "\" dataType=\"" + parts.dataType + "\">" + parts.domain +
          R"(</DataField><DataField name="u" optype="continuous" dataType="double"/>
               <DataField name="y" optype="continuous" dataType="double"/>)",
      R"(<RegressionModel functionName="regression"><MiningSchema><MiningField name="x" )" + parts.treatment +
          R"(/><MiningField name="u"/><MiningField name="y" usageType="target"/></MiningSchema>)" + stats +
          "<RegressionTable intercept=\"0\">" + predictor + "</RegressionTable>" + parts.after + "</RegressionModel>"));
  EXPECT_TRUE(model) << (model ? "" : listed(model.error()));
  return std::move(*model);
}

Background backgroundOf(const Model& model, std::size_t records, std::uint64_t seed = 1) {
  auto background = Background::fromDescription(model, {records, seed});
  EXPECT_TRUE(background) << (background ? "" : listed(background.error()));
  return std::move(*background);
}

std::vector<Cell> cellsOf(const Background& background) {
  const Batch batch = background.batch();
  EXPECT_EQ(batch.columns[0].kind, Column::Kind::cells);
  return {batch.columns[0].cells, batch.columns[0].cells + batch.rows};
}

void expectSource(const Background& background, Source source) {
  EXPECT_EQ(backgroundSourceName(background.source(0)), backgroundSourceName(source));
}

/// The numbers of x in ascending order.
void expectNumbers(const Parts& parts, Source source, const std::vector<double>& expected) {
  const Background background = backgroundOf(modelOf(parts), expected.size());
  expectSource(background, source);
  std::vector<double> numbers;
  for (const Cell& cell : cellsOf(background)) {
    ASSERT_EQ(cell.kind, Cell::Kind::number);
    numbers.push_back(cell.number);
  }
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(numbers[i], expected[i], 1e-12) << i;
}

/// The texts of x in ascending order; a missing one is "-".
void expectTexts(const Parts& parts, Source source, const std::vector<std::string>& expected) {
  const Background background = backgroundOf(modelOf(parts), expected.size());
  expectSource(background, source);
  std::vector<std::string> texts;
  for (const Cell& cell : cellsOf(background))
    texts.emplace_back(cell.kind == Cell::Kind::missing ? "-" : std::string(cell.text));
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(texts, expected);
}

Parts categories(const std::string& statistics, const std::string& domain = {}) {
  return {.domain = domain, .statistics = statistics, .dataType = "string", .opType = "categorical"};
}

const std::string kThreeToSeven =
    R"(<DiscrStats><Array type="string">a b</Array><Array type="int">30 70</Array></DiscrStats>)";
const std::string kRanges = R"(<ContStats><Interval closure="closedOpen" leftMargin="0" rightMargin="10"/>
    <Interval closure="closedClosed" leftMargin="10" rightMargin="20"/><Array type="int">1 3</Array></ContStats>)";

TEST(Background, Frequencies) {
  expectTexts(categories(kThreeToSeven), Source::frequencies, {"a", "a", "a", "b", "b", "b", "b", "b", "b", "b"});
}

TEST(Background, MissingInProportion) {
  // 25 of 125 are missing: 2 of 10, and of the other 8 the shares are 0.3 and 0.7.
  Parts parts = categories("<Counts totalFreq=\"135\" missingFreq=\"25\" invalidFreq=\"10\"/>" + kThreeToSeven);
  expectTexts(parts, Source::frequencies, {"-", "-", "a", "a", "b", "b", "b", "b", "b", "b"});
  parts.treatment = "missingValueTreatment=\"returnInvalid\"";
  expectTexts(parts, Source::frequencies, {"a", "a", "a", "b", "b", "b", "b", "b", "b", "b"});
}

TEST(Background, OnlyValidValuesHaveFrequencies) {
  expectTexts(categories(kThreeToSeven, R"(<Value value="b" property="invalid"/>)"), Source::frequencies, {"a", "a"});
  expectTexts(categories(kThreeToSeven, R"(<Value value="a"/>)"), Source::frequencies, {"a", "a"});
}

TEST(Background, Histogram) {
  expectNumbers({.statistics = kRanges}, Source::histogram, {5, 10 + 10 / 6.0, 15, 10 + 50 / 6.0});
  // 0 to 9 once, 10 to 20 thrice; whole numbers at the middle of each quarter.
  expectNumbers({.statistics = kRanges, .dataType = "integer"}, Source::histogram, {5, 11, 15, 19});
}

TEST(Background, HistogramOfSingleValues) {
  expectNumbers({.statistics = R"(<ContStats><Interval closure="closedClosed" leftMargin="1.5" rightMargin="1.5"/>
      <Interval closure="closedClosed" leftMargin="7" rightMargin="7"/><Array type="int">2 2</Array></ContStats>)"},
                Source::histogram, {1.5, 1.5, 7, 7});
}

TEST(Background, HistogramWithoutEnds) {
  expectNumbers({.statistics = R"(<ContStats><Interval closure="openOpen" rightMargin="0"/>
      <Interval closure="closedOpen" leftMargin="0" rightMargin="8"/><Array type="int">1 1</Array></ContStats>)"},
                Source::histogram, {0, 0, 2, 6});
}

TEST(Background, Quantiles) {
  const std::string quartiles = R"(<Quantile quantileLimit="25" quantileValue="10"/>
      <Quantile quantileLimit="75" quantileValue="20"/></NumericInfo>)";
  expectNumbers({.statistics = "<NumericInfo minimum=\"0\" maximum=\"40\">" + quartiles}, Source::quantiles,
                {5, 12.5, 17.5, 30});
  expectNumbers({.statistics = "<NumericInfo>" + quartiles}, Source::quantiles, {10, 12.5, 17.5, 20});
}

TEST(Background, Normal) {
  const double z = 0.67448975019608174;  // of the share 0.75
  expectNumbers({.statistics = "<NumericInfo mean=\"10\" standardDeviation=\"2\"/>"}, Source::normal,
                {10 - 2 * z, 10 + 2 * z});
  expectNumbers({.statistics = "<NumericInfo minimum=\"9\" mean=\"10\" standardDeviation=\"2\"/>"}, Source::normal,
                {9, 10 + 2 * z});
  expectNumbers({.domain = "<Interval closure=\"closedClosed\" leftMargin=\"0\" rightMargin=\"11\"/>",
                 .statistics = "<NumericInfo mean=\"10\" standardDeviation=\"2\"/>"},
                Source::normal, {10 - 2 * z, 11});
}

TEST(Background, Range) {
  expectNumbers({.statistics = "<NumericInfo minimum=\"0\" maximum=\"8\"/>"}, Source::range, {1, 3, 5, 7});
  expectNumbers({.statistics = "<NumericInfo minimum=\"0\" maximum=\"8\" median=\"2\"/>"}, Source::range,
                {0.5, 1.5, 3.5, 6.5});
}

TEST(Background, ValuesWithoutStatistics) {
  expectTexts(categories("", R"(<Value value="a"/><Value value="b"/><Value value="?" property="missing"/>)"),
              Source::values, {"a", "a", "b", "b"});
  expectTexts({.dataType = "boolean", .opType = "categorical"}, Source::values, {"false", "true"});
}

TEST(Background, IntervalsWithoutStatistics) {
  const std::string two = R"(<Interval closure="closedClosed" leftMargin="0" rightMargin="1"/>
                             <Interval closure="closedClosed" leftMargin="10" rightMargin="13"/>)";
  expectNumbers({.domain = two}, Source::interval, {0.5, 10.5, 11.5, 12.5});
  expectNumbers({.domain = two, .dataType = "integer"}, Source::interval, {0, 1, 10, 11, 12, 13});
  expectNumbers(
      {.domain = "<Interval closure=\"openOpen\" leftMargin=\"0\" rightMargin=\"4\"/>", .dataType = "integer"},
      Source::interval, {1, 2, 3});
}

TEST(Background, Replacement) {
  expectTexts({.treatment = "missingValueReplacement=\"7\""}, Source::replacement, {"7", "7"});
}

TEST(Background, RefusedByNameWhereNothingIsKnown) {
  for (const std::string domain : {"", "<Interval closure=\"closedOpen\" leftMargin=\"0\"/>"}) {
    const auto background = Background::fromDescription(modelOf({.domain = domain}));
    ASSERT_FALSE(background);
    EXPECT_EQ(background.error().size(), 1u);
    EXPECT_EQ(background.error()[0].field, "x");
    EXPECT_TRUE(says(background.error(), Code::unsupported, "statistics of \"x\""));
  }
}

TEST(Background, NoRecordsAreNoBackground) {
  EXPECT_FALSE(Background::fromDescription(modelOf({.statistics = kRanges}), {.records = 0}));
}

TEST(Background, FieldsWithoutEffectAreMissing) {
  const Background background = backgroundOf(modelOf({.statistics = kRanges}), 3);
  EXPECT_EQ(background.source(1), Source::none);
  EXPECT_EQ(background.batch().columns[1].kind, Column::Kind::absent);
  EXPECT_EQ(background.note(1), "\"u\" is missing in every record.");
}

TEST(Background, TheSeedIsTheOrder) {
  const Model model = modelOf({.statistics = kRanges});
  const auto numbers = [&](std::uint64_t seed) {
    std::vector<double> out;
    for (const Cell& cell : cellsOf(backgroundOf(model, 50, seed))) out.push_back(cell.number);
    return out;
  };
  std::vector<double> one = numbers(1), two = numbers(2);
  EXPECT_EQ(one, numbers(1));
  EXPECT_NE(one, two);
  EXPECT_FALSE(std::is_sorted(one.begin(), one.end()));
  std::sort(one.begin(), one.end());
  std::sort(two.begin(), two.end());
  EXPECT_EQ(one, two);
}

TEST(Background, HostileNumbersMakeNoNonsense) {
  expectNumbers({.statistics = "<NumericInfo minimum=\"-1e308\" maximum=\"1e308\"/>"}, Source::range,
                {-0.5e308, 0.5e308});
  expectNumbers({.statistics = "<NumericInfo mean=\"1e308\" standardDeviation=\"1e308\" maximum=\"1e308\"/>"},
                Source::normal, {1e308 * (1 - 0.67448975019608174), 1e308});
}

TEST(Background, Verification) {
  const Background background =
      *Background::fromVerification(modelOf({.after = R"(<ModelVerification><VerificationFields>
      <VerificationField field="x"/><VerificationField field="y"/></VerificationFields><InlineTable>
      <row><x>2</x><y>2</y></row><row><y>0</y></row></InlineTable></ModelVerification>)"}));
  ASSERT_EQ(background.records(), 2u);
  EXPECT_EQ(background.source(0), Source::verification);
  EXPECT_EQ(background.source(1), Source::none);
  EXPECT_EQ(cellsOf(background)[0].text, "2");
  EXPECT_EQ(cellsOf(background)[1].kind, Cell::Kind::missing);
}

TEST(Background, WithoutVerificationRecords) {
  const auto background = Background::fromVerification(modelOf({}));
  ASSERT_FALSE(background);
  EXPECT_TRUE(says(background.error(), Code::unsupported, "ModelVerification"));
}

TEST(Background, ExplanationsCompareWithIt) {
  const Model model = modelOf({.statistics = kRanges});
  const auto explainer = Explainer::create(model, backgroundOf(model, 4).batch(), {});
  ASSERT_TRUE(explainer) << listed(explainer.error());
  EXPECT_NEAR(explainer->base(), (5 + 10 + 10 / 6.0 + 15 + 10 + 50 / 6.0) / 4, 1e-12);
}

}  // namespace
}  // namespace scorelet::test
