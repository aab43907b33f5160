// Models inside a MiningModel or a Node (composition of PMML 3 and 4.0), and what only a segment can put out.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;

const std::string fields =
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="y" optype="continuous" dataType="double"/>)";

const std::string good = test::pmml(fields,
                                    R"(<MiningModel functionName="regression">
         <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
         <DecisionTree functionName="classification">
           <ResultField name="kind" optype="categorical" dataType="string" feature="predictedValue"/>
           <Node score="a"><True/></Node>
         </DecisionTree>
         <DecisionTree functionName="regression" missingValueStrategy="none">
           <Node score="1"><True/>
             <Node id="n"><SimplePredicate field="kind" operator="equal" value="a"/>
               <Regression functionName="regression"><ResultField name="inner"/><RegressionTable intercept="2"/></Regression>
             </Node>
           </Node>
         </DecisionTree>
       </MiningModel>)");

TEST(composition, faults_are_named) {
  test::expectAllRefused(
      good,
      {{"<DecisionTree functionName=\"regression\"", "<DecisionTree functionName=\"classification\"",
        Code::typeMismatch, "another functionName"},
       {"<Regression functionName=\"regression\"", "<Regression functionName=\"classification\"", Code::typeMismatch,
        "another functionName"},
       {"<Regression functionName=\"regression\">", "<Regression>", Code::missingAttribute, "functionName"},
       {"<RegressionTable intercept=\"2\"/>", "", Code::missingElement, "RegressionTable"},
       {"<Node score=\"a\"><True/></Node>", "", Code::missingElement, "Node"},
       {"field=\"kind\"", "field=\"inner\"", Code::unresolvedField, "inner"},  // known only after the tree
       {"<ResultField name=\"inner\"/>", "<ResultField/>", Code::missingAttribute, "name"},
       {"<ResultField name=\"inner\"/>", "<ResultField name=\"inner\" feature=\"lift\"/>", Code::unsupported, "lift"},
       {"</Regression>", "</Regression><Node score=\"3\"><True/></Node>", Code::unsupported, "either one model"},
       {"\"none\"", "\"aggregateNodes\"", Code::unsupported, "missingValueStrategy"}});
}

TEST(composition, a_mining_model_needs_something_inside) {
  test::expectRefused(test::pmml(fields,
                                 "<MiningModel functionName=\"regression\"><MiningSchema><MiningField "
                                 "name=\"y\" usageType=\"target\"/></MiningSchema></MiningModel>"),
                      Code::missingElement, "Segmentation");
}

TEST(composition, nesting_is_bounded) {
  const std::string open = "<DecisionTree functionName=\"regression\"><Node><True/>", close = "</Node></DecisionTree>";
  const auto nested = [&](std::size_t times) {
    return test::pmml(fields,
                      "<MiningModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/>"
                      "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>" +
                          test::repeat(open, times) +
                          "<Regression functionName=\"regression\"><RegressionTable intercept=\"1\"/></Regression>" +
                          test::repeat(close, times) + "</MiningModel>");
  };
  test::expectAccepted(nested(15));
  test::expectRefused(nested(16), Code::tooDeep, "limits.segmentDepth");
}

TEST(tree, record_counts_are_finite_and_not_negative) {
  const std::string tree = test::pmml(fields + R"(<DataField name="c" optype="categorical" dataType="string"/>)",
                                      R"(<TreeModel functionName="classification"><MiningSchema><MiningField name="x"/>
           <MiningField name="c" usageType="target"/></MiningSchema>
           <Node recordCount="2"><True/><ScoreDistribution value="a" recordCount="1"/></Node></TreeModel>)");
  test::expectAllRefused(tree, {{"recordCount=\"2\"", "recordCount=\"INF\"", Code::badValue, "record count"},
                                {"recordCount=\"1\"", "recordCount=\"INF\"", Code::badValue, "record count"},
                                {"recordCount=\"1\"", "recordCount=\"-1\"", Code::badValue, "record count"},
                                {" recordCount=\"1\"", "", Code::missingAttribute, "recordCount"}});
}

TEST(composition, a_tree_has_a_class_or_a_number) {
  const std::string tree =
      test::pmml(fields, R"(<TreeModel functionName="regression"><MiningSchema><MiningField name="x"/>
                   <MiningField name="y" usageType="target"/></MiningSchema>
                   <Output><OutputField name="o" optype="categorical" dataType="string" feature="entityId"/></Output>
                   <Node score="1"><True/></Node></TreeModel>)");
  test::expectFunctionsRefused(tree, "TreeModel", "regression",
                               {"associationRules", "sequences", "clustering", "timeSeries", "mixed"});
  // A tree has no second best node.
  test::expectRefused(changed(tree, "feature=\"entityId\"", "feature=\"entityId\" rank=\"2\""), Code::unsupported,
                      "entityId");
  // Features that only one vendor has.
  for (const std::string item : {"OutputField@feature=x-decisionPath", "OutputField@feature=x-report"}) {
    const std::string feature = item.substr(item.find('=') + 1);
    test::expectRefused(changed(tree, "entityId", feature), Code::badValue, feature);
  }
}

/// A scorecard under a predicate: whole chunks of records may pass it by.
const std::string guarded = test::pmml(fields,
                                       R"(<MiningModel functionName="regression">
         <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
         <Output><OutputField name="why" optype="categorical" dataType="string" feature="reasonCode" segmentId="s"/></Output>
         <Segmentation multipleModelMethod="selectFirst">
           <Segment id="s"><SimplePredicate field="x" operator="greaterThan" value="0"/>
             <Scorecard functionName="regression" baselineScore="0">
               <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
               <Characteristics><Characteristic reasonCode="R"><Attribute partialScore="1"><True/></Attribute></Characteristic></Characteristics>
             </Scorecard>
           </Segment>
         </Segmentation>
       </MiningModel>)");

TEST(composition, what_a_segment_put_out_does_not_stay_for_the_next_batch) {
  const auto model = Model::load(guarded);
  ASSERT_TRUE(model.has_value()) << test::listed(model.error());
  Scorer scorer(*model);
  const auto why = static_cast<std::size_t>(model->resultIndex("why"));
  for (const double x : {-1.0, 1.0, -1.0}) {
    const Cell cell = Cell::of(x);
    Batch batch{1, std::vector<Column>(model->inputs().size())};
    batch.columns[static_cast<std::size_t>(model->inputIndex("x"))] = Column::ofCells(&cell);
    scorer.score(batch);
    const ResultValue value = scorer.value(why, 0);
    EXPECT_EQ(value.kind, x > 0 ? ResultValue::Kind::text : ResultValue::Kind::missing);
  }
}

TEST(composition, a_segment_without_reason_codes_has_none_to_put_out) {
  test::expectRefused(changed(guarded, "Scorecard functionName=\"regression\" ",
                              "Scorecard functionName=\"regression\" useReasonCodes=\"false\" "),
                      Code::unsupported, "useReasonCodes");
}

}  // namespace
}  // namespace scorelet
