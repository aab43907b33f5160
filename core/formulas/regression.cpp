// RegressionModel.
#include "models/regression/regression.hpp"

#include "formulas/links.hpp"
#include "formulas/steps.hpp"

namespace scorelet::formulas {

namespace {

using models::Normalization;
using models::regression::RegressionStep;
using models::regression::Table;
using models::regression::Term;

/// The linear predictor; `lanes` gets what it is made of and cannot do without.
Formula predictor(Translation& t, const Table& table, std::vector<Lane>& lanes) {
  Formula sum = number(table.intercept);
  for (const Term& term : table.terms) {
    if (term.kind == Term::Kind::categorical) {
      // A missing category contributes nothing.
      const Lane& x = t.lane(term.slot);
      if (!isPresent(term.category)) continue;
      sum = add(sum, iff(equals(x.formula, t.constant(term.category, x.type)), number(term.coefficient), number(0)));
      continue;
    }
    Formula product = number(term.coefficient);
    if (term.kind == Term::Kind::product) {
      for (std::uint32_t f = 0; f < term.count; ++f) {
        const Lane x = t.numberLane(table.factors[term.first + f]);
        product = times(product, x.formula);
        lanes.push_back(x);
      }
    } else {
      const Lane x = t.numberLane(term.slot);
      product = times(product, power(x.formula, term.exponent));
      lanes.push_back(x);
    }
    sum = add(sum, product);
  }
  return sum;
}

bool mayBeInvalid(Translation& t, const RegressionStep& s) {
  for (const Table& table : s.tables) {
    for (const Term& term : table.terms)
      if (term.slot != program::kNoSlot && t.lane(term.slot).mayBeInvalid) return true;
    for (const Slot factor : table.factors)
      if (t.lane(factor).mayBeInvalid) return true;
  }
  return false;
}

void classify(Translation& t, const RegressionStep& s) {
  const std::size_t k = s.outputs.size();
  std::vector<Lane> lanes;
  Formulas y;
  for (const Table& table : s.tables) y.push_back(predictor(t, table, lanes));
  const bool isSoftmax = s.normalization == Normalization::softmax;
  // The last category of two, or where nothing is normalized, closes the sum.
  const bool isClosed = !s.isOrdinal && !isSoftmax && s.normalization != Normalization::simplemax &&
                        (k == 2 || s.normalization == Normalization::none);
  const auto guarded = [&](Formula f, const char* hint) { return t.define(hint, whenPresent(lanes, std::move(f))); };
  Formulas p;
  if (s.isOrdinal) {
    Formula before = number(0);
    for (std::size_t c = 0; c < k; ++c) {
      const Formula cumulative =
          c + 1 == k ? number(1) : guarded(inverseLink(t, s.normalization, guarded(y[c], "y")), "cumulative");
      p.push_back(subtract(cumulative, before));
      before = cumulative;
    }
  } else if (isClosed) {
    Formula rest = number(1);
    for (std::size_t c = 0; c + 1 < k; ++c) {
      p.push_back(guarded(inverseLink(t, s.normalization, guarded(y[c], "y")), "p"));
      rest = subtract(rest, p.back());
    }
    p.push_back(rest);
  } else {
    Formulas numbers;
    for (std::size_t c = 0; c < k; ++c) {
      const Formula value = guarded(y[c], "y");
      const bool isLinked = !isSoftmax && s.normalization != Normalization::simplemax;
      numbers.push_back(isLinked ? guarded(inverseLink(t, s.normalization, value), "p") : value);
    }
    if (anyMissing(lanes)) {
      // Sums of missing values are kept from being taken.
      for (Formula& n : numbers) n = call("N", {n});
    }
    p = shares(t, numbers, isSoftmax);
  }
  std::vector<Value> categories;
  for (const Table& table : s.tables) categories.push_back(table.category);
  setClasses(t, lanes, p, categories, s.type, s.outputs, s.winner, mayBeInvalid(t, s) || !isSoftmax);
}

}  // namespace

bool translateRegression(Translation& t, const program::Wiring::Known& step) {
  const auto* s = step.as<RegressionStep>();
  if (s == nullptr) return false;
  if (s->isFloat) t.isSinglePrecision = true;
  if (s->isClassification) {
    classify(t, *s);
    return true;
  }
  std::vector<Lane> lanes;
  Formula y = predictor(t, s->tables[0], lanes);
  if (s->normalization != Normalization::none)
    y = inverseLink(t, s->normalization, t.define("y", whenPresent(lanes, y)));
  t.set(s->outputs[0], {whenPresent(lanes, y), DataType::float64, anyMissing(lanes), mayBeInvalid(t, *s)}, "y");
  return true;
}

}  // namespace scorelet::formulas
