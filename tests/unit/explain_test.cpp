// Explanations against each other: fast ways against all subsets, estimates against exact values; and what is refused.
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include <scorelet/what_if.hpp>

#include "support/documents.hpp"
#include "support/explanations.hpp"
#include "support/refusals.hpp"

namespace scorelet::test {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// Columns of numbers that a batch views.
struct Numbers {
  std::vector<std::vector<double>> columns;
  [[nodiscard]] Batch batch() const {
    Batch b{columns.empty() ? 0 : columns[0].size(), {}};
    for (const auto& c : columns) b.columns.push_back(Column::ofNumbers(c.data()));
    return b;
  }
};

std::string doubleFields(std::size_t n) {
  std::string fields, schema;
  for (std::size_t i = 0; i < n; ++i) {
    const std::string name = "x" + std::to_string(i);
    fields += R"(<DataField name=")" + name + R"(" optype="continuous" dataType="double"/>)";
    schema += R"(<MiningField name=")" + name + R"("/>)";
  }
  return fields + R"(<DataField name="y" optype="continuous" dataType="double"/>)" + "\n" + schema +
         R"(<MiningField name="y" usageType="target"/>)";
}

/// A regression over `n` fields with the body of its RegressionTable.
std::string regression(std::size_t n, const std::string& table, const std::string& normalization = "none") {
  const std::string both = doubleFields(n);
  const std::size_t cut = both.find('\n');
  return pmml(both.substr(0, cut), R"(<RegressionModel functionName="regression" normalizationMethod=")" +
                                       normalization + R"("><MiningSchema>)" + both.substr(cut + 1) +
                                       "</MiningSchema>" + R"(<RegressionTable intercept="1">)" + table +
                                       "</RegressionTable></RegressionModel>");
}

Model load(const std::string& document) {
  auto model = Model::load(document, {.explains = true});
  EXPECT_TRUE(model) << (model ? "" : listed(model.error()));
  return std::move(*model);
}

Explainer explainerOf(const Model& model, const Numbers& background, const ExplainOptions& options = {}) {
  auto explainer = Explainer::create(model, background.batch(), options);
  EXPECT_TRUE(explainer) << (explainer ? "" : listed(explainer.error()));
  return std::move(*explainer);
}

/// x0·x1 with one background record: each field gets half of what they do together, and its own part with the other's
/// background (by hand: (x0 b1 - b0 b1)/2 + (x0 x1 - b0 x1)/2).
TEST(Explain, SharesAnInteraction) {
  const Model model = load(
      regression(2, R"(<PredictorTerm coefficient="2"><FieldRef field="x0"/><FieldRef field="x1"/></PredictorTerm>)"));
  Explainer e = explainerOf(model, {{{1}, {2}}});
  const Numbers record{{{3}, {7}}};
  e.explain(record.batch());
  ASSERT_TRUE(e.ok(0));
  EXPECT_EQ(e.method(0), ContributionMethod::additive);
  EXPECT_DOUBLE_EQ(e.base(), 1 + 2 * 1 * 2);
  EXPECT_DOUBLE_EQ(e.value(0), 1 + 2 * 3 * 7);
  EXPECT_DOUBLE_EQ(e.contributions(0)[0], 2 * ((3 * 2 - 1 * 2) / 2.0 + (3 * 7 - 1 * 7) / 2.0));
  EXPECT_DOUBLE_EQ(e.contributions(0)[1], 2 * ((1 * 7 - 1 * 2) / 2.0 + (3 * 7 - 3 * 2) / 2.0));
}

