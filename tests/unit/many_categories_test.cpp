// Regression with hundreds of categories: looked up, and still added up in the document's order.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

constexpr int kCategories = 300;

/// Exact in binary, so that sums do not depend on how they are written down.
double coefficientOf(int category) { return category * 0.5 - 20; }

std::string predictors() {
  std::string text;
  for (int c = 0; c < kCategories; ++c)
    text += "<CategoricalPredictor name=\"s\" value=\"v" + std::to_string(c * 7 % kCategories) + "\" coefficient=\"" +
            std::to_string(coefficientOf(c * 7 % kCategories)) + "\"/>";
  return text;
}

std::string document(const std::string& terms) {
  return test::pmml(
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"s\" optype=\"categorical\" dataType=\"string\"/>"
      "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>",
      "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/><MiningField name=\"s\"/>"
      "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema><RegressionTable intercept=\"1000\">" +
          terms + "</RegressionTable></RegressionModel>");
}

TEST(many_categories, each_has_its_coefficient) {
  std::string rows, expected;
  for (int c = 0; c < kCategories; ++c) {
    rows += (c == 0 ? "[" : ",") + std::string("{\"x\":1,\"s\":\"v") + std::to_string(c) + "\"}";
    expected.append(c == 0 ? "" : " ").append("[");
    appendNumber(expected, 1000 + coefficientOf(c) + 2);
    expected += "]";
  }
  const std::string model = document(predictors() + "<NumericPredictor name=\"x\" coefficient=\"2\"/>");
  EXPECT_EQ(test::scored(model, rows + "]", {"y"}), expected);
  EXPECT_EQ(test::scored(model, R"([{"x":1,"s":"v299"}])", {"y"}), "[1131.5]");
}

TEST(many_categories, none_of_them_or_none_at_all_adds_nothing) {
  const std::string model = document(predictors());
  EXPECT_EQ(test::scored(model, R"([{"s":"other"},{"s":null},{"s":"v0"},{"s":"v"}])", {"y"}),
            "[1000] [1000] [980] [1000]");
}

TEST(many_categories, one_that_stands_twice_counts_twice) {
  const std::string model = document(predictors() + predictors());
  EXPECT_EQ(test::scored(model, R"([{"s":"v100"},{"s":"v1"}])", {"y"}), "[1060] [961]");
}

}  // namespace
}  // namespace scorelet
