// GeneralRegressionModel and RegressionModel: documents that must be refused, each one change away from a good one.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;
using test::expectAllRefused;
using test::expectRefused;
using test::listed;
using test::pmml;
using test::repeat;

const std::string kFields = R"(
  <DataField name="x" optype="continuous" dataType="double"/>
  <DataField name="n" optype="continuous" dataType="integer"/>
  <DataField name="g" optype="categorical" dataType="string"><Value value="a"/><Value value="b"/></DataField>
  <DataField name="y" optype="continuous" dataType="double"/>
  <DataField name="c" optype="ordinal" dataType="string"><Value value="lo"/><Value value="mid"/><Value value="hi"/></DataField>
  <DataField name="two" optype="categorical" dataType="string"><Value value="no"/><Value value="yes"/></DataField>)";

std::string schema(const std::string& target) {
  return R"(<MiningSchema><MiningField name="x"/><MiningField name="n"/><MiningField name="g"/><MiningField name=")" +
         target + R"(" usageType="target"/></MiningSchema>)";
}

const std::string kDesign = R"(
  <ParameterList><Parameter name="p0"/><Parameter name="p1"/><Parameter name="p2"/></ParameterList>
  <FactorList><Predictor name="g"><Categories><Category value="a"/><Category value="b"/></Categories>
    <Matrix nbRows="2" nbCols="1"><Array n="1" type="real">1</Array><Array n="1" type="real">-1</Array></Matrix>
  </Predictor></FactorList>
  <CovariateList><Predictor name="x"/></CovariateList>
  <PPMatrix><PPCell value="a" predictorName="g" parameterName="p1"/>
    <PPCell value="1" predictorName="x" parameterName="p2"/></PPMatrix>)";

std::string model(const std::string& attributes, const std::string& target, const std::string& body) {
  return pmml(kFields,
              "<GeneralRegressionModel " + attributes + ">" + schema(target) + body + "</GeneralRegressionModel>");
}

const std::string kMean = model(
    R"(functionName="regression" modelType="generalizedLinear" linkFunction="power" linkParameter="2" offsetVariable="x"
       trialsValue="3" modelDF="4")",
    "y", R"(<Output><OutputField name="low" feature="confidenceIntervalLower" value="90"/></Output>)" + kDesign + R"(
    <PCovMatrix><PCovCell pRow="p0" pCol="p1" value="1"/><PCovCell pRow="p0" pCol="p0" value="1"/></PCovMatrix>
    <ParamMatrix><PCell parameterName="p0" beta="1"/><PCell parameterName="p1" beta="2"/></ParamMatrix>)");

