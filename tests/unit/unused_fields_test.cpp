// Derived fields that no result needs: checked and shown in details, but no result pays for them.
#include "compile/load.hpp"
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

std::string field(const std::string& name, const std::string& expression) {
  return "<DerivedField name=\"" + name + "\" optype=\"continuous\" dataType=\"double\">" + expression +
         "</DerivedField>";
}

std::string plus1(const std::string& name) {
  return "<Apply function=\"+\"><FieldRef field=\"" + name + "\"/><Constant>1</Constant></Apply>";
}

const std::string kFields =
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="u" optype="continuous" dataType="double"/>
       <DataField name="y" optype="continuous" dataType="double"/>)";

/// y = 2 (x + 1), with more derived fields around.
std::string line(const std::string& globals, const std::string& locals) {
  return test::pmml(
      kFields, "<TransformationDictionary>" + field("used", plus1("x")) + globals +
                   R"(</TransformationDictionary><RegressionModel functionName="regression">
       <MiningSchema><MiningField name="x"/><MiningField name="u"/><MiningField name="y" usageType="target"/></MiningSchema>)" +
                   (locals.empty() ? "" : "<LocalTransformations>" + locals + "</LocalTransformations>") +
                   R"(<RegressionTable intercept="0"><NumericPredictor name="used" coefficient="2"/></RegressionTable>
       </RegressionModel>)");
}

/// The sum of two segments, x and 2x; the first has derived fields of its own. `inputs`: of the segments.
std::string ensemble(const std::string& globals, const std::string& locals,
                     const std::string& inputs = "<MiningField name=\"x\"/><MiningField name=\"u\"/>") {
  const auto segment = [&](const std::string& coefficient, const std::string& own) {
    return "<Segment><True/><RegressionModel functionName=\"regression\"><MiningSchema>" + inputs + "</MiningSchema>" +
           own + "<RegressionTable intercept=\"0\"><NumericPredictor name=\"x\" coefficient=\"" + coefficient +
           "\"/></RegressionTable></RegressionModel></Segment>";
  };
  return test::pmml(kFields, "<TransformationDictionary>" + field("g", plus1("u")) + globals +
                                 R"(</TransformationDictionary><MiningModel functionName="regression">
       <MiningSchema><MiningField name="x"/><MiningField name="u"/><MiningField name="y" usageType="target"/></MiningSchema>
       <Segmentation multipleModelMethod="sum">)" +
                                 segment("1", "<LocalTransformations>" + locals + "</LocalTransformations>") +
                                 segment("2", "") + "</Segmentation></MiningModel>");
}

std::shared_ptr<const program::Program> programOf(const std::string& document) {
  const auto program = compile::load(document, {});
  EXPECT_TRUE(program.has_value()) << (program ? "" : test::listed(program.error()));
  return program ? *program : nullptr;
}

/// `more` is the document `less` with fields that nothing uses.
void expectNoMoreForResults(const std::string& less, const std::string& more) {
  const auto a = programOf(less), b = programOf(more);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->forResults.steps.size(), b->forResults.steps.size());
  EXPECT_EQ(a->forResults.inputs.size(), b->forResults.inputs.size());
  EXPECT_EQ(a->stateful.size(), b->stateful.size());
}

std::string usedInputs(const Model& model) {
  std::string names;
  for (const InputField& in : model.inputs())
    if (in.isUsed) names += in.name;
  return names;
}

std::string derivedOf(Scorer& scorer, const std::string& record) {
  JsonRows rows(scorer.model());
  if (!rows.addAll(record)) return "not read";
  scorer.score(rows.batch());
  std::string text;
  for (const auto& [name, value] : scorer.details(0).derived) {
    text += (text.empty() ? "" : " ") + name + "=";
    appendJson(text, value);
  }
  return text;
}

TEST(unused_fields, cost_no_step_and_read_no_input) {
  const std::string more = field("g", plus1("u")) + field("h", plus1("g"));
  expectNoMoreForResults(line("", ""), line(more, field("l", plus1("h"))));
  const auto program = programOf(line(more, field("l", plus1("h"))));
  EXPECT_EQ(program->forResults.inputs.size(), 1u);
  EXPECT_EQ(program->forDetails.inputs.size(), 1u);
  EXPECT_GE(program->forDetails.steps.size(), 3u);
}