/// Of more than twelve fields behind a link function contributions are estimated: within five standard errors of the
/// exact ones, which are those of the enumeration of a model whose other fields do nothing.
TEST(Explain, EstimatesWithinTheStatedError) {
  std::string table, idle;
  for (int i = 0; i < 6; ++i)
    table += R"(<NumericPredictor name="x)" + std::to_string(i) + R"(" coefficient=")" + std::to_string(0.3 * (i + 1)) +
             R"("/>)";
  for (int i = 6; i < 14; ++i)
    idle += R"(<NumericPredictor name="x)" + std::to_string(i) + R"(" coefficient="1e-300"/>)";
  Numbers background, record;
  for (int i = 0; i < 14; ++i) {
    background.columns.emplace_back();
    for (int b = 0; b < 10; ++b) background.columns.back().push_back(std::sin(1.7 * i + 2.3 * b));
    record.columns.push_back({std::cos(3.1 * i)});
  }
  const Model many = load(regression(14, table + idle, "logit")), few = load(regression(14, table, "logit"));
  Explainer estimated = explainerOf(many, background, {.standardError = 0.002}), exact = explainerOf(few, background);
  estimated.explain(record.batch());
  exact.explain(record.batch());
  ASSERT_TRUE(estimated.ok(0) && exact.ok(0));
  EXPECT_EQ(estimated.method(0), ContributionMethod::sampling);
  EXPECT_EQ(exact.method(0), ContributionMethod::enumeration);
  EXPECT_GT(estimated.standardError(0), 0);
  EXPECT_LE(estimated.standardError(0), 0.002);
  double sum = estimated.base();
  for (std::size_t i = 0; i < 14; ++i) {
    EXPECT_NEAR(estimated.contributions(0)[i], exact.contributions(0)[i], 5 * estimated.standardError(0) + 1e-12) << i;
    sum += estimated.contributions(0)[i];
  }
  EXPECT_NEAR(sum, estimated.value(0), 1e-9);
}

/// The trees' own way against all subsets: the same model loaded without its trees is only scored.
TEST(Explain, TreesAgreeWithAllSubsets) {
  for (const char* id : {"a04_xgb_binary_missing", "a09_xgb_mixed", "a12_lgb_compact_no_counts"}) {
    const ExplainedModel m(id);
    const Model packed = *Model::load(*readFile(explainFolder(id) + "/model.pmml"));
    const Quantity quantity{Quantity::Kind::margin, "1"};
    auto fast = Explainer::create(m.model, m.background(), {.quantity = quantity});
    auto slow = Explainer::create(packed, m.background(), {.quantity = quantity});
    ASSERT_TRUE(fast && slow);
    fast->explain(m.rows());
    slow->explain(m.rows());
    for (std::size_t row = 0; row < fast->rows(); ++row) {
      EXPECT_EQ(fast->method(row), ContributionMethod::trees);
      EXPECT_EQ(slow->method(row), ContributionMethod::enumeration);
      for (std::size_t i = 0; i < m.model.inputs().size(); ++i)
        EXPECT_NEAR(fast->contributions(row)[i], slow->contributions(row)[i], 2e-6) << id << ' ' << row << ' ' << i;
    }
  }
}

/// A row's answer does not depend on the rows beside it.
TEST(Explain, RowsAreIndependent) {
  const ExplainedModel m("a10_xgb_softmax");
  const ExplainOptions options{.quantity = {Quantity::Kind::margin, "1"}};
  auto together = Explainer::create(m.model, m.background(), options),
       alone = Explainer::create(m.model, m.background(), options);
  together->explain(m.rows());
  for (std::size_t row = m.rowsBound.rows(); row-- > 0;) {
    alone->explain(m.row(row));
    for (std::size_t i = 0; i < m.model.inputs().size(); ++i)
      EXPECT_EQ(together->contributions(row)[i], alone->contributions(0)[i]);
  }
}

/// Nor on how many there are: a few are explained pattern by pattern, many by all patterns at once, block by block. And
/// a background says the same however often it is repeated.
TEST(Explain, ManyRowsAreExplainedAsFewAre) {
  const ExplainedModel m("a04_xgb_binary_missing");
  const auto repeated = [](const Batch& batch, std::size_t times) {
    std::vector<std::vector<Cell>> out;
    for (const Column& column : batch.columns) {
      out.emplace_back();
      for (std::size_t i = 0; i < times * batch.rows; ++i) out.back().push_back(column.cell(i % batch.rows));
    }
    return out;
  };
  const auto batchOf = [](const std::vector<std::vector<Cell>>& cells) {
    Batch batch{cells[0].size(), {}};
    for (const std::vector<Cell>& column : cells) batch.columns.push_back(Column::ofCells(column.data()));
    return batch;
  };
  const auto rows = repeated(m.rows(), 2500 / m.rows().rows + 1), background = repeated(m.background(), 30);
  for (const ContributionKind kind : {ContributionKind::interventional, ContributionKind::pathDependent}) {
    const ExplainOptions options{.quantity = {Quantity::Kind::margin, "1"}, .kind = kind};
    auto few = Explainer::create(m.model, m.background(), options),
         many = Explainer::create(m.model, m.background(), options),
         often = Explainer::create(m.model, batchOf(background), options);
    ASSERT_TRUE(few && many && often);
    many->explain(batchOf(rows));
    often->explain(m.rows());
    for (std::size_t row = 0; row < many->rows(); ++row) {
      const std::size_t own = row % m.rows().rows;
      ASSERT_EQ(many->method(row), ContributionMethod::trees);
      if (row < m.rows().rows) few->explain(m.row(row));
      for (std::size_t i = 0; i < m.model.inputs().size(); ++i) {
        ASSERT_EQ(many->contributions(row)[i], many->contributions(own)[i]) << row << ' ' << i;
        if (row != own) continue;
        ASSERT_EQ(many->contributions(row)[i], few->contributions(0)[i]) << row << ' ' << i;
        ASSERT_NEAR(many->contributions(row)[i], often->contributions(row)[i], 1e-12) << row << ' ' << i;
      }
    }
  }
}