TEST(general_regression, attributes_that_the_model_type_has_no_place_for) {
  expectAllRefused(
      kMean,
      {{"modelType=\"generalizedLinear\"", "modelType=\"loglinear\"", Code::badValue, "loglinear"},
       {"modelType=\"generalizedLinear\"", "modelType=\"logLinear\"", Code::unsupported, "linkFunction=\"log\""},
       {"modelType=\"generalizedLinear\"", "", Code::missingAttribute, "modelType"},
       {"modelType=\"generalizedLinear\"", "modelType=\"regression\"", Code::badValue, "has no offsetVariable"},
       {"modelType=\"generalizedLinear\"", "modelType=\"generalLinear\"", Code::badValue, "has no trialsValue"},
       {"modelType=\"generalizedLinear\"", "modelType=\"generalLinear\"", Code::badValue, "has no linkFunction"},
       {"modelType=\"generalizedLinear\"", "modelType=\"CoxRegression\"", Code::badValue, "has no offsetVariable"},
       {"modelType=\"generalizedLinear\"", "modelType=\"ordinalMultinomial\"", Code::badValue, "classification"},
       {"linkFunction=\"power\"", "linkFunction=\"inverse\"", Code::badValue, "inverse"},
       {"linkFunction=\"power\"", "", Code::missingAttribute, "linkFunction"},
       {"linkParameter=\"2\"", "", Code::missingAttribute, "linkParameter"},
       {"linkFunction=\"power\"", "linkFunction=\"oddspower\" distParameter=\"1\" cumulativeLink=\"logit\"",
        Code::badValue, "has no cumulativeLink"},
       {"linkFunction=\"power\"", "linkFunction=\"negbin\"", Code::missingAttribute, "distParameter"},
       {"linkFunction=\"power\"", "linkFunction=\"negbin\" distParameter=\"0\"", Code::badValue, "above 0"},
       {"offsetVariable=\"x\"", "offsetVariable=\"x\" offsetValue=\"1\"", Code::badValue, "not both"},
       {"offsetVariable=\"x\"", "offsetVariable=\"nowhere\"", Code::unresolvedField, "nowhere"},
       {"trialsValue=\"3\"", "trialsValue=\"3\" trialsVariable=\"n\"", Code::badValue, "not both"},
       {"trialsValue=\"3\"", "trialsValue=\"0\"", Code::badValue, "positive"},
       {"trialsValue=\"3\"", "trialsValue=\"3\" distribution=\"poisson\"", Code::badValue, "binomial"},
       {"trialsValue=\"3\"", "baselineStrataVariable=\"g\"", Code::badValue, "has no baselineStrataVariable"},
       {"modelDF=\"4\"", "modelDF=\"0\"", Code::badValue, "positive"},
       {"functionName=\"regression\"", "functionName=\"classification\"", Code::badValue, "Trials"}});
}

TEST(general_regression, designs_that_do_not_fit) {
  expectAllRefused(
      kMean,
      {{"<Parameter name=\"p2\"/>", "<Parameter name=\"p1\"/>", Code::duplicateName, "two parameters"},
       {"parameterName=\"p2\"", "parameterName=\"p9\"", Code::unresolvedReference, "p9"},
       {"predictorName=\"x\"", "predictorName=\"n\"", Code::unresolvedReference, "neither in the FactorList"},
       {"value=\"1\" predictorName=\"x\"", "value=\"one\" predictorName=\"x\"", Code::badValue, "exponent"},
       {"<PPCell value=\"a\"", "<PPCell value=\"b\"", Code::badValue, "no column for"},
       {"<PPCell value=\"a\"", "<PPCell", Code::missingAttribute, "value"},
       {"nbCols=\"1\"", "nbCols=\"2\"", Code::badValue, "do not fit"},
       {"nbRows=\"2\"", "nbRows=\"-2\"", Code::badValue, "negative"},
       {"<Category value=\"b\"/>", "", Code::badValue, "a row for each"},
       {"<Category value=\"b\"/>", "<Category value=\"b\"/><Category value=\"z\"/>", Code::badValue, "a row for each"},
       {"<Array n=\"1\" type=\"real\">-1</Array>", "", Code::badValue, "do not fit"},
       {"<Array n=\"1\" type=\"real\">-1</Array>", "<Array n=\"1\" type=\"real\">minus</Array>", Code::badValue,
        "minus"},
       {"<Matrix nbRows=\"2\" nbCols=\"1\">", "<Matrix kind=\"symmetric\">", Code::badValue, "do not fit"},
       {"<Matrix nbRows=\"2\" nbCols=\"1\">", "<Matrix kind=\"diagonal\">", Code::badValue, "one Array"},
       {"<Predictor name=\"x\"/>", "<Predictor name=\"g\"/>", Code::duplicateName, "twice"},
       {"<Predictor name=\"x\"/>", "<Predictor name=\"nowhere\"/>", Code::unresolvedField, "nowhere"},
       {"<Predictor name=\"x\"/>", "<Predictor name=\"x\"><Matrix><Array type=\"real\">1</Array></Matrix></Predictor>",
        Code::badValue, "no contrast matrix"},
       {"<PCell parameterName=\"p1\" beta=\"2\"/>", "<PCell parameterName=\"p0\" beta=\"2\"/>", Code::duplicateName,
        "two values"},
       {"<PCell parameterName=\"p1\" beta=\"2\"/>", "<PCell parameterName=\"p1\" beta=\"much\"/>", Code::badValue,
        "much"},
       {"<PCell parameterName=\"p0\" beta=\"1\"/><PCell parameterName=\"p1\" beta=\"2\"/>", "", Code::emptyModel,
        "no PCell"},
       {"beta=\"1\"/><PCell", "beta=\"1\" targetCategory=\"u\"/><PCell targetCategory=\"v\"", Code::badValue,
        "one equation"}});
}

