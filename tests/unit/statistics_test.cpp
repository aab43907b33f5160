// ModelStats as part of a field's description; wrong numbers are left out with a note, never a reason to refuse.
#include <scorelet/records.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet::test {
namespace {

/// y = x, with k beside it; `stats` stands in the model.
std::string document(const std::string& stats, const std::string& inner = {}) {
  return pmml(R"(<DataField name="x" optype="continuous" dataType="double"/>
     <DataField name="k" optype="categorical" dataType="string">
       <Value value="a"/><Value value="b c"/><Value value="?" property="missing"/></DataField>
     <DataField name="y" optype="continuous" dataType="double"/>)",
              R"(<MiningModel functionName="regression"><MiningSchema><MiningField name="x"/><MiningField name="k"/>
     <MiningField name="y" usageType="target"/></MiningSchema>)" +
                  stats + R"(<Segmentation multipleModelMethod="sum"><Segment><True/>
     <RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>)" +
                  inner +
                  R"(<RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
     </RegressionModel></Segment></Segmentation></MiningModel>)");
}

std::string modelStats(const std::string& field, const std::string& content, const std::string& attributes = {}) {
  return "<ModelStats><UnivariateStats field=\"" + field + "\" " + attributes + ">" + content +
         "</UnivariateStats></ModelStats>";
}

Model loaded(const std::string& pmml) {
  auto model = Model::load(pmml);
  EXPECT_TRUE(model) << (model ? "" : listed(model.error()));
  return std::move(*model);
}

const InputField& inputOf(const Model& model, const std::string& name) {
  return model.inputs()[static_cast<std::size_t>(model.inputIndex(name))];
}

/// What is read of the field x, or k.
FieldStatistics read(const std::string& content, const std::string& field = "x") {
  const Model model = loaded(document(modelStats(field, content)));
  EXPECT_TRUE(model.notes().empty()) << listed(model.notes());
  EXPECT_TRUE(inputOf(model, field).statistics);
  return *inputOf(model, field).statistics;
}

/// The same where a note says `words`.
FieldStatistics readWithNote(const std::string& content, std::string_view words, const std::string& field = "x") {
  const Model model = loaded(document(modelStats(field, content)));
  EXPECT_TRUE(says(model.notes(), Code::badValue, words)) << words << ", not\n" << listed(model.notes());
  for (const Diagnostic& d : model.notes()) EXPECT_EQ(d.severity, Severity::note);
  return *inputOf(model, field).statistics;
}

std::vector<std::pair<double, double>> pairsOf(const std::vector<FieldStatistics::Quantile>& quantiles) {
  std::vector<std::pair<double, double>> pairs;
  for (const auto& q : quantiles) pairs.emplace_back(q.limit, q.value);
  return pairs;
}

std::vector<std::pair<std::string, double>> pairsOf(const std::vector<FieldStatistics::ValueFrequency>& values) {
  std::vector<std::pair<std::string, double>> pairs;
  for (const auto& v : values) pairs.emplace_back(v.value, v.frequency);
  return pairs;
}

std::string interval(const std::string& left, const std::string& right, const std::string& closure = "closedOpen") {
  return "<Interval closure=\"" + closure + "\"" + (left.empty() ? "" : " leftMargin=\"" + left + "\"") +
         (right.empty() ? "" : " rightMargin=\"" + right + "\"") + "/>";
}

std::string histogram(const std::string& intervals, const std::string& frequencies) {
  return "<ContStats>" + intervals + "<Array type=\"int\">" + frequencies + "</Array></ContStats>";
}

std::string discrete(const std::string& values, const std::string& frequencies) {
  return "<DiscrStats>" + (values.empty() ? "" : "<Array type=\"string\">" + values + "</Array>") +
         "<Array type=\"int\">" + frequencies + "</Array></DiscrStats>";
}

TEST(Statistics, FieldsWithoutHaveNone) {
  const Model model = loaded(document(modelStats("k", "")));
  EXPECT_FALSE(inputOf(model, "x").statistics);
  EXPECT_TRUE(inputOf(model, "k").statistics);
}