/// Nor on what was asked before: of a record of which one field after the other is changed, as a person does, each
/// answer is that of an explainer to which all come as rows of one batch.
TEST(Explain, ChangedRecordsAreExplainedAsOthersAre) {
  for (const char* id : {"a04_xgb_binary_missing", "a06_forest", "a09_xgb_mixed", "a12_lgb_compact_no_counts"}) {
    const ExplainedModel m(id);
    const Batch known = m.rows();
    std::mt19937 random(1);
    const std::size_t steps = 300, inputs = known.columns.size();
    std::vector<std::vector<Cell>> walk(inputs);
    for (std::size_t step = 0; step < steps; ++step) {
      for (std::size_t i = 0; i < inputs; ++i) walk[i].push_back(step == 0 ? known.columns[i].cell(0) : walk[i].back());
      const std::size_t changed = random() % inputs;
      walk[changed].back() = known.columns[changed].cell(random() % known.rows);
    }
    const auto from = [&](std::size_t first, std::size_t count) {
      Batch batch{count, {}};
      for (const std::vector<Cell>& column : walk) batch.columns.push_back(Column::ofCells(column.data() + first));
      return batch;
    };
    for (const ContributionKind kind : {ContributionKind::interventional, ContributionKind::pathDependent}) {
      const ExplainOptions options{.quantity = quantityOf("margin", "1", m.model), .kind = kind};
      auto changing = Explainer::create(m.model, m.background(), options),
           together = Explainer::create(m.model, m.background(), options);
      if (!changing && kind == ContributionKind::pathDependent) continue;  // its trees have no counts
      ASSERT_TRUE(changing && together) << id;
      together->explain(from(0, steps));
      for (std::size_t step = 0; step < steps; ++step) {
        changing->explain(from(step, 1));
        ASSERT_EQ(changing->method(0), ContributionMethod::trees) << id << ' ' << step;
        for (std::size_t i = 0; i < inputs; ++i)
          ASSERT_EQ(changing->contributions(0)[i], together->contributions(step)[i]) << id << ' ' << step << ' ' << i;
      }
    }
  }
}

/// As many fields on a path as there may be, all of which stop the first record, and then not.
TEST(Explain, APathOfThirtyTwoFields) {
  constexpr std::size_t kFields = 32;
  const std::string both = doubleFields(kFields);
  const std::size_t cut = both.find('\n');
  std::string tree = R"(<Node score="1"><True/></Node>)";
  for (std::size_t i = kFields; i-- > 0;) {
    const std::string split = R"(<SimplePredicate field="x)" + std::to_string(i) + R"(" operator=")";
    tree = "<Node><True/>" + tree.replace(tree.find("<True/>"), 7, split + R"(lessThan" value="0"/>)") +
           R"(<Node score="0">)" + split + R"(greaterOrEqual" value="0"/></Node></Node>)";
  }
  const Model model =
      load(pmml(both.substr(0, cut), R"(<TreeModel functionName="regression"
      splitCharacteristic="binarySplit"><MiningSchema>)" +
                                         both.substr(cut + 1) + "</MiningSchema>" + tree + "</TreeModel>"));
  Explainer e = explainerOf(model, {std::vector<std::vector<double>>(kFields, {-1})});
  for (const double x : {1.0, -1.0, 1.0}) {
    const Numbers record{std::vector<std::vector<double>>(kFields, {x})};
    e.explain(record.batch());
    ASSERT_EQ(e.method(0), ContributionMethod::trees);
    for (std::size_t i = 0; i < kFields; ++i) EXPECT_NEAR(e.contributions(0)[i], x > 0 ? -1.0 / kFields : 0, 1e-12);
  }
}

