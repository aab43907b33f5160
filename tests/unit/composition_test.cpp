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

TEST(composition, answers_of_one_target_are_one_result) {
  // The last segment predicts what the chain does not list, an earlier one the chain's own target.
  const auto segment = [](const std::string& target, const std::string& intercept) {
    return "<Segment><True/><RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"" + target +
           "\" usageType=\"target\"/></MiningSchema><RegressionTable intercept=\"" + intercept +
           "\"/></RegressionModel></Segment>";
  };
  const auto model = Model::load(
      test::pmml(fields,
                 "<MiningModel functionName=\"regression\"><MiningSchema><MiningField name=\"y\" usageType=\"target\"/>"
                 "</MiningSchema><Segmentation multipleModelMethod=\"modelChain\">" +
                     segment("y", "1") + segment("x", "2") + "</Segmentation></MiningModel>"));
  ASSERT_TRUE(model.has_value());
  ASSERT_EQ(model->results().size(), 1u);
  EXPECT_EQ(model->results()[0].name, "y");
  Scorer scorer(*model);
  scorer.score(Batch{1, {}});
  EXPECT_EQ(scorer.column(0)[0], 2);
}

TEST(composition, a_list_shows_where_an_answer_is_missing) {
  const auto segment = [](const std::string& predictor) {
    return "<Segment><True/><RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/>"
           "</MiningSchema><RegressionTable intercept=\"3\">" +
           predictor + "</RegressionTable></RegressionModel></Segment>";
  };
  const auto model = Model::load(test::pmml(
      fields,
      "<MiningModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/><MiningField "
      "name=\"y\" usageType=\"target\"/></MiningSchema><Segmentation multipleModelMethod=\"selectAll\">" +
          segment("<NumericPredictor name=\"x\" coefficient=\"1\"/>") + segment("") + "</Segmentation></MiningModel>"));
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  scorer.score(Batch{1, {}});
  EXPECT_EQ(scorer.text(0, 0), ", 3");
}

