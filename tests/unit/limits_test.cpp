// Every bound of LoadOptions::limits is reached here, and hostile documents end in diagnostics, never in a crash.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectAccepted;
using test::expectRefused;
using test::listed;
using test::pmml;
using test::repeat;
using test::scoringExpression;

template <class Member, class Number>
LoadOptions with(Member Limits::* limit, Number value) {
  LoadOptions options;
  options.limits.*limit = static_cast<Member>(value);
  return options;
}

/// Scores one row with s = text and returns the scorer.
Scorer scoreText(const std::string& document, std::string_view text, const LoadOptions& options) {
  auto model = Model::load(document, options);
  EXPECT_TRUE(model.has_value()) << listed(model.error());
  Scorer scorer(*model);
  const Cell cell = Cell::of(text);
  Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
  const int s = scorer.model().inputIndex("s");
  if (s >= 0) batch.columns[s] = Column::ofCells(&cell);
  scorer.score(batch);
  return scorer;
}

const std::string simple = scoringExpression("<FieldRef field=\"x\"/>");

// --- limits of the document --------------------------------------------------------------------------------

TEST(limits, document_bytes) {
  expectAccepted(simple, with(&Limits::documentBytes, simple.size()));
  expectRefused(simple, Code::tooLarge, with(&Limits::documentBytes, simple.size() - 1));
}