TEST(Statistics, CountsAndNumbers) {
  const FieldStatistics s = read(
      R"(<Counts totalFreq="100" missingFreq="7" invalidFreq="3" cardinality="42"/>
         <NumericInfo minimum="-1" maximum="9" mean="4.5" standardDeviation="2.25" median="4" interQuartileRange="3">
           <Quantile quantileLimit="75" quantileValue="6"/><Quantile quantileLimit="25" quantileValue="3"/></NumericInfo>)");
  EXPECT_FALSE(s.isWeighted);
  EXPECT_EQ(s.total, 100);
  EXPECT_EQ(s.missing, 7);
  EXPECT_EQ(s.invalid, 3);
  EXPECT_EQ(s.cardinality, 42);
  EXPECT_EQ(s.minimum, -1);
  EXPECT_EQ(s.maximum, 9);
  EXPECT_EQ(s.mean, 4.5);
  EXPECT_EQ(s.standardDeviation, 2.25);
  EXPECT_EQ(s.median, 4);
  EXPECT_EQ(s.interQuartileRange, 3);
  EXPECT_EQ(pairsOf(s.quantiles), (std::vector<std::pair<double, double>>{{25, 3}, {75, 6}}));
}

TEST(Statistics, OfTargetsToo) {
  const Model model = loaded(document(modelStats("y", "<NumericInfo mean=\"2\"/>")));
  ASSERT_TRUE(model.targets()[0].statistics);
  EXPECT_EQ(model.targets()[0].statistics->mean, 2);
}

TEST(Statistics, Weighted) {
  const Model model = loaded(document(modelStats("x", "<Counts totalFreq=\"10.5\"/>", "weighted=\"1\"")));
  EXPECT_TRUE(inputOf(model, "x").statistics->isWeighted);
  EXPECT_EQ(inputOf(model, "x").statistics->total, 10.5);
}

TEST(Statistics, OnlyOfTheScoredModelItself) {
  EXPECT_FALSE(inputOf(loaded(document("", modelStats("x", "<NumericInfo mean=\"1\"/>"))), "x").statistics);
  const std::string extension = "<Extension>" + modelStats("x", "<NumericInfo mean=\"1\"/>") + "</Extension>";
  const std::string stats = document("");
  const std::size_t schema = stats.find("<MiningSchema>");
  EXPECT_FALSE(inputOf(loaded(stats.substr(0, schema) + extension + stats.substr(schema)), "x").statistics);
}

TEST(Statistics, HistogramInAnyOrderWithGaps) {
  const FieldStatistics s = read(histogram(interval("10", "20") + interval("0", "5") + interval("5", "8"), "1 2 3"));
  EXPECT_EQ(s.histogram.edges, (std::vector<double>{0, 5, 8, 10, 20}));
  EXPECT_EQ(s.histogram.frequencies, (std::vector<double>{2, 3, 0, 1}));
  EXPECT_FALSE(s.histogram.isRightClosed);
}

TEST(Statistics, HistogramOfSingleValues) {
  const FieldStatistics s =
      read(histogram(interval("1", "1", "closedClosed") + interval("2", "2", "closedClosed"), "4 6"));
  EXPECT_EQ(s.histogram.edges, (std::vector<double>{1, 1, 2, 2}));
  EXPECT_EQ(s.histogram.frequencies, (std::vector<double>{4, 0, 6}));
}

TEST(Statistics, HistogramClosedOnTheRight) {
  EXPECT_TRUE(read(histogram(interval("0", "1", "closedClosed") + interval("1", "2", "openClosed"), "1 1"))
                  .histogram.isRightClosed);
}

TEST(Statistics, HistogramsEndAtTheExtremes) {
  const std::string open = histogram(interval("", "0", "openOpen") + interval("0", ""), "1 2");
  EXPECT_EQ(read("<NumericInfo minimum=\"-3\" maximum=\"4\"/>" + open).histogram.edges,
            (std::vector<double>{-3, 0, 4}));
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(read(open).histogram.edges, (std::vector<double>{-infinity, 0, infinity}));
}