TEST(general_regression, covariances_that_are_not_this_models) {
  for (const char* other :
       {"<PCovCell pRow=\"p0\" pCol=\"q\" value=\"1\"", "<PCovCell pRow=\"p1\" pCol=\"p0\" value=\"2\""}) {
    const std::string document = changed(kMean, "<PCovCell pRow=\"p0\" pCol=\"p0\" value=\"1\"", other);
    expectRefused(document, Code::unsupported, "confidenceIntervalLower");
    // Nobody else minds.
    EXPECT_TRUE(Model::load(changed(document, "confidenceIntervalLower", "predictedValue")).has_value());
  }
}

TEST(general_regression, outputs_without_an_answer) {
  const std::string withoutCovariance =
      changed(kMean,
              "<PCovMatrix><PCovCell pRow=\"p0\" pCol=\"p1\" value=\"1\"/><PCovCell pRow=\"p0\" pCol=\"p0\" "
              "value=\"1\"/></PCovMatrix>",
              "");
  expectRefused(withoutCovariance, Code::unsupported, "confidenceIntervalLower");
  expectRefused(changed(kMean, "value=\"90\"", "value=\"100\""), Code::badValue, "percentage");
  expectRefused(changed(kMean, "confidenceIntervalLower", "standardDeviation"), Code::unsupported, "standardDeviation");
  expectRefused(changed(kMean, "</Output>", "</Output><Targets><Target field=\"y\" rescaleFactor=\"2\"/></Targets>"),
                Code::unsupported, "own scale");
}

const std::string kOrdinal =
    model(R"(functionName="classification" modelType="ordinalMultinomial" cumulativeLink="probit")", "c", kDesign + R"(
    <ParamMatrix><PCell parameterName="p0" beta="-1" targetCategory="lo"/>
      <PCell parameterName="p0" beta="1" targetCategory="mid"/><PCell parameterName="p2" beta="2"/></ParamMatrix>)");

TEST(general_regression, ordinal_models) {
  expectAllRefused(
      kOrdinal,
      {{"cumulativeLink=\"probit\"", "", Code::missingAttribute, "cumulativeLink"},
       {"cumulativeLink=\"probit\"", "cumulativeLink=\"log\"", Code::badValue, "log"},
       {"cumulativeLink=\"probit\"", "cumulativeLink=\"probit\" linkFunction=\"logit\"", Code::badValue,
        "no linkFunction"},
       {"cumulativeLink=\"probit\"", "cumulativeLink=\"probit\" targetReferenceCategory=\"lo\"", Code::unsupported,
        "last value"},
       {"cumulativeLink=\"probit\"", "cumulativeLink=\"probit\" targetReferenceCategory=\"top\"",
        Code::unresolvedReference, "not a value"},
       {"targetCategory=\"mid\"", "targetCategory=\"top\"", Code::unresolvedReference, "no such category"},
       {"targetCategory=\"mid\"", "targetCategory=\"hi\"", Code::badValue, "reference category"},
       {"beta=\"1\" targetCategory=\"mid\"", "beta=\"0\" targetCategory=\"hi\"", Code::missingElement, "\"mid\""},
       {"functionName=\"classification\"", "functionName=\"regression\"", Code::badValue, "is a classification"}});
}