TEST(limits, depth) {
  const auto nested = [](std::size_t n) {
    return pmml("<Extension>" + repeat("<a>", n) + repeat("</a>", n) + "</Extension>", "");
  };
  expectRefused(nested(10'000), Code::tooDeep);
  expectRefused(nested(1'000'000), Code::tooDeep);
  expectRefused(simple, Code::tooDeep, with(&Limits::depth, 4));
  expectAccepted(simple, with(&Limits::depth, 6));
}

TEST(limits, elements) {
  expectRefused(simple, Code::tooManyElements, with(&Limits::elements, 10));
  expectAccepted(simple, with(&Limits::elements, 20));
}

TEST(limits, expression_depth) {
  const auto nested = [](std::size_t n) {
    return scoringExpression(repeat("<Apply function=\"floor\">", n) + "<FieldRef field=\"x\"/>" +
                             repeat("</Apply>", n));
  };
  expectAccepted(nested(200));
  expectRefused(nested(300), Code::tooDeep);
  expectRefused(nested(20), Code::tooDeep, with(&Limits::expressionDepth, 10));
}

TEST(limits, expression_depth_counts_expanded_functions) {
  std::string functions;
  for (int i = 0; i < 400; ++i)
    functions += "<DefineFunction name=\"f" + std::to_string(i) +
                 "\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"p\" dataType=\"double\"/>"
                 "<Apply function=\"" +
                 (i == 0 ? "floor" : "f" + std::to_string(i - 1)) +
                 "\"><FieldRef field=\"p\"/></Apply></DefineFunction>";
  expectRefused(scoringExpression("<Apply function=\"f399\"><FieldRef field=\"x\"/></Apply>", functions),
                Code::tooDeep);
}

TEST(limits, expression_nodes) {
  std::string functions;  // each doubles the one before: 2^60 additions
  for (int i = 0; i < 60; ++i) {
    const std::string inner =
        i == 0 ? "<FieldRef field=\"p\"/>"
               : "<Apply function=\"f" + std::to_string(i - 1) + "\"><FieldRef field=\"p\"/></Apply>";
    functions += "<DefineFunction name=\"f" + std::to_string(i) +
                 "\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"p\" dataType=\"double\"/>"
                 "<Apply function=\"+\">" +
                 inner + inner + "</Apply></DefineFunction>";
  }
  expectRefused(scoringExpression("<Apply function=\"f59\"><FieldRef field=\"x\"/></Apply>", functions),
                Code::limitReached, with(&Limits::expressionNodes, 100'000));
}

TEST(limits, predicate_depth) {
  const std::string compound = "<CompoundPredicate booleanOperator=\"and\"><True/>";
  const std::string tree =
      "<TreeModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/></MiningSchema><Node "
      "score=\"1\">" +
      repeat(compound, 300) + "<True/>" + repeat("</CompoundPredicate>", 300) + "</Node></TreeModel>";
  expectRefused(pmml("<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>", tree), Code::tooDeep);
}

std::string nestedModels(int depth) {
  if (depth == 0)
    return "<TreeModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/></MiningSchema>"
           "<Node score=\"1\"><True/></Node></TreeModel>";
  return "<MiningModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/></MiningSchema>"
         "<Segmentation multipleModelMethod=\"sum\"><Segment><True/>" +
         nestedModels(depth - 1) + "</Segment></Segmentation></MiningModel>";
}

TEST(limits, segment_depth) {
  const std::string field = "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>";
  expectAccepted(pmml(field, nestedModels(10)));
  expectRefused(pmml(field, nestedModels(40)), Code::tooDeep);
  expectRefused(pmml(field, nestedModels(3)), Code::tooDeep, with(&Limits::segmentDepth, 2));
}

TEST(limits, reported_diagnostics) {
  std::string output;
  for (int i = 0; i < 500; ++i)
    output += "<DerivedField name=\"d" + std::to_string(i) +
              "\" optype=\"continuous\" dataType=\"double\"><FieldRef field=\"nowhere\"/></DerivedField>";
  const std::string document = scoringExpression("<FieldRef field=\"x\"/>", "", output);
  const auto model = Model::load(document, with(&Limits::reportedDiagnostics, 20));
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().size(), 21u);
  EXPECT_EQ(model.error().back().code, Code::limitReached) << listed(model.error());
}

// --- limits of a row ---------------------------------------------------------------------------------------

TEST(limits, regex_steps) {
  const std::string document =
      scoringExpression("<Apply function=\"matches\"><FieldRef field=\"s\"/><Constant>^(a+)+$</Constant></Apply>");
  const std::string text = std::string(40, 'a') + "!";
  const Scorer scorer = scoreText(document, text, with(&Limits::regexSteps, 10'000));
  EXPECT_FALSE(scorer.ok(0));
  EXPECT_TRUE(scorer.isMissing(static_cast<std::size_t>(scorer.model().resultIndex("out")), 0));
  EXPECT_FALSE(scoreText(document, text, {}).ok(0)) << "the default lets an exponential match run on";
}

TEST(limits, text_bytes) {
  std::string expression = "<FieldRef field=\"s\"/>";
  for (int i = 0; i < 10; ++i) expression = "<Apply function=\"concat\">" + expression + expression + "</Apply>";
  const std::string document = scoringExpression(expression);  // 1024 copies
  EXPECT_TRUE(scoreText(document, "abcd", with(&Limits::textBytes, 4096)).ok(0));
  EXPECT_FALSE(scoreText(document, "abcd", with(&Limits::textBytes, 4095)).ok(0));
}

TEST(limits, text_bytes_of_an_input) {
  const std::string document = scoringExpression("<Apply function=\"uppercase\"><FieldRef field=\"s\"/></Apply>");
  EXPECT_TRUE(scoreText(document, std::string(1000, 'a'), with(&Limits::textBytes, 1000)).ok(0));
  EXPECT_FALSE(scoreText(document, std::string(1001, 'a'), with(&Limits::textBytes, 1000)).ok(0));
}

TEST(limits, list_items) {
  const std::string document = pmml(
      "<DataField name=\"id\" optype=\"categorical\" dataType=\"string\"/>"
      "<DataField name=\"s\" optype=\"continuous\" dataType=\"double\"/>",
      "<TransformationDictionary><DerivedField name=\"total\" optype=\"continuous\" dataType=\"double\">"
      "<Aggregate field=\"s\" function=\"sum\" groupField=\"id\"/></DerivedField></TransformationDictionary>"
      "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"id\" usageType=\"group\"/>"
      "<MiningField name=\"s\"/></MiningSchema><RegressionTable intercept=\"0\">"
      "<NumericPredictor name=\"total\" coefficient=\"1\"/></RegressionTable></RegressionModel>");
  auto model = Model::load(document, with(&Limits::listItems, 100));
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  Scorer scorer(*model);
  const auto scored = [&](std::size_t items) {
    const std::vector<Cell> list(items, Cell::of(1.0));
    const Cell cell = Cell::of(std::span<const Cell>(list));
    Batch batch{1, std::vector<Column>(model->inputs().size())};
    batch.columns[model->inputIndex("s")] = Column::ofCells(&cell);
    scorer.score(batch);
    return scorer.ok(0);
  };
  EXPECT_TRUE(scored(100));
  EXPECT_EQ(scorer.column(0)[0], 100.0);
  EXPECT_FALSE(scored(101));
}

// --- hostile documents -------------------------------------------------------------------------------------

TEST(hostile, document_type_and_entities) {
  expectRefused("<!DOCTYPE PMML>" + simple, Code::forbiddenMarkup);
  expectRefused("<!DOCTYPE PMML SYSTEM \"http://example.org/evil.dtd\">" + simple, Code::forbiddenMarkup);
  expectRefused("<!DOCTYPE p [<!ENTITY a \"&b;&b;\"><!ENTITY b \"boom\">]>" + simple, Code::forbiddenMarkup);
  expectRefused("<!DOCTYPE p [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>" + simple, Code::forbiddenMarkup);
}

TEST(hostile, not_pmml) {
  expectRefused("", Code::notXml);
  expectRefused("   \n", Code::notXml);
  expectRefused("{\"json\": true}", Code::notXml);
  expectRefused(std::string("\0\0\0\0", 4), Code::notXml);
  expectRefused("<html><body/></html>", Code::notPmml);
  expectRefused("<PMML version=\"1.1\"/><PMML/>", Code::notXml);
  expectRefused("<PMML xmlns=\"http://www.dmg.org/PMML-2_0\" version=\"2.0\"/>", Code::unsupportedVersion);
  expectRefused("<PMML xmlns=\"http://www.dmg.org/PMML-9_0\" version=\"9.0\"/>", Code::unsupportedVersion);
}

TEST(hostile, cyclic_derived_fields) {
  const auto field = [](const std::string& name, const std::string& other) {
    return "<DerivedField name=\"" + name + "\" optype=\"continuous\" dataType=\"double\"><FieldRef field=\"" + other +
           "\"/></DerivedField>";
  };
  expectRefused(scoringExpression("<FieldRef field=\"a\"/>", field("a", "b") + field("b", "c") + field("c", "a")),
                Code::cycle);
  expectRefused(scoringExpression("<FieldRef field=\"a\"/>", "", field("a", "a")), Code::cycle);
}

TEST(hostile, recursive_functions) {
  const auto function = [](const std::string& name, const std::string& other) {
    return "<DefineFunction name=\"" + name +
           "\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"p\"/>"
           "<Apply function=\"" +
           other + "\"><FieldRef field=\"p\"/></Apply></DefineFunction>";
  };
  expectRefused(scoringExpression("<Apply function=\"f\"><FieldRef field=\"x\"/></Apply>",
                                  function("f", "g") + function("g", "f")),
                Code::cycle);
}

TEST(hostile, huge_attribute) {
  const std::string huge(4 << 20, 'a');
  expectRefused(scoringExpression("<FieldRef field=\"" + huge + "\"/>"), Code::unresolvedField);
  expectRefused(scoringExpression("<Apply function=\"" + huge + "\"/>"), Code::unresolvedFunction);
}

TEST(hostile, numbers_that_are_none) {
  for (const char* bad : {"1,5", "abc", "", "1e", "0x10", "--1", "1 2"}) {
    const std::string table = "<RegressionTable intercept=\"" + std::string(bad) + "\"/>";
    std::string document = simple;
    const auto at = document.find("<RegressionTable intercept=\"1\"/>");
    document.replace(at, std::string_view("<RegressionTable intercept=\"1\"/>").size(), table);
    expectRefused(document, Code::badValue);
  }
}

TEST(hostile, regular_expression_that_does_not_compile) {
  expectRefused(scoringExpression("<Apply function=\"matches\"><FieldRef field=\"s\"/><Constant>(</Constant></Apply>"),
                Code::badRegex);
}

TEST(hostile, truncated_documents) {
  const auto bytes = test::readFile(test::projectRoot() + "/tests/data/examples/loan.pmml");
  ASSERT_TRUE(bytes.has_value());
  for (std::size_t size = 0; size < bytes->find("</PMML>"); size += 97) {
    const auto model = Model::load(std::string_view(*bytes).substr(0, size));
    ASSERT_FALSE(model.has_value()) << "accepted the first " << size << " bytes";
    ASSERT_FALSE(model.error().empty());
    EXPECT_FALSE(model.error()[0].text().empty());
  }
}

TEST(hostile, damaged_documents) {
  const auto bytes = test::readFile(test::projectRoot() + "/tests/data/examples/loan.pmml");
  ASSERT_TRUE(bytes.has_value());
  for (std::size_t at = 0; at < bytes->size(); at += 13) {
    for (const char damage : {'<', '"', 'Z', '\0', '\xFF'}) {
      std::string copy = *bytes;
      copy[at] = damage;
      const auto model = Model::load(copy);
      if (!model) {
        ASSERT_FALSE(model.error().empty()) << "byte " << at;
        continue;
      }
      Scorer scorer(*model);  // still a model: it must answer something
      scorer.score(Batch{3, {}});
      ASSERT_EQ(scorer.rows(), 3u);
      for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(scorer.ok(row), scorer.diagnostics(row).empty());
    }
  }
}

}  // namespace
}  // namespace scorelet
