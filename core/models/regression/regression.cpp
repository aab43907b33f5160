// RegressionModel (spec: Regression): linear and polynomial terms, categorical predictors, interactions, links.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "base/distinct_values.hpp"
#include "base/math.hpp"
#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "models/regression/regression.hpp"
#include "models/row_sums.hpp"

namespace scorelet::models {

namespace regression {

namespace {

double power(double x, double exponent) { return exponent == 1 ? x : exponent == 2 ? x * x : dm::pow(x, exponent); }

/// The run of categories of one field that begins with a term.
template <bool isFloat, bool isOneRow>
void addCategories(const Table& table, std::size_t begin, const Frame& frame, double* y) {
  constexpr double kNothing = -0.0;  // changes no sum
  const Term& first = table.terms[begin];
  const double* x = frame.at(first.slot);
  const std::size_t n = isOneRow ? 1 : frame.n;
  double contribution[isOneRow ? 1 : program::kChunk];
  std::fill_n(contribution, n, kNothing);
  if (first.count != 0) {
    const std::span sorted = std::span(table.byCategory).subspan(first.first, first.count);
    for (std::size_t i = 0; i < n; ++i) {
      const auto at = std::ranges::lower_bound(sorted, x[i], {}, &std::pair<Value, double>::first);
      if (at != sorted.end() && at->first == x[i]) contribution[i] = at->second;
    }
  } else {
    for (const Term& term : std::span(table.terms).subspan(begin, first.run)) {
      const double category = term.category, coefficient = term.coefficient;
      for (std::size_t i = 0; i < n; ++i) {
        const double other = contribution[i];
        contribution[i] = x[i] == category ? coefficient : other;
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) y[i] = rounded<isFloat>(y[i] + contribution[i]);
  for (std::size_t i = 0; i < n; ++i)
    if (isInvalid(x[i])) y[i] = x[i];
}

/// The sum of one row with its missing and invalid values.
template <bool isFloat>
Value carefully(const Table& table, const Frame& frame, std::size_t i) {
  constexpr auto r = rounded<isFloat>;
  Value y = r(table.intercept);
  for (const Term& term : table.terms) {
    double contribution = term.coefficient;
    if (term.kind == Term::Kind::product) {
      for (std::uint32_t f = 0; f < term.count; ++f) {
        const Value x = frame.at(table.factors[term.first + f])[i];
        if (isPresent(x) && isPresent(contribution))
          contribution = checked(r(contribution * x));
        else if (isPresent(contribution) || (isMissing(contribution) && isInvalid(x)))
          contribution = x;
      }
    } else {
      const Value x = frame.at(term.slot)[i];
      if (term.kind == Term::Kind::categorical) {
        // A missing category contributes nothing (spec: CategoricalPredictor).
        if (isInvalid(x))
          contribution = x;
        else if (!(x == term.category))
          continue;
      } else {
        contribution = isPresent(x) ? checked(r(term.coefficient * r(power(x, term.exponent)))) : x;
      }
    }
    if (!isPresent(y)) {
      if (isMissing(y) && isInvalid(contribution)) y = contribution;
    } else {
      y = isPresent(contribution) ? checked(r(y + contribution)) : contribution;
    }
  }
  return y;
}

/// Sums as if all values were numbers; where one is not, the sum is none either, and is then taken with care.
/// Each apart: together they would have too few registers.
template <bool isFloat, bool isOneRow>
[[gnu::noinline]] void predictor(const Table& table, const Frame& frame, double* out) {
  const std::size_t n = isOneRow ? 1 : frame.n;
  double own;  // a lane could be one of those that are read: a sum of its own stays in a register
  double* const y = isOneRow ? &own : out;
  constexpr auto r = rounded<isFloat>;
  for (std::size_t i = 0; i < n; ++i) y[i] = r(table.intercept);
  for (std::size_t t = 0; t < table.terms.size(); t += table.terms[t].run) {
    const Term& term = table.terms[t];
    const double c = term.coefficient;
    if (term.kind == Term::Kind::categorical) {
      addCategories<isFloat, isOneRow>(table, t, frame, y);
    } else if (term.kind == Term::Kind::product) {
      double product[isOneRow ? 1 : program::kChunk];
      std::fill_n(product, n, c);
      for (std::uint32_t f = 0; f < term.count; ++f) {
        const double* x = frame.at(table.factors[term.first + f]);
        for (std::size_t i = 0; i < n; ++i) product[i] = r(product[i] * x[i]);
      }
      for (std::size_t i = 0; i < n; ++i) y[i] = r(y[i] + product[i]);
    } else {
      const double* x = frame.at(term.slot);
      if (term.exponent == 1)
        for (std::size_t i = 0; i < n; ++i) y[i] = r(y[i] + r(c * r(x[i])));
      else
        for (std::size_t i = 0; i < n; ++i)
          y[i] = r(y[i] + r(c * r(isPresent(x[i]) ? power(x[i], term.exponent) : x[i])));
    }
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = isPresent(y[i]) ? y[i] : carefully<isFloat>(table, frame, i);
}

void predictor(bool isFloat, const Table& table, const Frame& frame, double* y) {
  if (frame.n == 1)
    isFloat ? predictor<true, true>(table, frame, y) : predictor<false, true>(table, frame, y);
  else
    isFloat ? predictor<true, false>(table, frame, y) : predictor<false, false>(table, frame, y);
}

/// The tables' predictors of row `i` become probabilities in place.
void normalize(const RegressionStep& step, const Frame& frame, std::size_t i) {
  const std::size_t k = step.outputs.size();
  const Normalization normalization = step.normalization;
  const auto y = [&](std::size_t t) -> double& { return frame.at(step.outputs[t])[i]; };
  const auto round = [&](double x) { return step.round(x); };
  if (step.isOrdinal) {
    // Each table gives the cumulative probability up to its category; the last one is 1.
    double before = 0;
    for (std::size_t t = 0; t < k; ++t) {
      const double cumulative = t + 1 == k ? 1 : inverseLink(normalization, y(t));
      y(t) = round(cumulative - before);
      before = cumulative;
    }
  } else if (normalization == Normalization::softmax) {
    double most = y(0), sum = 0;
    for (std::size_t t = 1; t < k; ++t) most = std::max(most, y(t));
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + (y(t) = round(dm::exp(round(y(t) - most)))));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  } else if (normalization == Normalization::simplemax) {
    double sum = 0;
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + y(t));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  } else if (k == 2 || normalization == Normalization::none) {
    // The last category closes the sum.
    double rest = 1;
    for (std::size_t t = 0; t + 1 < k; ++t) {
      y(t) = round(inverseLink(normalization, y(t)));
      rest = round(rest - y(t));
    }
    y(k - 1) = rest;
  } else {
    // One against the rest for each of several categories: shares of the inverse links' sum.
    double sum = 0;
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + (y(t) = round(inverseLink(normalization, y(t)))));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  }
}

void classify(const RegressionStep& step, const Frame& frame) {
  const std::size_t k = step.outputs.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value hole = 0;
    for (std::size_t t = 0; t < k; ++t) {
      const Value y = frame.at(step.outputs[t])[i];
      if (!isPresent(y) && !isInvalid(hole)) hole = y;
    }
    if (isPresent(hole)) normalize(step, frame, i);
    Value best = hole;
    double most = -1;
    for (std::size_t t = 0; t < k; ++t) {
      double& p = frame.at(step.outputs[t])[i];
      if (!isPresent(hole))
        p = hole;
      else if (!isPresent(p))
        hole = best = p = invalid(Reason::notANumber);
      else if (p > most || t == 0)
        most = p, best = step.tables[t].category;
    }
    if (!isPresent(hole))
      for (std::size_t t = 0; t < k; ++t) frame.at(step.outputs[t])[i] = hole;
    frame.at(step.winner)[i] = best;
  }
}

}  // namespace

/// A term without its coefficient. A missing category contributes nothing.
Value Table::part(const Frame& frame, std::size_t row, std::uint32_t index) const {
  const Term& term = terms[index];
  const Value x = frame.at(term.slot)[row];
  if (term.kind == Term::Kind::categorical) return isInvalid(x) ? x : x == term.category ? 1 : 0;
  return isPresent(x) ? checked(power(x, term.exponent)) : x;
}

program::Sum Table::describe() const {
  program::Sum sum{intercept, {}};
  for (std::uint32_t t = 0; t < terms.size(); ++t) {
    const Term& term = terms[t];
    program::Term out{term.coefficient, {}};
    if (term.kind == Term::Kind::product)
      for (std::uint32_t f = 0; f < term.count; ++f) out.factors.push_back({{factors[term.first + f]}});
    else if (term.kind == Term::Kind::numeric && term.exponent == 1)
      out.factors.push_back({{term.slot}});
    else
      out.factors.push_back({{term.slot}, this, t});
    sum.terms.push_back(std::move(out));
  }
  return sum;
}

void RegressionStep::run(const Frame& frame) const {
  for (std::size_t t = 0; t < tables.size(); ++t) predictor(isFloat, tables[t], frame, frame.at(outputs[t]));
  if (isClassification)
    classify(*this, frame);
  else
    for (std::size_t i = 0; i < frame.n; ++i) {
      double& y = frame.at(outputs[0])[i];
      if (isPresent(y)) y = round(checked(inverseLink(normalization, y)));
    }
}

std::size_t RegressionStep::bytes() const noexcept {
  std::size_t n = 0;
  for (const Table& t : tables)
    n +=
        t.terms.size() * sizeof(Term) + t.factors.size() * sizeof(Slot) + t.byCategory.size() * sizeof(t.byCategory[0]);
  return n;
}

void RegressionStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  const std::size_t k = outputs.size();
  if (!isClassification) {
    if (normalization == Normalization::none)
      wiring.sum(outputs[0], tables[0].describe());
    else
      wiring.link(outputs[0], tables[0].describe(), {});
    return;
  }
  std::vector<program::Sum> sums;
  std::vector<Slot> reads;
  for (const Table& table : tables) {
    sums.push_back(table.describe());
    for (const program::Term& term : sums.back().terms)
      for (const program::Factor& factor : term.factors)
        reads.insert(reads.end(), factor.reads.begin(), factor.reads.end());
  }
  wiring.function(winner, reads);
  const auto negate = [](program::Sum sum) {
    sum.constant = -sum.constant;
    for (program::Term& term : sum.terms) term.weight = -term.weight;
    return sum;
  };
  // Links with f(-y) = 1 - f(y): the last of two categories has a predictor too.
  const bool isSymmetric = normalization == Normalization::logit || normalization == Normalization::probit ||
                           normalization == Normalization::cauchit;
  const bool isClosed = k == 2 && normalization != Normalization::softmax && normalization != Normalization::simplemax;
  for (std::size_t t = 0; t < k; ++t) {
    if (isOrdinal || normalization == Normalization::simplemax || (isClosed && t == 1 && !isSymmetric))
      wiring.function(outputs[t], reads);
    else if (normalization == Normalization::none && t + 1 < k)
      wiring.sum(outputs[t], std::move(sums[t]));
    else if (normalization == Normalization::none)
      wiring.function(outputs[t], reads);
    else
      wiring.link(outputs[t], isClosed && t == 1 ? negate(tables[0].describe()) : std::move(sums[t]), reads);
  }
}

}  // namespace regression

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
