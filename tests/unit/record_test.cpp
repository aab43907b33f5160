// One record of plain numbers answers as a batch of one row does.
#include <bit>
#include <limits>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "base/number.hpp"
#include "support/binding.hpp"
#include "support/files.hpp"

using namespace scorelet;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A cell of a CSV table as `scoreRecord` takes it; empty if it cannot.
std::optional<double> numberOf(const Model& model, const InputField& field, const Cell& cell) {
  if (cell.kind != Cell::Kind::text) return cell.kind == Cell::Kind::missing ? std::optional(kNaN) : std::nullopt;
  if (field.dataType == DataType::string) return model.numberOf(cell.text);
  return trim(cell.text).empty() ? kNaN : parseDouble(cell.text);
}

class Record : public testing::TestWithParam<const char*> {};

TEST_P(Record, AnswersAsABatchOfOne) {
  const std::string folder = test::projectRoot() + "/tests/data/" + GetParam();
  const auto bytes = test::readFile(folder + "/model.pmml");
  const auto table = test::tableFromCsv(folder + "/input.csv");
  ASSERT_TRUE(bytes && table);
  const Model model = *Model::load(*bytes);
  const test::Binding rows(model, *table);
  Scorer batches(model), records(model);
  std::vector<double> results(model.results().size());
  std::size_t compared = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Batch batch = rows.batch(row, 1);
    std::vector<double> values;
    for (std::size_t i = 0; i < model.inputs().size(); ++i) {
      const Column& column = batch.columns[i];
      const auto x =
          numberOf(model, model.inputs()[i], column.kind == Column::Kind::absent ? Cell::none() : column.cells[0]);
      if (x) values.push_back(*x);
    }
    if (values.size() < model.inputs().size()) continue;
    ++compared;
    batches.score(batch);
    records.scoreRecord(values, results);
    ASSERT_EQ(records.rows(), 1u);
    EXPECT_EQ(records.ok(0), batches.ok(0));
    EXPECT_EQ(records.diagnostics(0).size(), batches.diagnostics(0).size());
    for (std::size_t c = 0; c < results.size(); ++c) {
      EXPECT_EQ(records.text(c, 0), batches.text(c, 0)) << row;
      if (model.results()[c].dataType == DataType::string) continue;
      EXPECT_EQ(std::bit_cast<std::uint64_t>(results[c]), std::bit_cast<std::uint64_t>(batches.column(c)[0])) << row;
    }
  }
  EXPECT_GT(compared, 10u);
}

INSTANTIATE_TEST_SUITE_P(Models, Record,
                         testing::Values("demo", "models/a02_ridge_poly2", "models/a12_rf_clf_iris",
                                         "models/a16_histgb_clf_cat_missing", "models/a43_gbdt_lr",
                                         "models/a49_outlier_missing_invalid"),
                         [](const auto& info) { return test::lastPart(info.param); });

constexpr std::string_view kDocument = R"(<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
<DataDictionary>
  <DataField name="colour" optype="categorical" dataType="string"><Value value="red"/><Value value="blue"/></DataField>
  <DataField name="size" optype="continuous" dataType="integer"/>
  <DataField name="amount" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel functionName="regression">
  <MiningSchema><MiningField name="colour"/><MiningField name="size"/><MiningField name="amount"/></MiningSchema>
  <LocalTransformations>
    <DerivedField name="total" optype="continuous" dataType="double"><Aggregate field="amount" function="count"/></DerivedField>
  </LocalTransformations>
  <RegressionTable intercept="1">
    <NumericPredictor name="size" coefficient="2"/><CategoricalPredictor name="colour" value="red" coefficient="10"/>
    <NumericPredictor name="total" coefficient="100"/>
  </RegressionTable>
</RegressionModel></PMML>)";