TEST(unused_fields, do_not_make_an_input_used) {
  const auto model = Model::load(line(field("g", plus1("u")), ""));
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(usedInputs(*model), "x");
}

TEST(unused_fields, are_shown_in_details) {
  const auto model = Model::load(line(field("g", plus1("u")), field("l", plus1("g"))));
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 1, "u": 5})"), "used=2 g=6 l=7");
  EXPECT_EQ(scorer.column(0)[0], 4);
  scorer.keepDetails(false);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 2, "u": 5})"), "");
  EXPECT_EQ(scorer.column(0)[0], 6);
  scorer.keepDetails(true);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 2, "u": 6})"), "used=3 g=7 l=8");
}

TEST(unused_fields, have_their_faults_reported_once) {
  const std::string faulty = field("bad", "<FieldRef field=\"nowhere\"/>");
  for (const std::string& document :
       {line(faulty, ""), line("", faulty), ensemble(faulty, ""), ensemble("", faulty),
        ensemble(faulty, field("l", plus1("bad"))),
        ensemble(faulty, field("l", plus1("bad")), R"(<MiningField name="x" missingValueReplacement="0"/>)")}) {
    const auto model = Model::load(document);
    ASSERT_FALSE(model.has_value()) << document;
    EXPECT_EQ(model.error().size(), 1u) << test::listed(model.error());
    EXPECT_TRUE(test::says(model.error(), Code::unresolvedField, "nowhere"));
  }
}

TEST(unused_fields, of_a_segment_leave_the_model_around_it_alone) {
  const std::string local = field("l", plus1("g")) + field("m", "<Lag field=\"u\"/>");
  expectNoMoreForResults(ensemble("", ""), ensemble("", local));
  const auto model = Model::load(ensemble("", local));
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(usedInputs(*model), "x");
  EXPECT_FALSE(model->isStateful());
  Scorer scorer(*model);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 1, "u": 5})"), "g=6");
  EXPECT_EQ(scorer.column(0)[0], 3);
}

/// What one segment has only checked the next one needs.
TEST(unused_fields, of_one_segment_may_be_used_by_another) {
  const std::string document = test::changed(
      ensemble("", field("l", plus1("g")), R"(<MiningField name="x"/><MiningField name="g"/>)"),
      R"(<NumericPredictor name="x" coefficient="2"/>)", R"(<NumericPredictor name="g" coefficient="2"/>)");
  EXPECT_EQ(test::scored(document, R"({"x": 1, "u": 5})", {"y"}), "[13]");
  const auto model = Model::load(document);
  EXPECT_EQ(usedInputs(*model), "xu");
}

TEST(unused_fields, harm_nothing_when_they_are_invalid) {
  const std::string document = line(field("g", "<Apply function=\"ln\"><FieldRef field=\"u\"/></Apply>"), "");
  EXPECT_EQ(test::scored(document, R"({"x": 1, "u": -5})", {"y"}), "[4]");
  const auto model = Model::load(document);
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 1, "u": -5})"), "used=2 g=null");
  EXPECT_TRUE(scorer.ok(0));
}

/// Memory of a field that only details show is saved and restored with the rest.
TEST(unused_fields, may_look_back) {
  const auto model = Model::load(line(field("g", "<Lag field=\"u\"/>"), ""));
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  EXPECT_EQ(derivedOf(scorer, R"({"x": 1, "u": 5})"), "used=2 g=null");
  EXPECT_EQ(derivedOf(scorer, R"({"x": 1, "u": 6})"), "used=2 g=5");
  Scorer other(*model);
  ASSERT_TRUE(other.restoreState(scorer.saveState()).has_value());
  EXPECT_EQ(derivedOf(other, R"({"x": 1, "u": 7})"), "used=2 g=6");
}

}  // namespace
}  // namespace scorelet
