// GeneralRegressionModel: means and classes of generalized linear models.
#include "formulas/links.hpp"
#include "formulas/steps.hpp"
#include "models/general_regression/steps.hpp"

namespace scorelet::formulas {

namespace {

using models::Normalization;
using namespace models::general_regression;
using Cell = models::general_regression::Cell;

Formula share(Translation& t, const Design& design, const Cell& cell, std::vector<Lane>& lanes) {
  const bool isNumber = cell.kind == Cell::Kind::covariate;
  const Lane x = isNumber ? t.numberLane(cell.slot) : t.lane(cell.slot);
  lanes.push_back(x);
  if (isNumber) return power(x.formula, cell.number);
  if (cell.kind == Cell::Kind::factor)
    return iff(equals(x.formula, t.constant(cell.number, x.type)), number(1), number(0));
  // A category without a row in the contrast matrix makes the share missing.
  Formula out = missingFormula();
  Formulas known;
  for (std::uint32_t c = cell.first; c < cell.first + cell.count; ++c) {
    const Formula is = equals(x.formula, t.constant(design.codes[c].category, x.type));
    out = iff(is, number(design.codes[c].code), out);
    known.push_back(is);
  }
  out = t.define("contrast", whenPresent({x}, out));
  lanes.push_back({out, DataType::float64, true, x.mayBeInvalid});
  return out;
}

Formula predictor(Translation& t, const Design& design, const Equation& equation, Slot offset,
                  std::vector<Lane>& lanes) {
  Formula sum = number(0);
  for (const auto& term : equation.terms) {
    Formula product = number(term.beta);
    const Row& row = design.rows[term.row];
    for (std::uint32_t c = row.first; c < row.first + row.count; ++c)
      product = times(product, share(t, design, design.cells[c], lanes));
    sum = add(sum, product);
  }
  const Lane o = t.numberLane(offset);
  lanes.push_back(o);
  if (design.isFloat) t.isSinglePrecision = true;
  return add(sum, o.formula);
}

Formula inverse(Translation& t, const Link& link, Formula y) {
  const double d = link.parameter;
  using Kind = Link::Kind;
  switch (link.kind) {
    case Kind::identity: return y;
    case Kind::log: return call("EXP", {y});
    case Kind::logc: return subtract(number(1), call("EXP", {y}));
    case Kind::logit: return inverseLink(t, Normalization::logit, y);
    case Kind::probit: return inverseLink(t, Normalization::probit, y);
    case Kind::cloglog: return inverseLink(t, Normalization::cloglog, y);
    case Kind::loglog: return inverseLink(t, Normalization::loglog, y);
    case Kind::cauchit: return inverseLink(t, Normalization::cauchit, y);
    case Kind::negbin:
      return iff(binary("<", y, number(0)),
                 over(number(1), times(number(d), subtract(call("EXP", {negate(y)}), number(1)))), invalidFormula());
    case Kind::oddspower: {
      if (d == 0) return inverseLink(t, Normalization::logit, y);
      const Formula base = add(number(1), times(number(d), y));
      return over(number(1), add(number(1), binary("^", base, number(-1 / d))));
    }
    case Kind::power: return d == 0 ? call("EXP", {y}) : binary("^", y, number(1 / d));
  }
  return y;
}

bool isTotal(const Link& link) {
  using Kind = Link::Kind;
  return link.kind != Kind::negbin && link.kind != Kind::oddspower && link.kind != Kind::power;
}

void translate(Translation& t, const MeanStep& s) {
  std::vector<Lane> lanes;
  const Formula sum = predictor(t, s.design, s.equation, s.offset, lanes);
  const Lane trials = t.numberLane(s.trials);
  lanes.push_back(trials);
  const bool isPlain = s.link.kind == Link::Kind::identity;
  const Formula y = isPlain ? sum : inverse(t, s.link, t.define("y", whenPresent(lanes, sum)));
  Formula value = times(y, trials.formula);
  if (!isConstant(trials.formula)) value = iff(binary(">=", trials.formula, number(0)), value, invalidFormula());
  t.set(s.value,
        {whenPresent(lanes, value), DataType::float64, anyMissing(lanes), anyInvalid(lanes) || !isTotal(s.link)}, "y");
}

void translate(Translation& t, const ClassStep& s) {
  const std::size_t k = s.equations.size();
  std::vector<Lane> lanes;
  Formulas sums;
  std::vector<Value> categories;
  for (std::size_t c = 0; c < k; ++c) {
    sums.push_back(c == s.reference ? number(0) : predictor(t, s.design, s.equations[c], s.offset, lanes));
    categories.push_back(s.equations[c].category);
  }
  const auto guarded = [&](Formula f, const char* hint) { return t.define(hint, whenPresent(lanes, std::move(f))); };
  const auto linked = [&](std::size_t c) { return guarded(inverse(t, s.link, guarded(sums[c], "y")), "p"); };
  Formulas p(k);
  if (s.kind == ClassStep::Kind::multinomial) {
    Formulas y;
    for (const Formula& sum : sums) y.push_back(guarded(sum, "y"));
    if (anyMissing(lanes))
      for (Formula& n : y) n = call("N", {n});
    p = shares(t, y, true);
  } else if (s.kind == ClassStep::Kind::ordinal) {
    Formula before = number(0);
    for (std::size_t c = 0; c < k; ++c) {
      const Formula cumulative = c == s.reference ? number(1) : linked(c);
      p[c] = subtract(cumulative, before);
      before = cumulative;
    }
  } else {
    p[1 - s.reference] = linked(1 - s.reference);
    p[s.reference] = subtract(number(1), p[1 - s.reference]);
  }
  setClasses(t, lanes, p, categories, s.type, s.probabilities, s.winner, anyInvalid(lanes) || !isTotal(s.link));
}

}  // namespace

bool translateGeneral(Translation& t, const program::Wiring::Known& step) {
  if (const auto* mean = step.as<MeanStep>())
    translate(t, *mean);
  else if (const auto* classes = step.as<ClassStep>())
    translate(t, *classes);
  else
    return false;
  return true;
}

}  // namespace scorelet::formulas
