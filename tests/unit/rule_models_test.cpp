// AssociationModel and SequenceModel: what is refused, and why; lists at the input.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;
using test::expectRefused;
using test::Fault;
using test::listed;

const std::string kBaskets = *test::readFile(test::projectRoot() + "/tests/cli/baskets.pmml");
const std::string kVisits = *test::readFile(test::projectRoot() + "/tests/cli/visits.pmml");

class AssociationFault : public testing::TestWithParam<Fault> {};
TEST_P(AssociationFault, is_refused) { expectRefused(kBaskets, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    All, AssociationFault,
    testing::Values(
        Fault{"unknown_item", "itemRef=\"3\"", "itemRef=\"9\"", Code::unresolvedReference, "item with the id \"9\""},
        Fault{"unknown_set", "antecedent=\"both\"", "antecedent=\"all\"", Code::unresolvedReference, "\"all\""},
        Fault{"no_side", "antecedent=\"both\"", "", Code::missingAttribute, "antecedent"},
        Fault{"no_confidence", "confidence=\"0.4\"", "", Code::missingAttribute, "confidence"},
        Fault{"bad_lift", "confidence=\"0.4\"", "confidence=\"0.4\" lift=\"high\"", Code::badValue, "@lift"},
        Fault{"item_twice", "id=\"2\" value", "id=\"1\" value", Code::duplicateName, "two items"},
        Fault{"set_twice", "Itemset id=\"both\"", "Itemset id=\"beer\"", Code::duplicateName, "two sets"},
        Fault{"no_value", "id=\"2\" value=\"bread\"", "id=\"2\"", Code::missingAttribute, "value"},
        Fault{"unknown_field", "value=\"bread\"", "value=\"bread\" field=\"shop\"", Code::unresolvedField, "\"shop\""},
        Fault{"no_active_field", "<MiningField name=\"product\"/>", "", Code::unresolvedField, "active field"},
        Fault{"no_column", "<MiningField name=\"receipt\" usageType=\"group\"/>", "<MiningField name=\"receipt\"/>",
              Code::unresolvedField, "items of a group"},
        Fault{"bad_rule_feature", "feature=\"consequent\"", "feature=\"ruleValue\" ruleFeature=\"probability\"",
              Code::badValue, "leverage"},
        Fault{"negative_rank", "rank=\"0\"", "rank=\"-1\"", Code::badValue, "rank"},
        Fault{"bad_basis", "rank=\"0\"", "rankBasis=\"price\"", Code::badValue, "@rankBasis"},
        Fault{"bad_algorithm", "rank=\"0\"", "algorithm=\"all\"", Code::badValue, "@algorithm"},
        Fault{"other_feature", "feature=\"consequent\"", "feature=\"probability\"", Code::unsupported, "probability"},
        Fault{"no_taxonomy", "name=\"product\" optype", "name=\"product\" taxonomy=\"goods\" optype",
              Code::unresolvedReference, "goods"},
        Fault{"not_scorable", "functionName=", "isScorable=\"false\" functionName=", Code::notScorable, "scored"}),
    test::nameOf);

class SequenceFault : public testing::TestWithParam<Fault> {};
TEST_P(SequenceFault, is_refused) { expectRefused(kVisits, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    All, SequenceFault,
    testing::Values(
        Fault{"unknown_set", "setId=\"c\"", "setId=\"z\"", Code::unresolvedReference, "\"z\""},
        Fault{"unknown_sequence", "seqId=\"ab\"", "seqId=\"z\"", Code::unresolvedReference, "\"z\""},
        Fault{"bad_delimiter", "\"acrossTimeWindows\"", "\"later\"", Code::badValue, "later"},
        Fault{"bad_gap", "gap=\"false\"", "gap=\"some\"", Code::badValue, "some"},
        Fault{"no_gap", "gap=\"false\"", "", Code::missingAttribute, "gap"},
        Fault{"undelimited", "<Delimiter delimiter=\"acrossTimeWindows\" gap=\"true\"/>\n      <SetReference",
              "<SetReference", Code::missingElement, "Delimiter"},
        Fault{"no_antecedent", "<AntecedentSequence><SequenceReference seqId=\"ab\"/></AntecedentSequence>", "",
              Code::missingElement, "AntecedentSequence"},
        Fault{"no_rule_delimiter", "<Delimiter delimiter=\"acrossTimeWindows\" gap=\"false\"/>", "",
              Code::missingElement, "Delimiter"},
        Fault{"sequence_twice", "Sequence id=\"ab\"", "Sequence id=\"a\"", Code::duplicateName, "two sequences"},
        Fault{"single_value", "<Item id=\"1\" value=\"a\"/>",
              "<LocalTransformations><DerivedField name=\"what\" optype=\"categorical\" dataType=\"string\"><Constant>a"
              "</Constant></DerivedField></LocalTransformations><Item id=\"1\" value=\"a\" field=\"what\"/>",
              Code::typeMismatch, "single value"},
        Fault{"text_as_time", "dataType=\"integer\"", "dataType=\"string\"", Code::typeMismatch, "order field"},
        Fault{"predicate_operator", "<Sequence id=\"a\">",
              "<SetPredicate id=\"p\" field=\"what\" operator=\"subsetOf\"><Array "
              "type=\"string\">a</Array></SetPredicate>"
              "<Sequence id=\"a\">",
              Code::badValue, "supersetOf"},
        Fault{"predicate_field", "<Sequence id=\"a\">",
              "<SetPredicate id=\"p\" field=\"who\"><Array type=\"string\">a</Array></SetPredicate><Sequence id=\"a\">",
              Code::unresolvedField, "\"who\""},
        Fault{"predicate_array", "<Sequence id=\"a\">", "<SetPredicate id=\"p\" field=\"what\"/><Sequence id=\"a\">",
              Code::missingElement, "Array"}),
    test::nameOf);

TEST(RuleModels, taxonomies_are_checked) {
  const auto withTaxonomy = [](const std::string& tables) {
    std::string document = changed(kBaskets, "name=\"product\" optype", "name=\"product\" taxonomy=\"goods\" optype");
    return changed(document, "</DataDictionary>",
                   "<Taxonomy name=\"goods\">" + tables + "</Taxonomy></DataDictionary>");
  };
  const auto refusal = [](const std::string& document) {
    const auto model = Model::load(document);
    return model ? std::string("accepted") : listed(model.error());
  };
  EXPECT_NE(refusal(withTaxonomy("")).find("ChildParent"), std::string::npos);
  EXPECT_NE(refusal(withTaxonomy("<ChildParent childField=\"a\" parentField=\"b\"><TableLocator/></ChildParent>"))
                .find("TableLocator"),
            std::string::npos);
  EXPECT_NE(refusal(withTaxonomy("<ChildParent childField=\"a\" isRecursive=\"maybe\"><InlineTable/></ChildParent>"))
                .find("maybe"),
            std::string::npos);
  // A circle has no top, and no end is looked for.
  EXPECT_EQ(refusal(withTaxonomy("<ChildParent childField=\"a\" parentField=\"b\" isRecursive=\"yes\"><InlineTable>"
                                 "<row><a>beer</a><b>ale</b></row><row><a>ale</a><b>beer</b></row>"
                                 "<row><a>ale</a><b>ale</b></row></InlineTable></ChildParent>")),
            "accepted");
}

TEST(RuleModels, taxonomies_are_charged_for_what_they_expand_to) {
  std::string rows;
  for (int i = 0; i < 3000; ++i)
    rows += "<row><a>v" + std::to_string(i) + "</a><b>v" + std::to_string(i + 1) + "</b></row>";
  std::string document = changed(kBaskets, "name=\"product\" optype", "name=\"product\" taxonomy=\"goods\" optype");
  document = changed(
      document, "</DataDictionary>",
      "<Taxonomy name=\"goods\"><ChildParent childField=\"a\" parentField=\"b\" isRecursive=\"yes\"><InlineTable>" +
          rows + "</InlineTable></ChildParent></Taxonomy></DataDictionary>");
  LoadOptions options;
  options.limits.expressionNodes = 100'000;
  const auto model = Model::load(document, options);
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error()[0].code, Code::limitReached) << listed(model.error());
}

/// Ids of the rules that fire for one record of the visits model.
std::string rulesFor(Scorer& scorer, const Cell& what, const Cell& when = Cell::none()) {
  Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
  batch.columns[scorer.model().inputIndex("what")] = Column::ofCells(&what);
  batch.columns[scorer.model().inputIndex("when")] = Column::ofCells(&when);
  scorer.score(batch);
  if (!scorer.ok(0)) return "invalid: " + scorer.diagnostics(0)[0].message;
  return scorer.text(scorer.model().resultIndex("_rules"), 0);
}

TEST(RuleModels, lists_of_lists) {
  Scorer scorer(*Model::load(kVisits));
  EXPECT_TRUE(scorer.model().inputs()[scorer.model().inputIndex("what")].isListOfSets);
  EXPECT_FALSE(scorer.model().inputs()[scorer.model().inputIndex("when")].isListOfSets);
  const Cell a[] = {Cell::of("a")}, bc[] = {Cell::of("b"), Cell::of("c")};
  const Cell sets[] = {Cell::of(std::span<const Cell>(a)), Cell::of(std::span<const Cell>(bc))};
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(sets))), "then, any");
  const Cell times[] = {Cell::of(2.0), Cell::of(1.0)};
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(sets)), Cell::of(std::span<const Cell>(times))), "any");
  const Cell one[] = {Cell::of(2.0)};
  EXPECT_NE(rulesFor(scorer, Cell::of(std::span<const Cell>(sets)), Cell::of(std::span<const Cell>(one))).find("when"),
            std::string::npos);
  // Deeper lists are no items.
  const Cell deep[] = {Cell::of(std::span<const Cell>(sets))};
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(deep))), "");
}