TEST(Explain, SaysWhyNot) {
  const Model model = load(regression(2, R"(<NumericPredictor name="x0" coefficient="1"/>)"));
  const Numbers background{{{1, 2}, {1, 2}}}, holes{{{1, kMissing}, {1, 1}}};
  const auto none = Explainer::create(model, {}, {});
  ASSERT_FALSE(none);
  EXPECT_TRUE(says(none.error(), Code::badArgument, "background"));
  const auto hole = Explainer::create(model, holes.batch(), {});
  ASSERT_FALSE(hole);
  EXPECT_TRUE(says(hole.error(), Code::missingValue, "record 2"));
  const auto noClass = Explainer::create(model, background.batch(), {.quantity = {Quantity::Kind::probability, "a"}});
  ASSERT_FALSE(noClass);
  EXPECT_TRUE(says(noClass.error(), Code::badArgument, "no probabilities"));
  const auto paths = Explainer::create(model, {}, {.kind = ContributionKind::pathDependent});
  ASSERT_FALSE(paths);
  EXPECT_TRUE(says(paths.error(), Code::unsupported, "sums of trees"));
  Explainer e = explainerOf(model, background);
  const Numbers rows{{{kMissing, 5}, {1, 1}}};
  e.explain(rows.batch());
  EXPECT_FALSE(e.ok(0));
  EXPECT_TRUE(says(e.diagnostics(0), Code::missingValue, "no prediction"));
  EXPECT_TRUE(std::isnan(e.contributions(0)[0]));
  EXPECT_TRUE(e.ok(1));
  EXPECT_DOUBLE_EQ(e.contributions(1)[0], 3.5);
}

/// y = 1 + x0 + 10 x1: one field is enough, and no smaller move of it is.
TEST(WhatIf, FindsTheSmallestChange) {
  const Model model = load(regression(
      3,
      R"(<NumericPredictor name="x0" coefficient="1"/><NumericPredictor name="x1" coefficient="10"/><NumericPredictor name="x2" coefficient="0.001"/>)"));
  const Numbers background{{{0, 10, 5}, {0, 10, 5}, {0, 10, 5}}}, record{{{1}, {1}, {1}}};
  auto whatIf = WhatIf::create(model, background.batch(), {});
  ASSERT_TRUE(whatIf);
  CounterfactualOptions options;
  options.relation = Relation::atLeast;
  options.target = 20;
  auto found = whatIf->counterfactuals(record.batch(), options);
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  const Counterfactual& best = found->front();
  ASSERT_EQ(best.changes.size(), 1U);
  EXPECT_EQ(best.changes[0].input, 1U);
  EXPECT_NEAR(best.changes[0].to.number, 1.7999, 1e-3);  // 1 + 1 + 0.001 + 10 x1 = 20
  EXPECT_GE(best.quantity, 20);

  // With that field frozen and another held back none gets there.
  options.fields = {{.input = 1, .isFrozen = true}, {.input = 0, .high = 5}};
  found = whatIf->counterfactuals(record.batch(), options);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());

  // Steps and directions are kept.
  options.fields = {{.input = 1, .step = 0.5}};
  found = whatIf->counterfactuals(record.batch(), options);
  ASSERT_TRUE(found && !found->empty());
  EXPECT_DOUBLE_EQ(found->front().changes[0].to.number, 2);
  options.fields = {{.input = 1, .direction = -1}};
  found = whatIf->counterfactuals(record.batch(), options);
  ASSERT_TRUE(found);
  for (const Counterfactual& c : *found)
    for (const scorelet::Change& change : c.changes)
      if (change.input == 1) EXPECT_LT(change.to.number, 1);

  // Cancelled at once: nothing, and no harm.
  options.fields.clear();
  options.goOn = [](double) { return false; };
  found = whatIf->counterfactuals(record.batch(), options);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
}

