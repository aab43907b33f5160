// RuleSetModel: what is refused at load.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectAllRefused;

const std::string good = test::pmml(
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="y" optype="categorical" dataType="string"/>)",
    R"(<RuleSetModel functionName="classification">
         <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
         <Output><OutputField name="out" optype="categorical" dataType="string" feature="entityId"/></Output>
         <RuleSet defaultScore="a" defaultConfidence="0.5">
           <RuleSelectionMethod criterion="weightedSum"/>
           <SimpleRule id="1" score="a" weight="1" confidence="0.5"><True/></SimpleRule>
           <CompoundRule>
             <SimplePredicate field="x" operator="greaterThan" value="1"/>
             <SimpleRule score="b"><True/></SimpleRule>
           </CompoundRule>
         </RuleSet>
       </RuleSetModel>)");

TEST(rule_set, faults_are_named) {
  expectAllRefused(
      good, {{"<RuleSelectionMethod criterion=\"weightedSum\"/>", "", Code::missingElement, "RuleSelectionMethod"},
             {" criterion=\"weightedSum\"", "", Code::missingAttribute, "criterion"},
             {"\"weightedSum\"", "\"lastHit\"", Code::badValue, "lastHit"},
             {" score=\"a\" weight", " weight", Code::missingAttribute, "score"},
             {"weight=\"1\"", "weight=\"much\"", Code::badValue, "much"},
             {"weight=\"1\"", "weight=\"INF\"", Code::badValue, "finite"},
             {"confidence=\"0.5\"><True/>", "confidence=\"?\"><True/>", Code::badValue, "?"},
             {"<SimpleRule score=\"b\"><True/></SimpleRule>", "", Code::missingElement, "CompoundRule needs a rule"},
             {"<SimpleRule score=\"b\"><True/>", "<SimpleRule score=\"b\">", Code::missingElement, "predicate"},
             {"field=\"x\"", "field=\"z\"", Code::unresolvedField, "z"},
             {"feature=\"entityId\"", "feature=\"probability\"", Code::unsupported, "probability"},
             {"feature=\"entityId\"", "feature=\"ruleId\"", Code::unsupported, "ruleId"}});
}

TEST(rule_set, an_empty_one_is_refused) {
  const auto start = good.find("<RuleSet "), end = good.find("</RuleSet>");
  std::string without = good;
  test::expectRefused(without.erase(start, end + 10 - start), Code::missingElement, "needs a RuleSet");
  std::string empty = good;
  test::expectRefused(empty.replace(start, end - start, "<RuleSet><RuleSelectionMethod criterion=\"firstHit\"/>"),
                      Code::emptyModel, "neither a rule nor a default");
}

TEST(rule_set, answers_with_a_class_or_a_number) {
  test::expectFunctionsRefused(good, "RuleSetModel", "classification",
                               {"associationRules", "sequences", "clustering", "timeSeries", "mixed"});
  test::expectRefused(test::changed(good, "classification", "regression"), Code::badValue, "is not a number");
}

TEST(rule_set, the_budget_bounds_rules_and_distributions) {
  LoadOptions small;
  small.limits.expressionNodes = 2;
  test::expectRefused(good, Code::limitReached, "limits.expressionNodes", small);
  // A thousand rules with a class of its own each imply a million shares.
  std::string rules;
  for (int i = 0; i < 1000; ++i) {
    const std::string c = std::to_string(i);
    rules += "<SimpleRule score=\"" + c + "\"><True/><ScoreDistribution value=\"" + c +
             "\" recordCount=\"1\"/></SimpleRule>";
  }
  const std::string many = test::changed(good, "<CompoundRule>", rules + "<CompoundRule>");
  test::expectAccepted(many);
  small.limits.expressionNodes = 100'000;
  test::expectRefused(many, Code::limitReached, "limits.expressionNodes", small);
}

}  // namespace
}  // namespace scorelet