TEST(RuleModels, lists_are_bounded) {
  LoadOptions options;
  options.limits.listItems = 3;
  Scorer scorer(*Model::load(kVisits, options));
  const Cell items[] = {Cell::of("a"), Cell::of("b"), Cell::of("c"), Cell::of("a")};
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(items, 3))), "then, any");
  EXPECT_NE(rulesFor(scorer, Cell::of(std::span<const Cell>(items))).find("longer than allowed"), std::string::npos);
  const Cell sets[] = {Cell::of(std::span<const Cell>(items, 2)), Cell::of(std::span<const Cell>(items, 2))};
  EXPECT_NE(rulesFor(scorer, Cell::of(std::span<const Cell>(sets))).find("longer than allowed"), std::string::npos);
  const Cell empty = Cell::of(std::span<const Cell>());
  const Cell many[] = {empty, empty, empty, empty};
  EXPECT_NE(rulesFor(scorer, Cell::of(std::span<const Cell>(many))).find("longer than allowed"), std::string::npos);
}

TEST(RuleModels, work_for_one_record_is_bounded) {
  Scorer scorer(*Model::load(kVisits));
  const std::vector<Cell> items(1'000'000, Cell::of("a")), rest(items.begin(), items.begin() + 1000);
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(rest))), "any");
  // Six million items stand in no list; a million transactions of this small model are still answered.
  EXPECT_EQ(rulesFor(scorer, Cell::of(std::span<const Cell>(items))), "any");
  std::string rules;
  for (int i = 0; i < 20; ++i)
    rules +=
        "<SequenceRule id=\"r" + std::to_string(i) +
        "\" numberOfSets=\"2\" occurrence=\"1\" support=\"0\" confidence=\"0\"><AntecedentSequence><SequenceReference "
        "seqId=\"ab\"/></AntecedentSequence><Delimiter delimiter=\"acrossTimeWindows\" gap=\"true\"/>"
        "<ConsequentSequence><SequenceReference seqId=\"c\"/></ConsequentSequence></SequenceRule>";
  Scorer large(*Model::load(changed(kVisits, "<SequenceRule id=\"any\"", rules + "<SequenceRule id=\"any\"")));
  EXPECT_NE(rulesFor(large, Cell::of(std::span<const Cell>(items))).find("longer than allowed"), std::string::npos);
}