TEST(Statistics, Values) {
  const FieldStatistics s = read(discrete("\"b c\" a", "30 70"), "k");
  EXPECT_EQ(pairsOf(s.values), (std::vector<std::pair<std::string, double>>{{"b c", 30}, {"a", 70}}));
}

TEST(Statistics, ValuesOfTheFieldWhereNoneAreListed) {
  EXPECT_EQ(pairsOf(read(discrete("", "3 1"), "k").values),
            (std::vector<std::pair<std::string, double>>{{"a", 3}, {"b c", 1}}));
}

TEST(Statistics, NumbersAsValues) {
  const FieldStatistics s =
      read(R"(<DiscrStats modalValue="2"><Array type="int">1 2</Array><Array type="int">5 6</Array></DiscrStats>)");
  EXPECT_EQ(pairsOf(s.values), (std::vector<std::pair<std::string, double>>{{"1", 5}, {"2", 6}}));
  EXPECT_EQ(s.modalValue, "2");
}

TEST(Statistics, ValuesWithoutFrequenciesSayNothing) {
  EXPECT_TRUE(read("<DiscrStats><Array type=\"string\">a b</Array></DiscrStats>", "k").values.empty());
}

TEST(Statistics, WrongNumbersAreLeftOut) {
  EXPECT_FALSE(readWithNote("<Counts totalFreq=\"many\"/>", "not a finite number").total);
  EXPECT_FALSE(readWithNote("<Counts totalFreq=\"INF\"/>", "not a finite number").total);
  EXPECT_FALSE(readWithNote("<Counts totalFreq=\"-1\"/>", "cannot be negative").total);
  EXPECT_FALSE(readWithNote("<NumericInfo standardDeviation=\"-1\"/>", "cannot be negative").standardDeviation);
  EXPECT_FALSE(readWithNote("<NumericInfo mean=\"NaN\"/>", "not a finite number").mean);
  EXPECT_EQ(readWithNote("<NumericInfo mean=\"x\" median=\"3\"/>", "not a finite number").median, 3);
}

TEST(Statistics, CountsThatContradictAreLeftOut) {
  EXPECT_FALSE(readWithNote("<Counts totalFreq=\"10\" missingFreq=\"6\" invalidFreq=\"5\"/>", "more than").total);
  const FieldStatistics s = readWithNote(
      "<Counts totalFreq=\"10\" missingFreq=\"2\"/>" + histogram(interval("0", "1") + interval("1", "2"), "5 4"),
      "more than totalFreq");
  EXPECT_FALSE(s.total || s.missing);
  EXPECT_EQ(s.histogram.frequencies, (std::vector<double>{5, 4}));
  EXPECT_FALSE(readWithNote("<Counts totalFreq=\"10\"/>" + discrete("a \"b c\"", "5 6"), "more than", "k").total);
}

TEST(Statistics, NumbersThatContradictAreLeftOut) {
  const FieldStatistics s = readWithNote("<NumericInfo minimum=\"2\" maximum=\"1\" mean=\"5\"/>", "above the maximum");
  EXPECT_FALSE(s.minimum || s.maximum);
  EXPECT_EQ(s.mean, 5);
  EXPECT_FALSE(readWithNote("<NumericInfo minimum=\"0\" maximum=\"1\" mean=\"2\"/>", "outside").mean);
  EXPECT_FALSE(readWithNote("<NumericInfo minimum=\"0\" maximum=\"1\" median=\"-2\"/>", "outside").median);
}

