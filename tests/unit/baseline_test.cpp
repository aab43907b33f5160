// BaselineModel: what is refused, and why; windows over a long stream.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectRefused;

std::string document(std::string_view attributes, std::string_view inside, std::string_view function = "regression") {
  return test::pmml(
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"w\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"s\" optype=\"categorical\" dataType=\"string\"/>"
      "<DataField name=\"v\" optype=\"categorical\" dataType=\"string\"/>",
      "<BaselineModel functionName=\"" + std::string(function) +
          "\"><MiningSchema><MiningField name=\"x\"/><MiningField name=\"w\"/><MiningField name=\"s\"/><MiningField "
          "name=\"v\"/></MiningSchema><TestDistributions " +
          std::string(attributes) + ">" + std::string(inside) + "</TestDistributions></BaselineModel>");
}

std::string baseline(std::string_view inside) { return "<Baseline>" + std::string(inside) + "</Baseline>"; }

const std::string gaussian = "<GaussianDistribution mean=\"0\" variance=\"1\"/>";
const std::string table =
    "<CountTable><FieldValueCount field=\"s\" value=\"a\" count=\"1\"/><FieldValueCount field=\"s\" value=\"b\" "
    "count=\"2\"/></CountTable>";

TEST(baseline, attributes) {
  expectRefused(document("field=\"x\"", baseline(gaussian)), Code::missingAttribute, "testStatistic");
  expectRefused(document("testStatistic=\"zValue\"", baseline(gaussian)), Code::missingAttribute, "field");
  expectRefused(document("field=\"q\" testStatistic=\"zValue\"", baseline(gaussian)), Code::unresolvedField, "q");
  expectRefused(document("field=\"x\" testStatistic=\"tValue\"", baseline(gaussian)), Code::badValue, "tValue");
  expectRefused(document("field=\"s\" testStatistic=\"zValue\"", baseline(gaussian)), Code::typeMismatch, "numeric");
  expectRefused(document("field=\"x\" testStatistic=\"zValue\" weightField=\"w\"", baseline(gaussian)),
                Code::unsupported, "weights");
  expectRefused(document("field=\"x\" testStatistic=\"zValue\" windowSize=\"-1\"", baseline(gaussian)), Code::badValue,
                "windowSize");
  expectRefused(document("field=\"s\" testStatistic=\"chiSquareDistribution\" weightField=\"v\"", baseline(table)),
                Code::typeMismatch, "number");
  expectRefused(document("field=\"s\" testStatistic=\"scalarProduct\" normalizationScheme=\"L2\"", baseline(table)),
                Code::badValue, "L2");
  LoadOptions options;
  options.limits.listItems = 10;
  expectRefused(document("field=\"x\" testStatistic=\"zValue\" windowSize=\"11\"", baseline(gaussian)),
                Code::limitReached, "listItems", options);
}

TEST(baseline, distributions) {
  const std::string z = "field=\"x\" testStatistic=\"zValue\"", cusum = "field=\"x\" testStatistic=\"CUSUM\"";
  expectRefused(document(z, ""), Code::missingElement, "Baseline");
  expectRefused(document(z, baseline(table)), Code::missingElement, "GaussianDistribution");
  expectRefused(document(z, baseline("<GaussianDistribution mean=\"0\" variance=\"0\"/>")), Code::badValue, "variance");
  expectRefused(document(z, baseline("<PoissonDistribution mean=\"0\"/>")), Code::badValue, "Poisson");
  expectRefused(document(z, baseline("<UniformDistribution lower=\"1\" upper=\"1\"/>")), Code::badValue, "lower");
  expectRefused(document(z, baseline(gaussian + gaussian)), Code::duplicateName, "one distribution");
  expectRefused(document(cusum, baseline(gaussian)), Code::missingElement, "Alternate");
  expectRefused(document(cusum, baseline("<AnyDistribution mean=\"0\" variance=\"1\"/>") + "<Alternate>" + gaussian +
                                    "</Alternate>"),
                Code::unsupported, "density");
  expectRefused(document(z, baseline(gaussian) + "<Extension><X-ODG-BinsOfInterest/></Extension>"), Code::unsupported,
                "bins");
}

TEST(baseline, count_tables) {
  const std::string chi = "field=\"s\" testStatistic=\"chiSquareDistribution\"";
  const auto counts = [](std::string_view inside) {
    return baseline("<CountTable>" + std::string(inside) + "</CountTable>");
  };
  expectRefused(document(chi, baseline(gaussian)), Code::missingElement, "CountTable");
  expectRefused(document(chi, counts("")), Code::missingElement, "FieldValueCount");
  expectRefused(document(chi, counts("<FieldValueCount field=\"s\" value=\"a\" count=\"-1\"/>")), Code::badValue,
                "negative");
  expectRefused(document(chi, counts("<FieldValueCount field=\"s\" value=\"a\" count=\"0\"/>")), Code::badValue, "0");
  expectRefused(document(chi, counts("<FieldValueCount field=\"v\" value=\"a\" count=\"1\"/>")), Code::badValue,
                "names");
  expectRefused(
      document(chi, counts("<FieldValueCount field=\"s\" value=\"a\" count=\"1\"/><FieldValueCount field=\"s\" "
                           "value=\"a\" count=\"2\"/>")),
      Code::duplicateName, "twice");
  expectRefused(
      document(chi, counts("<FieldValueCount field=\"s\" value=\"a\" count=\"1\"/><FieldValueCount field=\"v\" "
                           "value=\"a\" count=\"2\"/>")),
      Code::badValue, "same fields");
  expectRefused(
      document(chi, counts("<FieldValueCount field=\"s\" value=\"a\" count=\"1\"/><FieldValue field=\"s\" "
                           "value=\"b\"><FieldValueCount field=\"v\" value=\"c\" count=\"1\"/></FieldValue>")),
      Code::badValue, "same fields");
}

