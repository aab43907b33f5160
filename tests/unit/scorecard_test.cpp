// Scorecard: what is refused at load, and what is needed only where reason codes are put out.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;

const std::string good = test::pmml(
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="y" optype="continuous" dataType="double"/>)",
    R"(<Scorecard functionName="regression" initialScore="1" useReasonCodes="true" baselineScore="3">
         <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
         <Output><OutputField name="why" optype="categorical" dataType="string" feature="reasonCode" rank="1"/></Output>
         <Characteristics>
           <Characteristic name="c" reasonCode="C" baselineScore="2">
             <Attribute partialScore="5"><SimplePredicate field="x" operator="greaterThan" value="1"/></Attribute>
             <Attribute><True/><ComplexPartialScore><FieldRef field="x"/></ComplexPartialScore></Attribute>
           </Characteristic>
           <Characteristic name="d"><Attribute partialScore="7" reasonCode="D"><True/></Attribute></Characteristic>
         </Characteristics>
       </Scorecard>)");

TEST(scorecard, faults_are_named) {
  test::expectAllRefused(
      good,
      {{"<Attribute partialScore=\"5\">", "<Attribute>", Code::missingElement, "partialScore"},
       {"partialScore=\"5\"", "partialScore=\"INF\"", Code::badValue, "finite"},
       {"partialScore=\"5\"", "partialScore=\"five\"", Code::badValue, "five"},
       {"initialScore=\"1\"", "initialScore=\"-INF\"", Code::badValue, "finite"},
       {"baselineScore=\"2\"", "baselineScore=\"INF\"", Code::badValue, "finite"},
       {"baselineScore=\"3\"", "reasonCodeAlgorithm=\"pointsBeside\"", Code::badValue, "pointsBeside"},
       {"<SimplePredicate field=\"x\" operator=\"greaterThan\" value=\"1\"/>", "", Code::missingElement, "predicate"},
       {"<FieldRef field=\"x\"/>", "", Code::missingElement, "expression"},
       {"<Attribute partialScore=\"7\" reasonCode=\"D\"><True/></Attribute>", "", Code::missingElement, "Attribute"},
       {"rank=\"1\"", "rank=\"-1\"", Code::badValue, "rank"},
       {"feature=\"reasonCode\"", "feature=\"entityId\"", Code::unsupported, "entityId"},
       {"useReasonCodes=\"true\"", "useReasonCodes=\"perhaps\"", Code::badValue, "perhaps"}});
}

TEST(scorecard, without_characteristics_it_is_refused) {
  const auto start = good.find("<Characteristics>"), end = good.find("</Characteristics>");
  std::string empty = good;
  test::expectRefused(empty.erase(start, end + 18 - start), Code::missingElement, "Characteristics");
}

TEST(scorecard, predicts_a_number) {
  test::expectFunctionsRefused(
      good, "Scorecard", "regression",
      {"associationRules", "sequences", "classification", "clustering", "timeSeries", "mixed"});
}

TEST(scorecard, reason_codes_need_codes_and_baselines_where_they_are_put_out) {
  const std::string quiet = changed(good, "feature=\"reasonCode\"", "feature=\"warning\"");
  for (const auto& [from, code, words] : {std::tuple{" baselineScore=\"3\"", Code::missingAttribute, "baselineScore"},
                                          std::tuple{" reasonCode=\"D\"", Code::missingAttribute, "reason code"},
                                          std::tuple{" reasonCode=\"C\"", Code::missingAttribute, "reason code"}}) {
    test::expectRefused(changed(good, from, ""), code, words);
    test::expectAccepted(changed(quiet, from, ""));
  }
  const std::string off = "useReasonCodes=\"false\"";
  test::expectRefused(changed(good, "useReasonCodes=\"true\"", off), Code::unsupported, "useReasonCodes");
  test::expectAccepted(changed(quiet, "useReasonCodes=\"true\"", off));
}

TEST(scorecard, the_budget_bounds_attributes) {
  LoadOptions small;
  small.limits.expressionNodes = 2;
  test::expectRefused(good, Code::limitReached, "limits.expressionNodes", small);
}

}  // namespace
}  // namespace scorelet