/// Answers on real models reach the target, inside the domain, and with no change to spare.
TEST(WhatIf, AnswersHold) {
  for (const char* id : {"a02_logistic_mixed", "a04_xgb_binary_missing", "a09_xgb_mixed"}) {
    const ExplainedModel m(id);
    auto whatIf = WhatIf::create(m.model, m.background(), {Quantity::Kind::probability, "1"});
    ASSERT_TRUE(whatIf);
    std::size_t answered = 0;
    for (std::size_t row = 0; row < m.rowsBound.rows(); ++row) {
      const double now = whatIf->quantity(m.row(row));
      CounterfactualOptions options;
      options.relation = now < 0.5 ? Relation::atLeast : Relation::atMost;
      options.target = 0.5;
      const auto found = whatIf->counterfactuals(m.row(row), options);
      ASSERT_TRUE(found);
      answered += found->empty() ? 0 : 1;
      EXPECT_LE(found->size(), 3U);
      for (const Counterfactual& c : *found) {
        EXPECT_LE(c.changes.size(), 3U);
        EXPECT_TRUE(now < 0.5 ? c.quantity >= 0.5 : c.quantity <= 0.5);
      }
    }
    EXPECT_GE(answered, m.rowsBound.rows() * 3 / 4) << id;
  }
}

/// The widest bar first, and no wider than what the field can do.
TEST(WhatIf, SortsSensitivities) {
  const Model model = load(
      regression(2, R"(<NumericPredictor name="x0" coefficient="1"/><NumericPredictor name="x1" coefficient="-3"/>)"));
  const Numbers background{{{0, 10}, {2, 4}}}, record{{{5}, {3}}};
  auto whatIf = WhatIf::create(model, background.batch(), {});
  ASSERT_TRUE(whatIf);
  const auto bars = whatIf->tornado(record.batch());
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[0].input, 0U);
  EXPECT_DOUBLE_EQ(bars[0].low, 1 + 0 - 9);
  EXPECT_DOUBLE_EQ(bars[0].high, 1 + 10 - 9);
  EXPECT_DOUBLE_EQ(bars[1].low, 1 + 5 - 12);
  EXPECT_DOUBLE_EQ(bars[1].atLow.number, 4);
}

/// A field declares more than the training data had: sensitivities and ways out stay inside the latter, curves and
/// goals show all of it, and a bound that the caller names may go beyond.
TEST(WhatIf, StaysInsideTheTrainingData) {
  const Model model = load(pmml(
      R"(<DataField name="x" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="100"/></DataField>
         <DataField name="c" optype="categorical" dataType="string"><Value value="a"/><Value value="b"/><Value value="z"/></DataField>
         <DataField name="y" optype="continuous" dataType="double"/>)",
      R"(<RegressionModel functionName="regression">
           <MiningSchema><MiningField name="x"/><MiningField name="c"/><MiningField name="y" usageType="target"/></MiningSchema>
           <ModelStats>
             <UnivariateStats field="x"><NumericInfo minimum="10" maximum="20"/></UnivariateStats>
             <UnivariateStats field="c"><DiscrStats><Array n="2" type="string">a b</Array><Array n="2" type="int">30 20</Array></DiscrStats></UnivariateStats>
           </ModelStats>
           <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/>
             <CategoricalPredictor name="c" value="b" coefficient="3"/><CategoricalPredictor name="c" value="z" coefficient="50"/>
           </RegressionTable></RegressionModel>)"));
  const Cell x = Cell::of(15.0), c = Cell::of(std::string_view("a"));
  const Batch record{1, {Column::ofCells(&x), Column::ofCells(&c)}};
  auto whatIf = WhatIf::create(model, Batch{0, record.columns}, {});
  ASSERT_TRUE(whatIf);
  const auto bars = whatIf->tornado(record);
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_DOUBLE_EQ(bars[0].low, 10);
  EXPECT_DOUBLE_EQ(bars[0].high, 20);
  EXPECT_DOUBLE_EQ(bars[1].high, 18);
  const auto grid = whatIf->grid(0, 3);
  ASSERT_TRUE(grid && grid->size() == 3);
  EXPECT_DOUBLE_EQ(grid->back().number, 100);

  CounterfactualOptions options{.target = 40};
  auto found = whatIf->counterfactuals(record, options);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
  options.fields = {{.input = 0, .high = 60}};
  found = whatIf->counterfactuals(record, options);
  ASSERT_TRUE(found && !found->empty());
  EXPECT_EQ(found->front().changes[0].input, 0U);
  EXPECT_NEAR(found->front().changes[0].to.number, 40, 1e-9);
}

}  // namespace
}  // namespace scorelet::test
