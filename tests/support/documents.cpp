#include "support/documents.hpp"

namespace scorelet::test {

std::string pmml(std::string_view fields, std::string_view rest) {
  return "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>" + std::string(fields) +
         "</DataDictionary>" + std::string(rest) + "</PMML>";
}

std::string scoringExpression(std::string_view expression, std::string_view global, std::string_view local) {
  std::string rest;
  if (!global.empty()) rest += "<TransformationDictionary>" + std::string(global) + "</TransformationDictionary>";
  rest +=
      "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"y\" usageType=\"target\"/>"
      "<MiningField name=\"x\"/><MiningField name=\"s\"/></MiningSchema>"
      "<Output><OutputField name=\"out\" feature=\"transformedValue\">" +
      std::string(expression) + "</OutputField></Output>";
  if (!local.empty()) rest += "<LocalTransformations>" + std::string(local) + "</LocalTransformations>";
  rest += "<RegressionTable intercept=\"1\"/></RegressionModel>";
  return pmml(
      "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"s\" optype=\"categorical\" dataType=\"string\"/>",
      rest);
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  while (times-- > 0) out += text;
  return out;
}

}  // namespace scorelet::test