TEST(RuleModels, a_missing_list_may_be_refused) {
  const std::string document = changed(kBaskets, "<MiningField name=\"product\"/>",
                                       "<MiningField name=\"product\" missingValueTreatment=\"returnInvalid\"/>");
  Scorer scorer(*Model::load(document));
  scorer.score(Batch{1, {}});
  EXPECT_FALSE(scorer.ok(0));
  Scorer lenient(*Model::load(kBaskets));
  lenient.score(Batch{1, {}});
  EXPECT_TRUE(lenient.ok(0));
}

TEST(RuleModels, columns_of_any_kind_are_baskets_of_one) {
  Scorer scorer(*Model::load(kBaskets));
  const int product = scorer.model().inputIndex("product"), then = scorer.model().resultIndex("then");
  const std::int32_t offsets[] = {0, 4, 9}, codes[] = {1, 0, -1};
  const TextView texts{"beernappy", offsets, 2};
  Batch batch{3, std::vector<Column>(scorer.model().inputs().size())};
  batch.columns[product] = Column::ofCodes(codes, texts);
  scorer.score(batch);
  EXPECT_EQ(scorer.text(then, 0), "beer");
  EXPECT_EQ(scorer.text(then, 1), "nappy");
  EXPECT_TRUE(scorer.isMissing(then, 2));
  batch.rows = 2;
  batch.columns[product] = Column::ofTexts(texts);
  scorer.score(batch);
  EXPECT_EQ(scorer.text(then, 0), "nappy");
  EXPECT_EQ(scorer.text(then, 1), "beer");
}

/// A MiningModel around the model of `document`, whose MiningField of the item is `field`.
std::string enclosed(const std::string& document, std::string_view field) {
  const std::size_t begin = document.find("<AssociationModel"), end = document.find("</PMML>");
  std::string inner = document.substr(begin, end - begin);
  inner = changed(inner, "<MiningField name=\"product\"/>", field);
  return document.substr(0, begin) +
         "<MiningModel functionName=\"associationRules\"><MiningSchema><MiningField name=\"receipt\" "
         "usageType=\"group\"/>"
         "<MiningField name=\"product\"/></MiningSchema><Segmentation "
         "multipleModelMethod=\"modelChain\"><Segment><True/>" +
         inner + "</Segment></Segmentation></MiningModel></PMML>";
}

TEST(RuleModels, treatments_of_an_inner_model_are_those_of_items) {
  const auto model =
      Model::load(enclosed(kBaskets, "<MiningField name=\"product\" missingValueReplacement=\"beer\"/>"));
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  Scorer scorer(*model);
  const Cell items[] = {Cell::of("bread"), Cell::none()};
  const Cell list = Cell::of(std::span<const Cell>(items));
  Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
  batch.columns[scorer.model().inputIndex("product")] = Column::ofCells(&list);
  scorer.score(batch);
  EXPECT_EQ(scorer.text(scorer.model().resultIndex("ids"), 0), "R1, R2");
}

}  // namespace
}  // namespace scorelet