const std::string kMultinomial =
    model(R"(functionName="classification" modelType="multinomialLogistic")", "c", kDesign + R"(
    <ParamMatrix><PCell parameterName="p0" beta="-1" targetCategory="lo"/>
      <PCell parameterName="p0" beta="1" targetCategory="mid"/></ParamMatrix>)");

TEST(general_regression, models_of_several_categories) {
  expectAllRefused(
      kMultinomial,
      {{"<PCell parameterName=\"p0\" beta=\"1\" targetCategory=\"mid\"/>", "", Code::missingAttribute,
        "targetReferenceCategory"},
       {"modelType=\"multinomialLogistic\"", "modelType=\"multinomialLogistic\" linkFunction=\"probit\"",
        Code::badValue, "no linkFunction"},
       {"modelType=\"multinomialLogistic\"", "modelType=\"multinomialLogistic\" targetReferenceCategory=\"mid\"",
        Code::badValue, "compared with it"},
       {"modelType=\"multinomialLogistic\"", "modelType=\"generalizedLinear\" linkFunction=\"logit\"", Code::badValue,
        "multinomialLogistic"},
       {"<MiningField name=\"c\" usageType=\"target\"/>", "", Code::missingAttribute, "targetReferenceCategory"}});
}

const std::string kCox =
    model(R"(functionName="regression" modelType="CoxRegression" endTimeVariable="x" baselineStrataVariable="g")", "y",
          kDesign + R"(<ParamMatrix><PCell parameterName="p1" beta="1"/></ParamMatrix>
    <BaseCumHazardTables><BaselineStratum value="a" maxTime="5"><BaselineCell time="1" cumHazard="0.1"/>
      <BaselineCell time="2" cumHazard="0.2"/></BaselineStratum>
      <BaselineStratum value="b" maxTime="4"/></BaseCumHazardTables>)");

TEST(general_regression, cox_models) {
  expectAllRefused(
      kCox, {{"endTimeVariable=\"x\"", "", Code::missingAttribute, "endTimeVariable"},
             {"endTimeVariable=\"x\"", "endTimeVariable=\"nowhere\"", Code::unresolvedField, "nowhere"},
             {"baselineStrataVariable=\"g\"", "", Code::badValue, "BaselineCell elements only"},
             {"baselineStrataVariable=\"g\"", "baselineStrataVariable=\"nowhere\"", Code::unresolvedField, "nowhere"},
             {"maxTime=\"5\"", "", Code::missingAttribute, "maxTime"},
             {"time=\"2\"", "time=\"1\"", Code::badValue, "same time"},
             {"time=\"2\"", "", Code::missingAttribute, "time"},
             {"value=\"b\" maxTime", "value=\"a\" maxTime", Code::duplicateName, "same value"},
             {"<BaselineStratum value=\"b\" maxTime=\"4\"/>", "<BaselineCell time=\"1\" cumHazard=\"1\"/>",
              Code::badValue, "BaselineStratum elements only"},
             {"functionName=\"regression\"", "functionName=\"classification\"", Code::badValue, "is a regression"}});
  const auto at = kCox.find("<BaseCumHazardTables>");
  expectRefused(kCox.substr(0, at) + "</GeneralRegressionModel></PMML>", Code::missingElement, "BaseCumHazardTables");
}

TEST(general_regression, missing_parts_are_reported_together) {
  const auto refused = Model::load(model(R"(functionName="regression" modelType="regression")", "y",
                                         "<CovariateList><Predictor name=\"x\"/></CovariateList>"));
  ASSERT_FALSE(refused.has_value());
  for (const char* part : {"ParameterList", "PPMatrix", "ParamMatrix"})
    EXPECT_NE(listed(refused.error()).find(part), std::string::npos) << part;
}