/// Lanes of a segment that no record of a batch is in hold texts of an earlier batch.
TEST(composition, details_of_a_segment_are_of_this_batch) {
  const auto model = Model::load(test::pmml(fields + R"(<DataField name="s" optype="categorical" dataType="string"/>)",
                                            R"(<MiningModel functionName="regression">
           <MiningSchema><MiningField name="x"/><MiningField name="s"/><MiningField name="y" usageType="target"/></MiningSchema>
           <Segmentation multipleModelMethod="selectFirst"><Segment id="a">
             <SimplePredicate field="x" operator="greaterThan" value="0"/>
             <RegressionModel functionName="regression">
               <MiningSchema><MiningField name="s"/></MiningSchema>
               <LocalTransformations><DerivedField name="t" optype="categorical" dataType="string">
                 <Apply function="concat"><FieldRef field="s"/><Constant>!</Constant></Apply></DerivedField></LocalTransformations>
               <RegressionTable intercept="1"><CategoricalPredictor name="t" value="q!" coefficient="1"/></RegressionTable>
             </RegressionModel></Segment></Segmentation></MiningModel>)"));
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  const auto score = [&](const std::string& records) {
    JsonRows rows(*model);
    ASSERT_TRUE(rows.addAll(records).has_value());
    scorer.score(rows.batch());
  };
  score(R"([{"x": 1, "s": "q"}, {"x": 1, "s": "r"}])");
  EXPECT_EQ(scorer.details(1).derived[0].first, "a/t");
  EXPECT_EQ(scorer.details(1).derived[0].second.text, "r!");
  score(R"([{"x": -1}, {"x": -1}])");
  EXPECT_EQ(scorer.details(1).derived[0].second.kind, ResultValue::Kind::missing);
}

TEST(composition, a_residual_needs_numbers) {
  test::expectRefused(test::pmml(R"(<DataField name="y" optype="categorical" dataType="string"/>)",
                                 R"(<RegressionModel functionName="regression">
                      <MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>
                      <Output><OutputField name="rest" feature="residual"/></Output>
                      <RegressionTable intercept="1"/>
                    </RegressionModel>)"),
                      Code::typeMismatch, "difference of numbers");
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

TEST(composition, a_segment_that_is_not_scorable_makes_the_whole_so) {
  test::expectRefused(changed(guarded, "<Scorecard ", "<Scorecard isScorable=\"false\" "), Code::notScorable,
                      "neither can the one that holds it");
  test::expectAccepted(changed(guarded, "<Scorecard ", "<Scorecard isScorable=\"true\" "));
  test::expectRefused(changed(guarded, "<Scorecard ", "<Scorecard isScorable=\"perhaps\" "), Code::badValue,
                      "@isScorable");
}

/// The field `d` of four models: of the whole, of two segments of one name, and of a model inside the second.
const std::string nested = [] {
  const auto local = [](const char* times) {
    return std::string(
               "<LocalTransformations><DerivedField name=\"d\" optype=\"continuous\" dataType=\"double\">"
               "<Apply function=\"*\"><FieldRef field=\"x\"/><Constant>") +
           times + "</Constant></Apply></DerivedField></LocalTransformations>";
  };
  const std::string schema =
      "<MiningSchema><MiningField name=\"x\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>";
  const std::string table =
      "<RegressionTable intercept=\"0\"><NumericPredictor name=\"d\" coefficient=\"1\"/></RegressionTable>";
  const auto regression = [&](const char* times) {
    return "<RegressionModel functionName=\"regression\">" + schema + local(times) + table + "</RegressionModel>";
  };
  const std::string positive = "<SimplePredicate field=\"x\" operator=\"greaterThan\" value=\"0\"/>";
  const std::string large = "<SimplePredicate field=\"d\" operator=\"greaterThan\" value=\"10\"/>";
  return test::pmml(fields, "<MiningModel functionName=\"regression\">" + schema + local("1") +
                                "<Segmentation multipleModelMethod=\"sum\"><Segment id=\"s\">" + positive +
                                regression("2") + "</Segment><Segment id=\"s\">" + large +
                                "<MiningModel functionName=\"regression\">" + schema + local("3") +
                                "<Segmentation multipleModelMethod=\"sum\"><Segment id=\"t\">" + large +
                                regression("4") +
                                "</Segment></Segmentation></MiningModel></Segment></Segmentation>"
                                "</MiningModel>");
}();

TEST(composition, details_show_the_derived_fields_of_the_models_inside) {
  const auto model = Model::load(nested);
  ASSERT_TRUE(model.has_value()) << test::listed(model.error());
  JsonRows rows(*model);
  ASSERT_TRUE(rows.addAll(R"([{"x": 20}, {"x": 5}, {"x": -1}])").has_value());
  Scorer scorer(*model);
  scorer.keepDetails(true);
  scorer.score(rows.batch());
  const auto shown = [&](std::size_t row) {
    std::string text;
    for (const auto& [name, value] : scorer.details(row).derived) {
      text += (text.empty() ? "" : " ") + name + "=";
      appendJson(text, value);
    }
    return text;
  };
  EXPECT_EQ(shown(0), "d=20 s/d=40 s/d#2=60 s/t/d=80");
  EXPECT_EQ(shown(1), "d=5 s/d=10 s/d#2=null s/t/d=null") << "missing in a segment that the record is not in";
  EXPECT_EQ(shown(2), "d=-1 s/d=null s/d#2=null s/t/d=null");
}

/// A chain of two targets; the outer Targets speaks of both.
const std::string chain = [] {
  const auto segment = [](const char* target, const char* intercept) {
    return std::string(
               "<Segment><True/><RegressionModel functionName=\"regression\"><MiningSchema><MiningField "
               "name=\"x\"/><MiningField name=\"") +
           target + "\" usageType=\"target\"/></MiningSchema><RegressionTable intercept=\"" + intercept +
           "\"/></RegressionModel></Segment>";
  };
  return test::pmml(fields + "<DataField name=\"z\" optype=\"continuous\" dataType=\"double\"/>",
                    "<MiningModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/><MiningField "
                    "name=\"y\" usageType=\"target\"/><MiningField name=\"z\" usageType=\"target\"/></MiningSchema>"
                    "<Output><OutputField name=\"twice\" targetField=\"z\"/><OutputField name=\"off\" "
                    "feature=\"residual\" targetField=\"z\"/></Output>"
                    "<Targets><Target field=\"y\" rescaleConstant=\"100\"/><Target field=\"z\" rescaleFactor=\"2\"/>"
                    "</Targets><Segmentation multipleModelMethod=\"modelChain\">" +
                        segment("z", "3") + segment("y", "4") + "</Segmentation></MiningModel>");
}();

TEST(composition, targets_are_for_all_targets) {
  EXPECT_EQ(test::scored(chain, R"([{"x": 0, "z": 7}])", {"y", "z", "twice", "off"}), "[104,6,6,1]");
  test::expectRefused(changed(chain, "<Target field=\"z\" ", "<Target "), Code::missingAttribute, "several targets");
}

TEST(composition, a_segment_without_reason_codes_has_none_to_put_out) {
  test::expectRefused(changed(guarded, "Scorecard functionName=\"regression\" ",
                              "Scorecard functionName=\"regression\" useReasonCodes=\"false\" "),
                      Code::unsupported, "useReasonCodes");
}

}  // namespace
}  // namespace scorelet
