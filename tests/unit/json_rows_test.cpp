// JSON records as rows: cells, refusals that leave no row behind, memory that is used again.
#include <gtest/gtest.h>

#include <scorelet/scorelet.hpp>

#include "support/files.hpp"

using namespace scorelet;

namespace {

// Inputs: amount (a list, since it is aggregated), name, size.
constexpr std::string_view kDocument = R"(<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
<DataDictionary>
  <DataField name="amount" optype="continuous" dataType="double"/>
  <DataField name="name" optype="categorical" dataType="string"/>
  <DataField name="size" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel functionName="regression">
  <MiningSchema><MiningField name="amount"/><MiningField name="name"/><MiningField name="size"/></MiningSchema>
  <LocalTransformations>
    <DerivedField name="total" optype="continuous" dataType="double"><Aggregate field="amount" function="sum"/></DerivedField>
  </LocalTransformations>
  <RegressionTable intercept="0">
    <NumericPredictor name="total" coefficient="1"/><NumericPredictor name="size" coefficient="1"/>
    <CategoricalPredictor name="name" value="a" coefficient="1"/>
  </RegressionTable>
</RegressionModel></PMML>)";

class JsonRowsTest : public testing::Test {
 protected:
  JsonRowsTest() : model_(*Model::load(kDocument)) {}

  static Cell cell(JsonRows& rows, std::size_t column, std::size_t row) {
    return rows.batch().columns.at(column).cell(row);
  }
  static std::string refusal(const Expected<void>& added) {
    if (added) return {};
    EXPECT_EQ(added.error().size(), 1u);
    EXPECT_EQ(added.error()[0].code, Code::badRecord);
    return added.error()[0].message;
  }

  Model model_;
};

TEST_F(JsonRowsTest, ListsOfSequencesMayNest) {
  const auto document = test::readFile(test::projectRoot() + "/tests/cli/visits.pmml");
  const Model visits = *Model::load(*document);
  const auto what = static_cast<std::size_t>(visits.inputIndex("what"));
  JsonRowsOptions options;
  options.listItems = 6;  // lists within count as well
  JsonRows rows(visits, options);
  ASSERT_TRUE(rows.add(R"({"what": [["a"], [], ["b", "c"]], "when": [1, 2, 3]})"));
  ASSERT_TRUE(rows.add(R"({"what": ["a", ["b"]]})"));
  const Cell sets = cell(rows, what, 0), mixed = cell(rows, what, 1);
  ASSERT_EQ(sets.items.size(), 3u);
  EXPECT_EQ(sets.items.begin()[0].items.begin()[0].text, "a");
  EXPECT_EQ(sets.items.begin()[1].kind, Cell::Kind::list);
  EXPECT_EQ(sets.items.begin()[1].items.size(), 0u);
  EXPECT_EQ(sets.items.begin()[2].items.begin()[1].text, "c");
  ASSERT_EQ(mixed.items.size(), 2u);
  EXPECT_EQ(mixed.items.begin()[0].text, "a");
  EXPECT_EQ(mixed.items.begin()[1].items.begin()[0].text, "b");
  EXPECT_NE(refusal(rows.add(R"({"what": [[["a"]]]})")).find("list of lists"), std::string::npos);
  EXPECT_NE(refusal(rows.add(R"({"when": [[1]]})")).find("list within a list"), std::string::npos);
  EXPECT_NE(refusal(rows.add(R"({"what": [["a", "b", "c"], ["d"], ["e"]]})")).find("more than 6"), std::string::npos);
  EXPECT_EQ(rows.rows(), 2u);
}

TEST_F(JsonRowsTest, ValuesBecomeCells) {
  JsonRows rows(model_);
  ASSERT_TRUE(rows.add(R"({"amount": [1, null, "2", true], "name": "b\u0041", "size": -2.5e1})"));
  ASSERT_TRUE(rows.add(R"({"size": true, "name": null})"));
  ASSERT_EQ(rows.rows(), 2u);
  const Cell list = cell(rows, 0, 0);
  ASSERT_EQ(list.kind, Cell::Kind::list);
  ASSERT_EQ(list.items.size(), 4u);
  EXPECT_EQ(list.items.begin()[0].number, 1);
  EXPECT_EQ(list.items.begin()[1].kind, Cell::Kind::missing);
  EXPECT_EQ(list.items.begin()[2].text, "2");
  EXPECT_EQ(list.items.begin()[3].kind, Cell::Kind::boolean);
  EXPECT_EQ(cell(rows, 1, 0).text, "bA");
  EXPECT_EQ(cell(rows, 2, 0).number, -25);
  EXPECT_EQ(cell(rows, 0, 1).kind, Cell::Kind::missing);
  EXPECT_EQ(cell(rows, 1, 1).kind, Cell::Kind::missing);
  EXPECT_EQ(cell(rows, 2, 1).kind, Cell::Kind::boolean);
}