TEST(general_regression, an_order_that_is_not_listed) {
  expectRefused(changed(changed(kOrdinal, "<Value value=\"lo\"/><Value value=\"mid\"/><Value value=\"hi\"/>", ""),
                        "beta=\"1\" targetCategory=\"mid\"", "beta=\"0\" targetCategory=\"mid\""),
                Code::missingAttribute, "order of the categories");
}

TEST(general_regression, sizes_are_bounded) {
  LoadOptions options;
  options.limits.expressionNodes = 2000;
  const auto with = [](const std::string& from, const std::string& to) { return changed(kMean, from, to); };
  expectRefused(
      with("<Matrix nbRows=\"2\" nbCols=\"1\">",
           "<Matrix nbRows=\"100000\" nbCols=\"100000\"><MatCell row=\"1\" col=\"1\">1</MatCell></Matrix><Matrix>"),
      Code::limitReached, "entries", options);
  expectRefused(with("</PPMatrix>",
                     repeat("<PPCell value=\"a\" predictorName=\"g\" parameterName=\"p1\"/>", 3000) + "</PPMatrix>"),
                Code::limitReached, "expressionNodes", options);
  // Common coefficients are copied into the equation of every category: few elements, many terms.
  std::string categories, parameters, cells;
  for (int i = 0; i < 200; ++i) {
    const std::string name = std::to_string(i);
    categories += "<Value value=\"c" + name + "\"/>";
    parameters += "<Parameter name=\"q" + name + "\"/>";
    cells += "<PCell parameterName=\"q" + name + "\" beta=\"1\"/>";
  }
  const std::string wide =
      changed(changed(changed(changed(kMultinomial, "<Value value=\"lo\"/>", categories + "<Value value=\"lo\"/>"),
                              "<Parameter name=\"p2\"/>", "<Parameter name=\"p2\"/>" + parameters),
                      "<ParamMatrix>", "<ParamMatrix>" + cells),
              "modelType=\"multinomialLogistic\"", "modelType=\"multinomialLogistic\" targetReferenceCategory=\"hi\"");
  EXPECT_TRUE(Model::load(wide).has_value());
  expectRefused(wide, Code::limitReached, "expressionNodes", options);
}

const std::string kRegression = pmml(
    kFields, "<RegressionModel functionName=\"classification\" normalizationMethod=\"logit\">" + schema("two") + R"(
  <RegressionTable targetCategory="no"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
  <RegressionTable targetCategory="yes"/></RegressionModel>)");

TEST(regression, classes_that_cannot_be_scored) {
  expectAllRefused(kRegression,
                   {{"normalizationMethod=\"logit\"", "normalizationMethod=\"exp\"", Code::badValue, "no probability"},
                    {"targetCategory=\"yes\"", "targetCategory=\"no\"", Code::duplicateName, "\"no\""},
                    {"targetCategory=\"yes\"", "", Code::missingAttribute, "targetCategory"},
                    {"name=\"x\" coefficient", "name=\"nowhere\" coefficient", Code::unresolvedField, "nowhere"}});
}

/// What tests/coverage/refused.json says of functionName.
TEST(regression, functions_without_a_scoring) {
  for (const std::string function : {"associationRules", "sequences", "clustering", "timeSeries", "mixed"}) {
    const std::string to = "functionName=\"" + function + "\"";
    expectRefused(changed(kRegression, "functionName=\"classification\"", to), Code::unsupported, function);
    expectRefused(changed(kMean, "functionName=\"regression\"", to), Code::unsupported, function);
  }
}

TEST(regression, a_model_that_says_it_is_not_scorable) {
  expectRefused(changed(kRegression, "functionName", "isScorable=\"false\" functionName"), Code::notScorable, "scored");
  expectRefused(changed(kMean, "functionName", "isScorable=\"false\" functionName"), Code::notScorable, "scored");
}

}  // namespace
}  // namespace scorelet
