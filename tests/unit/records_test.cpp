// Texts of records: JSON strings and values, CSV cells, diagnostics.
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include <scorelet/scorelet.hpp>

using namespace scorelet;

namespace {

std::string jsonString(std::string_view text) {
  std::string out;
  appendJsonString(out, text);
  return out;
}

std::string json(const ResultValue& value) {
  std::string out;
  appendJson(out, value);
  return out;
}

ResultValue number(double x) { return {ResultValue::Kind::number, x, {}, {}}; }

TEST(Records, JsonStringsAsJsonStringifyWritesThem) {
  EXPECT_EQ(jsonString(""), R"("")");
  EXPECT_EQ(jsonString("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(jsonString("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(jsonString(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(jsonString("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

TEST(Records, BytesThatAreNotUtf8BecomeTheReplacementCharacter) {
  EXPECT_EQ(jsonString("a\xFF\"b"), "\"a\xEF\xBF\xBD\\\"b\"");
}

TEST(Records, JsonValues) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(json({}), "null");
  EXPECT_EQ(json(number(0.1)), "0.1");
  EXPECT_EQ(json(number(-0.0)), "0");
  EXPECT_EQ(json(number(1e21)), "1e+21");
  EXPECT_EQ(json(number(infinity)), "\"INF\"");
  EXPECT_EQ(json(number(-infinity)), "\"-INF\"");
  EXPECT_EQ(json({ResultValue::Kind::boolean, 1, {}, {}}), "true");
  EXPECT_EQ(json({ResultValue::Kind::boolean, 0, {}, {}}), "false");
  EXPECT_EQ(json({ResultValue::Kind::text, 0, "1", {}}), "\"1\"");
  EXPECT_EQ(json({ResultValue::Kind::list, 0, {}, {}}), "[]");
  EXPECT_EQ(json({ResultValue::Kind::list, 0, {}, {number(1), {}, number(2)}}), "[1,null,2]");
}

TEST(Records, CsvCellsAreQuotedIfTheyMustBe) {
  const auto cell = [](std::string_view text, char separator) {
    std::string out;
    appendCsvCell(out, text, separator);
    return out;
  };
  EXPECT_EQ(cell("", ','), "");
  EXPECT_EQ(cell("a b;c", ','), "a b;c");
  EXPECT_EQ(cell("a b;c", ';'), "\"a b;c\"");
  EXPECT_EQ(cell("a,b", ','), "\"a,b\"");
  EXPECT_EQ(cell("a\nb", ','), "\"a\nb\"");
  EXPECT_EQ(cell("a\rb", ','), "\"a\rb\"");
  EXPECT_EQ(cell("\"a\"", ','), "\"\"\"a\"\"\"");
}

TEST(Records, TextOfADiagnostic) {
  Diagnostic d;
  d.code = Code::unresolvedField;
  d.message = "There is no field \"x\".";
  EXPECT_EQ(d.text(), "error unresolvedField: There is no field \"x\".");
  d.severity = Severity::warning;
  d.line = 12;
  d.column = 3;
  d.path = "/PMML/TreeModel";
  EXPECT_EQ(d.text(), "warning unresolvedField at line 12, column 3 (/PMML/TreeModel): There is no field \"x\".");
}

TEST(Records, CodesHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  const auto last = static_cast<std::uint16_t>(Code::closed);
  for (std::uint16_t code = 0; code <= last; ++code) names.insert(codeName(static_cast<Code>(code)));
  EXPECT_EQ(names.size(), last + 1u);
  EXPECT_FALSE(names.contains("unknown"));
}

}  // namespace
