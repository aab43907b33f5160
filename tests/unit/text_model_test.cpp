// TextModel: what is refused, and why; matrices in all their forms.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "document/sparse_matrix.hpp"
#include "support/refusals.hpp"
#include "xml/document.hpp"

namespace scorelet {
namespace {

using test::Fault;

constexpr std::string_view kDocument = R"(<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
<DataDictionary>
  <DataField name="text" optype="categorical" dataType="string"/>
  <DataField name="size" optype="continuous" dataType="double"/>
</DataDictionary>
<TextModel functionName="clustering" numberOfTerms="2" numberOfDocuments="2">
  <MiningSchema><MiningField name="text"/></MiningSchema>
  <TextDictionary><Array type="string">sun moon</Array></TextDictionary>
  <TextCorpus><TextDocument id="1"/><TextDocument id="2"/></TextCorpus>
  <DocumentTermMatrix><Matrix><Array type="int">1 2</Array><Array type="int">3 0</Array></Matrix></DocumentTermMatrix>
  <TextModelNormalization globalTermWeights="none"/>
  <TextModelSimiliarity similarityType="cosine"/>
</TextModel></PMML>)";

class TextFault : public testing::TestWithParam<Fault> {};

TEST_P(TextFault, is_refused) { test::expectRefused(std::string(kDocument), GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    All, TextFault,
    testing::Values(
        Fault{"terms", "numberOfTerms=\"2\"", "numberOfTerms=\"3\"", Code::badValue, "@numberOfTerms"},
        Fault{"documents", "numberOfDocuments=\"2\"", "numberOfDocuments=\"9\"", Code::badValue, "@numberOfDocuments"},
        Fault{"no_count", "numberOfDocuments=\"2\"", "", Code::missingAttribute, "numberOfDocuments"},
        Fault{"term_twice", "sun moon", "sun sun", Code::duplicateName, "\"sun\""},
        Fault{"document_twice", "TextDocument id=\"2\"", "TextDocument id=\"1\"", Code::duplicateName, "\"1\""},
        Fault{"no_dictionary", "<Array type=\"string\">sun moon</Array>", "", Code::missingElement, "Array"},
        Fault{"matrix_size", "<Array type=\"int\">3 0</Array>", "", Code::badValue, "2 by 2"},
        Fault{"ragged", "3 0", "3 0 1", Code::badValue, "2 numbers"},
        Fault{"no_number", "3 0", "3 x", Code::badValue, "\"x\""},
        Fault{"negative", "3 0", "3 -1", Code::badValue, "never"},
        Fault{"no_matrix", "<Matrix><Array type=\"int\">1 2</Array><Array type=\"int\">3 0</Array></Matrix>", "",
              Code::missingElement, "Matrix"},
        Fault{"empty_matrix", "<Array type=\"int\">1 2</Array><Array type=\"int\">3 0</Array>", "",
              Code::missingElement, "MatCells"},
        Fault{"local", "globalTermWeights=\"none\"", "localTermWeights=\"cubic\"", Code::badValue, "cubic"},
        Fault{"global", "globalTermWeights=\"none\"", "globalTermWeights=\"heavy\"", Code::badValue, "heavy"},
        Fault{"normalization", "globalTermWeights=\"none\"", "documentNormalization=\"max\"", Code::badValue, "max"},
        Fault{"certain", "globalTermWeights=\"none\"", "globalTermWeights=\"probabilisticInverse\"", Code::badValue,
              "\"sun\""},
        Fault{"similarity", "similarityType=\"cosine\"", "similarityType=\"near\"", Code::badValue, "near"},
        Fault{"no_field", "<MiningField name=\"text\"/>", "", Code::unresolvedField, "active field"},
        Fault{"unknown_column", "<MiningField name=\"text\"/>", "<MiningField name=\"size\"/>", Code::unresolvedField,
              "named like a term"},
        Fault{"labels", "</TextModel>", "<ClassLabels><Array type=\"string\">a</Array></ClassLabels></TextModel>",
              Code::badValue, "each document"}),
    test::nameOf);

/// The cells of a matrix as text, or what is wrong with it.
std::string cellsOf(std::string_view matrix) {
  xml::Document document(matrix, Limits{});
  EXPECT_TRUE(document.parse());
  const document::SparseMatrix m = document::readSparseMatrix(document.root(), 100);
  if (document.hasErrors()) return document.take()[0].message;
  std::string text = std::to_string(m.rows) + "x" + std::to_string(m.columns) + ":";
  for (const auto& c : m.cells) {
    text += " " + std::to_string(c.row) + "," + std::to_string(c.column) + "=";
    appendNumber(text, c.value);
  }
  return text;
}

TEST(SparseMatrix, forms) {
  EXPECT_EQ(cellsOf("<Matrix><Array>1 0 2</Array><Array>0 0 3</Array></Matrix>"), "2x3: 0,0=1 0,2=2 1,2=3");
  EXPECT_EQ(cellsOf("<Matrix kind=\"diagonal\" nbRows=\"2\" nbCols=\"2\"><Array>4 5</Array></Matrix>"),
            "2x2: 0,0=4 1,1=5");
  EXPECT_EQ(cellsOf("<Matrix kind=\"symmetric\"><Array>1</Array><Array>2 3</Array></Matrix>"),
            "2x2: 0,0=1 0,1=2 1,0=2 1,1=3");
  EXPECT_EQ(
      cellsOf("<Matrix nbRows=\"2\" nbCols=\"3\" diagDefault=\"1\"><MatCell row=\"2\" col=\"3\">7</MatCell></Matrix>"),
      "2x3: 0,0=1 1,1=1 1,2=7");
  EXPECT_EQ(
      cellsOf(
          "<Matrix nbRows=\"2\" nbCols=\"2\" offDiagDefault=\"1\"><MatCell row=\"1\" col=\"1\">2</MatCell></Matrix>"),
      "2x2: 0,0=2 0,1=1 1,0=1");
  EXPECT_EQ(
      cellsOf("<Matrix kind=\"symmetric\" nbRows=\"2\" nbCols=\"2\"><MatCell row=\"2\" col=\"1\">9</MatCell></Matrix>"),
      "2x2: 0,1=9 1,0=9");
}

TEST(SparseMatrix, faults) {
  const auto holds = [](const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  holds(cellsOf("<Matrix nbRows=\"1\"><MatCell row=\"1\" col=\"1\">1</MatCell></Matrix>"), "size");
  holds(cellsOf("<Matrix nbRows=\"1\" nbCols=\"1\"><MatCell row=\"0\" col=\"1\">1</MatCell></Matrix>"),
        "no such place");
  holds(cellsOf("<Matrix nbRows=\"1\" nbCols=\"1\"><MatCell row=\"1.5\" col=\"1\">1</MatCell></Matrix>"),
        "no such place");
  holds(cellsOf("<Matrix nbRows=\"1\" nbCols=\"1\"><MatCell row=\"1\" col=\"1\">a</MatCell></Matrix>"), "not a number");
  holds(cellsOf("<Matrix nbRows=\"-1\"><Array>1</Array></Matrix>"), "no size");
  holds(cellsOf("<Matrix nbRows=\"3\"><Array>1</Array></Matrix>"), "1 rows");
  holds(cellsOf("<Matrix kind=\"diagonal\"><Array>1</Array><Array>1</Array></Matrix>"), "one Array");
  holds(
      cellsOf(
          "<Matrix nbRows=\"9\" nbCols=\"99\" offDiagDefault=\"1\"><MatCell row=\"1\" col=\"1\">1</MatCell></Matrix>"),
      "more than 100 cells");
}

}  // namespace
}  // namespace scorelet