TEST_F(JsonRowsTest, ARefusedRecordLeavesNoRow) {
  JsonRows rows(model_);
  ASSERT_TRUE(rows.add(R"({"size": 1})"));
  for (const char* record :
       {R"({"size": 1)", R"({"size": [1]})", R"({"size": {}})", R"({"amount": [[1]]})", "[]", "[{}]", "7", "", "nul",
        R"({"size": 1} x)", R"({"size": 01})", R"({"size": 1e999})", "{\"name\": \"\xFF\"}", R"({"name": "\ud800"})"}) {
    EXPECT_NE(refusal(rows.add(record)), "") << record;
    EXPECT_EQ(rows.rows(), 1u) << record;
  }
  EXPECT_EQ(cell(rows, 2, 0).number, 1);
}

TEST_F(JsonRowsTest, ArraysOfRecords) {
  JsonRows rows(model_);
  ASSERT_TRUE(rows.addAll(R"([{"size": 1}, {"size": 2}, {}])"));
  ASSERT_TRUE(rows.addAll(R"({"size": 4})"));
  ASSERT_EQ(rows.rows(), 4u);
  EXPECT_EQ(cell(rows, 2, 1).number, 2);
  EXPECT_EQ(cell(rows, 2, 3).number, 4);
  EXPECT_NE(refusal(rows.addAll(R"([{"size": 1}, {"size": }])")), "");
  EXPECT_NE(refusal(rows.addAll(R"([[{"size": 1}]])")), "");
  EXPECT_EQ(rows.rows(), 4u);
}

TEST_F(JsonRowsTest, ARecordWithSomethingBehindIt) {
  JsonRowsOptions options;
  options.recordBytes = 40;
  options.kept = {"id"};
  JsonRows rows(model_, options);
  EXPECT_EQ(rows.addFirst(R"({"id": 1, "size": 2} ], "size": 3})"), 20u);
  EXPECT_EQ(rows.addFirst(R"({})"), 2u);
  for (const char* text :
       {"", "7", R"([{"size": 1}])", R"({"id": 3, "size": 1)", R"({"id": 3, "size": {}})", R"({"size": 1e999})"})
    EXPECT_EQ(rows.addFirst(text), 0u) << text;
  EXPECT_EQ(rows.addFirst("{\"size\": 1" + std::string(40, ' ') + "}"), 0u);
  EXPECT_EQ(rows.addFirst(R"({"id": 4, "size": 5}{)"), 20u);
  ASSERT_EQ(rows.rows(), 3u);
  EXPECT_EQ(cell(rows, 2, 0).number, 2);
  EXPECT_EQ(cell(rows, 2, 1).kind, Cell::Kind::missing);
  EXPECT_EQ(cell(rows, 2, 2).number, 5);
  EXPECT_EQ(rows.kept(1, 0).value, "null");
  EXPECT_EQ(rows.kept(2, 0).value, "4");
}

TEST_F(JsonRowsTest, TextsStayWhereTheyAre) {
  JsonRows rows(model_);
  for (int round = 0; round < 2; ++round) {
    rows.clear();
    for (int i = 0; i < 5000; ++i) {
      ASSERT_TRUE(
          rows.add("{\"name\": \"text number " + std::to_string(i) + "\", \"amount\": [" + std::to_string(i) + "]}"));
    }
    for (int i = 0; i < 5000; ++i) {
      ASSERT_EQ(cell(rows, 1, static_cast<std::size_t>(i)).text, "text number " + std::to_string(i));
      ASSERT_EQ(cell(rows, 0, static_cast<std::size_t>(i)).items.begin()[0].number, i);
    }
  }
}