TEST(baseline, independence) {
  const std::string chi = "field=\"s\" testStatistic=\"chiSquareIndependence\"";
  expectRefused(document(chi, baseline("<FieldRef field=\"s\"/>")), Code::missingElement, "two or more");
  expectRefused(document(chi, baseline(table)), Code::badValue, "two or more");
  const std::string two =
      "<FieldValue field=\"s\" value=\"a\"><FieldValueCount field=\"v\" value=\"c\" count=\"0.5\"/></FieldValue>"
      "<FieldValue field=\"s\" value=\"b\"><FieldValueCount field=\"v\" value=\"c\" count=\"0.5\"/></FieldValue>";
  expectRefused(document(chi, baseline("<NormalizedCountTable>" + two + "</NormalizedCountTable>")),
                Code::missingAttribute, "sample");
  expectRefused(document(chi + " windowSize=\"4\"", baseline("<CountTable>" + two + "</CountTable>")),
                Code::unsupported, "as it stands");
}

TEST(baseline, faulty_tables_end_in_diagnostics) {
  const std::string chi = "field=\"s\" testStatistic=\"chiSquareIndependence\"";
  const auto given = [&](std::string_view inside) {
    return document(chi, baseline("<CountTable>" + std::string(inside) + "</CountTable>"));
  };
  const auto cell = [](std::string_view s, std::string_view v, std::string_view count) {
    return "<FieldValue field=\"s\" value=\"" + std::string(s) + "\"><FieldValueCount field=\"v\" value=\"" +
           std::string(v) + "\" count=\"" + std::string(count) + "\"/></FieldValue>";
  };
  EXPECT_TRUE(Model::load(given(cell("a", "c", "1") + cell("b", "c", "1"))).has_value());
  expectRefused(given(cell("a", "c", "1") + cell("a", "c", "1")), Code::duplicateName, "twice");
  expectRefused(given(cell("a", "c", "1e308") + cell("b", "d", "1e308") + cell("b", "c", "1e308")), Code::badValue,
                "no number");
  expectRefused(given("<FieldValue field=\"s\" value=\"a\"><FieldValue field=\"v\" value=\"c\"><FieldValue field=\"x\" "
                      "value=\"1\"/></FieldValue><FieldValueCount field=\"v\" value=\"d\" count=\"1\"/></FieldValue>"),
                Code::missingElement, "FieldValueCount");
}

TEST(baseline, words_of_a_producer_are_understood_with_a_warning) {
  const auto model = Model::load(document("field=\"x\" testStatistic=\"zScore\"", baseline(gaussian)));
  ASSERT_TRUE(model.has_value());
  EXPECT_TRUE(std::ranges::any_of(model->notes(), [](const Diagnostic& d) { return d.severity == Severity::warning; }));
}

TEST(baseline, is_stateful_only_where_rows_matter) {
  const auto z = Model::load(document("field=\"x\" testStatistic=\"zValue\" windowSize=\"1\"", baseline(gaussian)));
  const auto window =
      Model::load(document("field=\"x\" testStatistic=\"zValue\" windowSize=\"2\"", baseline(gaussian)));
  ASSERT_TRUE(z && window);
  EXPECT_FALSE(z->isStateful());
  EXPECT_TRUE(window->isStateful());
}

/// Scores the texts as field "s", one row at a time.
std::vector<double> stream(Scorer& scorer, const std::vector<std::string>& texts) {
  std::vector<double> out;
  for (const std::string& text : texts) {
    const Cell cell = Cell::of(std::string_view(text));
    Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
    batch.columns[static_cast<std::size_t>(scorer.model().inputIndex("s"))] = Column::ofCells(&cell);
    scorer.score(batch);
    out.push_back(scorer.column(0)[0]);
  }
  return out;
}

/// Values that left the window are forgotten in the tally's memory without a trace in the answers.
TEST(baseline, a_window_over_ever_new_values) {
  LoadOptions options;
  options.limits.listItems = 100;
  const auto model = Model::load(
      document("field=\"s\" testStatistic=\"scalarProduct\" normalizationScheme=\"Independent\" windowSize=\"4\"",
               baseline(table)),
      options);
  ASSERT_TRUE(model.has_value()) << model.error()[0].text();
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) texts.push_back(i % 2 == 0 ? "b" : "new" + std::to_string(i));
  Scorer scorer(*model);
  const auto answers = stream(scorer, texts);
  // From the fourth row on: twice b, two new ones; <(1,2),(0,2)> / (√5 · √(4+1+1)).
  for (std::size_t i = 3; i < answers.size(); ++i) ASSERT_NEAR(answers[i], 4 / std::sqrt(30.0), 1e-15) << i;
  EXPECT_LT(scorer.saveState().size(), 4000u);
}

TEST(baseline, without_a_window_the_number_of_values_is_bounded) {
  LoadOptions options;
  options.limits.listItems = 20;
  const auto model = Model::load(document("field=\"s\" testStatistic=\"scalarProduct\"", baseline(table)), options);
  ASSERT_TRUE(model.has_value());
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) texts.push_back("new" + std::to_string(i));
  Scorer scorer(*model);
  (void)stream(scorer, texts);
  EXPECT_FALSE(scorer.ok(0));
  EXPECT_EQ(scorer.diagnostics(0)[0].code, Code::limitReached);
}

}  // namespace
}  // namespace scorelet
