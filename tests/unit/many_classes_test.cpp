// Ten thousand classes, each with an output: loading takes time in proportion.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

TEST(many_classes, are_loaded_and_put_out) {
  constexpr int kClasses = 10'000;
  const auto name = [](int c) { return "class" + std::to_string(c); };
  std::string values, outputs, tables, targets;
  for (int c = 0; c < kClasses; ++c) {
    values += "<Value value=\"" + name(c) + "\" displayValue=\"Class " + std::to_string(c) + "\"/>";
    outputs += "<OutputField name=\"P" + std::to_string(c) + "\" feature=\"probability\" value=\"" + name(c) + "\"/>";
    targets += "<TargetValue value=\"" + name(c) + "\" priorProbability=\"" + (c == 7 ? "0.9" : "0.00001") + "\"/>";
    // simplemax: 3 of 10002 for one class, 1 for each other.
    tables += "<RegressionTable targetCategory=\"" + name(c) + "\" intercept=\"" + (c == 4711 ? "3" : "1") + "\"/>";
  }
  const std::string document = test::pmml(
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"y\" optype=\"categorical\" dataType=\"string\">" +
          values + "</DataField>",
      "<RegressionModel functionName=\"classification\" normalizationMethod=\"simplemax\"><MiningSchema>"
      "<MiningField name=\"x\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema><Output>" +
          outputs +
          "<OutputField name=\"shown\" feature=\"predictedDisplayValue\"/><OutputField name=\"second\" rank=\"2\"/>"
          "</Output><Targets><Target field=\"y\">" +
          targets + "</Target></Targets>" + tables + "</RegressionModel>");
  EXPECT_EQ(test::scored(document, R"([{"x": 1}])", {"y", "shown", "second"}),
            R"(["class4711","Class 4711","class0"])");
  const auto model = Model::load(document);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->results()[0].values.size(), static_cast<std::size_t>(kClasses));
  EXPECT_EQ(model->results()[0].values.back().displayValue, "Class 9999");
  const std::string probabilities = test::scored(document, R"([{"x": 1}])", {"P4711", "P9999"});
  EXPECT_EQ(probabilities, "[" + std::string("0.00029994001199760045") + ",0.00009998000399920016]");
}

}  // namespace
}  // namespace scorelet