TEST_F(JsonRowsTest, Limits) {
  JsonRowsOptions options;
  options.recordBytes = 40;
  options.listItems = 3;
  options.arrayRecords = 2;
  JsonRows rows(model_, options);
  EXPECT_TRUE(rows.add(R"({"amount": [1, 2, 3]})"));
  EXPECT_NE(refusal(rows.add(R"({"amount": [1, 2, 3, 4]})")).find("more than 3 items"), std::string::npos);
  EXPECT_NE(refusal(rows.add("{\"size\": 1" + std::string(40, ' ') + "}")).find("limit is 40"), std::string::npos);
  EXPECT_TRUE(rows.addAll("[{}, {}]"));
  EXPECT_NE(refusal(rows.addAll("[{}, {}, {}]")).find("more than 2 records"), std::string::npos);
  EXPECT_EQ(rows.rows(), 3u);
}

TEST_F(JsonRowsTest, UnknownNamesAreNotedOnce) {
  JsonRows rows(model_);
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(rows.add(R"({"colour": {"size": [1, {"size": 2}]}, "size": 3, "weight": []})"));
  EXPECT_EQ(cell(rows, 2, 2).number, 3);
  ASSERT_EQ(rows.unknownFields().size(), 2u);
  EXPECT_EQ(rows.unknownFields()[0].field, "colour");
  EXPECT_EQ(rows.unknownFields()[0].severity, Severity::note);
  EXPECT_EQ(rows.unknownFields()[1].code, Code::unknownField);
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(rows.add("{\"n" + std::to_string(i) + "\": 1}"));
  EXPECT_EQ(rows.unknownFields().size(), 100u);
}

TEST_F(JsonRowsTest, NamesAreReadHoweverTheyAreWritten) {
  JsonRowsOptions options;
  options.kept = {"a\"", "a"};
  JsonRows rows(model_, options);
  const auto read = [&](std::string_view record) {
    EXPECT_TRUE(rows.add(record)) << record;
    const std::size_t row = rows.rows() - 1;
    return std::vector<std::string>{cell(rows, 2, row).kind == Cell::Kind::number ? "size" : "",
                                    std::string(rows.kept(row, 0).value), std::string(rows.kept(row, 1).value)};
  };
  using Row = std::vector<std::string>;
  for (const auto& [record, expected] :
       std::initializer_list<std::pair<const char*, Row>>{{R"({"a\"": 1, "size": 2})", {"size", "1", "null"}},
                                                          {R"({"a\u0022": 3, "size" : 4})", {"size", "3", "null"}},
                                                          {R"({"a": 5, "siz\u0065": 6})", {"size", "null", "5"}},
                                                          {R"({"size": 7, "a": 8})", {"size", "null", "8"}},
                                                          {R"({"siz": 9, "a\"": 10})", {"", "10", "null"}},
                                                          {R"({"sizes": 11, "a": 12})", {"", "null", "12"}}})
    EXPECT_EQ(read(record), expected) << record;
  EXPECT_TRUE(rows.add(R"({"a\"": 13})"));
  EXPECT_FALSE(rows.add(R"({"a"": 14})"));
  EXPECT_FALSE(rows.add(R"({"size)"));
  EXPECT_FALSE(rows.add(R"({"size"})"));
}

TEST_F(JsonRowsTest, MissingTextsAndKeptValues) {
  JsonRowsOptions options;
  options.missingTexts = {"NA", "?"};
  options.kept = {"id", "size"};
  JsonRows rows(model_, options);
  ASSERT_TRUE(rows.add(R"({"id": 12345678901234567890, "size": "NA"})"));
  ASSERT_TRUE(rows.add(R"({"id": "a\"b", "size": 1.50})"));
  EXPECT_NE(refusal(rows.add(R"({"id": 7, "size": })")), "");
  EXPECT_EQ(cell(rows, 2, 0).kind, Cell::Kind::missing);
  EXPECT_EQ(rows.kept(0, 0).value, "12345678901234567890");
  EXPECT_FALSE(rows.kept(0, 0).isText);
  EXPECT_EQ(rows.kept(0, 1).value, "NA");
  EXPECT_EQ(rows.kept(1, 0).value, "a\"b");
  EXPECT_TRUE(rows.kept(1, 0).isText);
  EXPECT_EQ(rows.kept(1, 1).value, "1.50");
  EXPECT_EQ(rows.keptOfRefused(0).value, "7");
  EXPECT_EQ(rows.keptOfRefused(1).value, "null");
  EXPECT_TRUE(rows.unknownFields().empty());
}

}  // namespace
