// RegressionModel (spec: Regression): linear and polynomial terms, categorical predictors, interactions, links.
#include <set>
#include <string>

#include "base/distinct_values.hpp"
#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "models/regression/regression.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using namespace regression;

/// Finds the runs of categorical terms of the same field with categories that differ: at most one of a run counts.
void findRuns(Table& table) {
  constexpr std::uint32_t kLong = 64;  // from here on a search takes less time than that many comparisons
  std::vector<Term>& terms = table.terms;
  const auto isOf = [](const Term& a, const Term& b) {
    return a.kind == Term::Kind::categorical && a.kind == b.kind && a.slot == b.slot;
  };
  for (std::size_t t = 0; t < terms.size(); t += terms[t].run) {
    Term& first = terms[t];
    if (first.kind != Term::Kind::categorical) continue;
    DistinctValues known;
    known.add(first.category);
    while (t + first.run < terms.size() && isOf(first, terms[t + first.run]) &&
           known.add(terms[t + first.run].category) == first.run)
      ++first.run;
    if (first.run < kLong) continue;
    first.first = static_cast<std::uint32_t>(table.byCategory.size());
    for (const Term& term : std::span(terms).subspan(t, first.run))
      if (isPresent(term.category)) table.byCategory.emplace_back(term.category, term.coefficient);
    std::span added = std::span(table.byCategory).subspan(first.first);
    sort(added, [](const auto& a, const auto& b) { return a.first < b.first; });
    first.count = static_cast<std::uint32_t>(added.size());
  }
}

/// A predictor's lanes as a number; strings are cast.
Slot numericSlot(ModelContext& context, xml::Element e, std::string_view attribute) {
  const Binding* field = context.scope.resolve(e.required(attribute), e, attribute);
  return field == nullptr ? kNoSlot : castTo(context.scope, field->value, DataType::float64).slot;
}

Table readTable(ModelContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  Table table;
  table.intercept = e.number("intercept", 0);
  const auto coefficientOf = [&](xml::Element p) {
    const double c = p.requiredNumber("coefficient");
    return context.isFloat ? static_cast<double>(static_cast<float>(c)) : c;
  };
  for (xml::Element p : xml::children(e)) {
    if (!builder.charge(p)) break;
    Term term{};
    if (p.name() == "NumericPredictor") {
      term.kind = Term::Kind::numeric;
      term.slot = numericSlot(context, p, "name");
      term.coefficient = coefficientOf(p);
      term.exponent = p.number("exponent", 1);
      if (term.slot == kNoSlot) continue;
    } else if (p.name() == "CategoricalPredictor") {
      term.kind = Term::Kind::categorical;
      const Binding* field = context.scope.resolve(p.required("name"), p, "name");
      term.coefficient = coefficientOf(p);
      const std::string_view value = p.required("value");
      if (field == nullptr) continue;
      term.slot = field->value.slot;
      term.category = builder.literal(value, field->value.type, p, "value");
    } else if (p.name() == "PredictorTerm") {
      term.kind = Term::Kind::product;
      term.coefficient = coefficientOf(p);
      term.first = static_cast<std::uint32_t>(table.factors.size());
      for (xml::Element f : xml::children(p, "FieldRef")) {
        const TypedSlot factor =
            castSingle(context.scope, expressions::fieldRef(ExpressionContext{context.scope}, f), DataType::float64, f);
        if (factor) table.factors.push_back(factor.slot);
      }
      term.count = static_cast<std::uint32_t>(table.factors.size()) - term.first;
      if (term.count == 0) p.error(Code::missingElement, "PredictorTerm needs a FieldRef.");
    } else {
      continue;
    }
    table.terms.push_back(term);
  }
  findRuns(table);
  return table;
}

}  // namespace

ModelResult compileRegressionModel(ModelContext& context) {
  Builder& builder = context.scope.builder();
  auto step = std::make_unique<RegressionStep>();
  step->normalization = readNormalization(context.model, "normalizationMethod");
  step->isClassification = context.function == MiningFunction::classification;
  step->isFloat = context.isFloat;
  ModelResult result;
  for (xml::Element e : xml::children(context.model, "RegressionTable")) {
    step->tables.push_back(readTable(context, e));
    if (step->isClassification) {
      Table& table = step->tables.back();
      table.category = categoryLiteral(context, e.required("targetCategory"), e, "targetCategory");
    }
  }
  if (step->tables.empty()) {
    context.model.error(Code::missingElement, "RegressionModel needs a RegressionTable.");
    return {};
  }
  if (!step->isClassification) {
    if (step->tables.size() != 1)
      context.model.error(Code::emptyModel, "A regression has exactly one RegressionTable.");
    if (step->normalization == Normalization::simplemax)
      context.model.error(Code::badValue, "simplemax is defined for classification only.", "normalizationMethod");
    step->outputs.push_back(builder.newSlot());
    result.value = {step->outputs[0], DataType::float64};
    result.opType = OpType::continuous;
    context.scope.body().push_back(std::move(step));
    return result;
  }

  if (step->normalization == Normalization::exp)
    context.model.error(Code::badValue,
                        "exp is defined for a regression only: e to the power of a predictor is no probability.",
                        "normalizationMethod");
  std::set<Value> categories;
  for (const Table& table : step->tables)
    if (!categories.insert(table.category).second)
      context.model.error(Code::duplicateName, "Two RegressionTables have the targetCategory \"" +
                                                   builder.toText(table.category, context.target.value.type) + "\".");

  if (step->tables.size() == 1) {
    // Exporters of 4.0 and before write only the first category's table; the other one closes the sum.
    Value other = missing();
    std::size_t others = 0;
    for (const Value v : context.target.order)
      if (v != step->tables[0].category) other = v, ++others;
    if (others != 1) {
      context.model.error(Code::missingElement, "A classification needs a RegressionTable for every category.");
      return {};
    }
    step->tables.emplace_back().category = other;
    if (step->normalization == Normalization::softmax) step->normalization = Normalization::logit;
  }
  step->isOrdinal = context.target.opType == OpType::ordinal && step->normalization != Normalization::softmax &&
                    step->normalization != Normalization::simplemax && step->normalization != Normalization::none;
  if (step->isOrdinal && !context.target.order.empty()) {
    // Cumulative probabilities run in the order of the target's values.
    const DistinctValues order(context.target.order);
    std::vector<std::pair<std::uint32_t, std::size_t>> places;
    for (const Table& table : step->tables)
      places.emplace_back(order.find(table.category).value_or(UINT32_MAX), places.size());
    sort(places);
    std::vector<Table> sorted;
    for (const auto& [place, table] : places) sorted.push_back(std::move(step->tables[table]));
    step->tables = std::move(sorted);
  }
  for (const Table& table : step->tables) {
    result.categories.push_back(table.category);
    step->outputs.push_back(builder.newSlot());
  }
  result.probabilities = step->outputs;
  step->winner = builder.newSlot();
  step->type = context.target.value.type;
  result.value = {step->winner, step->type};
  result.opType = context.target.opType;
  context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