TEST(Record, WhatNoNumberCanSayIsInvalid) {
  const Model model = *Model::load(kDocument);
  Scorer scorer(model);
  double y = 0;
  const auto score = [&](std::vector<double> values) {
    scorer.scoreRecord(values, {&y, 1});
    return scorer.ok(0) ? y : kNaN;
  };
  ASSERT_TRUE(model.numberOf("red") && model.numberOf("blue"));
  EXPECT_FALSE(model.numberOf("a text that is not in the document"));
  EXPECT_EQ(score({*model.numberOf("red"), 3, kNaN}), 17);
  EXPECT_EQ(score({*model.numberOf("blue"), 3}), 7);
  EXPECT_EQ(score({kNaN, 3}), 7);
  for (const double text : {-1.0, 0.5, 1e9, std::numeric_limits<double>::infinity()}) {
    EXPECT_NE(score({text, 3}), score({text, 3})) << text;
    EXPECT_EQ(scorer.diagnostics(0)[0].field, "colour");
  }
  EXPECT_NE(score({kNaN, 2.5}), score({kNaN, 2.5}));
  EXPECT_NE(score({kNaN, 3, 1}), score({kNaN, 3, 1}));  // a list, even of one, is none
  scorer.scoreRecord({}, {});
  EXPECT_TRUE(scorer.isMissing(0, 0));
}

/// Numbers that no rule is about pass without it: at the edges of every rule a record answers as a row among others.
TEST(Record, PassesTheSameNumbersAsABatch) {
  const Model model = *Model::load(R"(<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
<DataDictionary>
  <DataField name="within" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="-1" rightMargin="10"/></DataField>
  <DataField name="half" optype="continuous" dataType="double"><Interval closure="openClosed" leftMargin="0" rightMargin="10"/></DataField>
  <DataField name="listed" optype="continuous" dataType="double">
    <Interval closure="closedClosed" leftMargin="0" rightMargin="10"/>
    <Value value="5" property="missing"/><Value value="-7" property="invalid"/></DataField>
  <DataField name="beyond" optype="continuous" dataType="double"><Value value="-7" property="missing"/></DataField>
  <DataField name="whole" optype="continuous" dataType="integer"><Interval closure="closedClosed" leftMargin="0"/></DataField>
  <DataField name="single" optype="continuous" dataType="float"><Interval closure="closedClosed" leftMargin="0" rightMargin="0.1"/></DataField>
  <DataField name="clipped" optype="continuous" dataType="double"/>
</DataDictionary>
<RegressionModel functionName="regression">
  <MiningSchema>
    <MiningField name="within"/><MiningField name="half"/><MiningField name="listed" missingValueReplacement="77"/>
    <MiningField name="beyond" missingValueReplacement="78"/><MiningField name="whole"/><MiningField name="single"/>
    <MiningField name="clipped" outliers="asExtremeValues" lowValue="0" highValue="5"/>
  </MiningSchema>
  <Output><OutputField name="y" feature="predictedValue"/></Output>
  <RegressionTable intercept="0">
    <NumericPredictor name="within" coefficient="1"/><NumericPredictor name="half" coefficient="3"/>
    <NumericPredictor name="listed" coefficient="5"/><NumericPredictor name="beyond" coefficient="7"/>
    <NumericPredictor name="whole" coefficient="11"/><NumericPredictor name="single" coefficient="13"/>
    <NumericPredictor name="clipped" coefficient="17"/>
  </RegressionTable>
</RegressionModel></PMML>)");
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kValues[] = {-kInfinity, -7,  -1, -0.5, -0.0,   0,      0.05,      0.1, 1,
                                5,          5.5, 10, 10.5, 0x1p53, 0x1p54, kInfinity, kNaN};
  Scorer batches(model), records(model);
  double y = 0;
  for (std::size_t field = 0; field < model.inputs().size(); ++field)
    for (const double x : kValues) {
      std::vector<double> record(model.inputs().size(), 0.0625);
      record[static_cast<std::size_t>(model.inputIndex("whole"))] = 1;
      record[field] = x;
      std::vector<std::vector<double>> columns;
      Batch batch{2, {}};
      for (const double value : record) columns.push_back({value, value});
      for (const auto& column : columns) batch.columns.push_back(Column::ofNumbers(column.data()));
      batches.score(batch);
      records.scoreRecord(record, {&y, 1});
      EXPECT_EQ(std::bit_cast<std::uint64_t>(y), std::bit_cast<std::uint64_t>(batches.column(0)[1]))
          << model.inputs()[field].name << ' ' << x;
    }
}

}  // namespace