TEST(Statistics, QuantilesThatContradictAreLeftOut) {
  const auto quantiles = [](const std::string& a, const std::string& b, const std::string& c, const std::string& d) {
    return R"(<NumericInfo minimum="0" maximum="10"><Quantile quantileLimit=")" + a + R"(" quantileValue=")" + b +
           R"("/><Quantile quantileLimit=")" + c + R"(" quantileValue=")" + d + R"("/></NumericInfo>)";
  };
  EXPECT_TRUE(readWithNote(quantiles("25", "5", "75", "4"), "contradict").quantiles.empty());
  EXPECT_TRUE(readWithNote(quantiles("25", "5", "25", "4"), "contradict").quantiles.empty());
  EXPECT_EQ(readWithNote(quantiles("25", "5", "101", "6"), "from 0 to 100").quantiles.size(), 1u);
  EXPECT_EQ(readWithNote(quantiles("25", "5", "75", "11"), "between minimum").quantiles.size(), 1u);
}

TEST(Statistics, HistogramsThatContradictAreLeftOut) {
  const auto isLeftOut = [](const std::string& content, std::string_view words) {
    return readWithNote(content, words).histogram.edges.empty();
  };
  EXPECT_TRUE(isLeftOut(histogram(interval("0", "2") + interval("1", "3"), "1 1"), "overlap"));
  EXPECT_TRUE(isLeftOut(histogram(interval("2", "1"), "1"), "holds nothing"));
  EXPECT_TRUE(isLeftOut(histogram(interval("x", "1"), "1"), "holds nothing"));
  EXPECT_TRUE(isLeftOut(histogram(interval("", ""), "1"), "no ends"));
  EXPECT_TRUE(isLeftOut(histogram(interval("0", "1"), "1 2"), "2 frequencies of 1"));
  EXPECT_TRUE(isLeftOut(histogram("", "1 2"), "2 frequencies of 0"));
  EXPECT_TRUE(isLeftOut(histogram(interval("0", "1"), "-1"), "is no frequency"));
  EXPECT_TRUE(isLeftOut(histogram(interval("0", "1"), "0"), "add up to nothing"));
  EXPECT_TRUE(isLeftOut("<NumericInfo minimum=\"5\"/>" + histogram(interval("0", "1"), "1"), "outside minimum"));
}

TEST(Statistics, ValuesThatContradictAreLeftOut) {
  EXPECT_TRUE(readWithNote(discrete("a a", "1 2"), "counted twice", "k").values.empty());
  EXPECT_TRUE(readWithNote(discrete("a b", "1"), "1 frequencies of 2", "k").values.empty());
  EXPECT_TRUE(readWithNote(discrete("a \"b", "1 2"), "not closed", "k").values.empty());
  EXPECT_TRUE(
      readWithNote("<DiscrStats><Array type=\"int\" n=\"3\">1 2</Array></DiscrStats>", "not n=3", "k").values.empty());
}

TEST(Statistics, TextsHaveNoNumbers) {
  EXPECT_FALSE(readWithNote("<NumericInfo mean=\"1\"/>", "no numbers", "k").mean);
  EXPECT_TRUE(readWithNote(histogram(interval("0", "1"), "1"), "no numbers", "k").histogram.edges.empty());
}

TEST(Statistics, TheFirstOfSeveralCounts) {
  const Model model = loaded(document(
      R"(<ModelStats><UnivariateStats field="x"><NumericInfo mean="1"/></UnivariateStats>
         <UnivariateStats field="x"><NumericInfo mean="2"/></UnivariateStats></ModelStats>)"));
  EXPECT_EQ(inputOf(model, "x").statistics->mean, 1);
  EXPECT_TRUE(says(model.notes(), Code::badValue, "already"));
}

TEST(Statistics, InTheDescription) {
  const std::string json =
      loaded(document(modelStats("x", R"(<Counts totalFreq="5" missingFreq="1"/>
       <NumericInfo mean="0.5"><Quantile quantileLimit="50" quantileValue="0.25"/></NumericInfo>)" +
                                          histogram(interval("", "1") + interval("1", "2"), "1 3"))))
          .describeJson();
  EXPECT_NE(json.find(R"("statistics":{"isWeighted":false,"total":5,"missing":1,"mean":0.5,)"
                      R"("quantiles":[{"limit":50,"value":0.25}],)"
                      R"("histogram":{"edges":[null,1,2],"frequencies":[1,3],"isRightClosed":false},"values":[]}})"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace scorelet::test
