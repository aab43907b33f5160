// Targets, and the probability of the predicted class.
#include "compile/target_steps.hpp"
#include "compile/winner_step.hpp"
#include "formulas/steps.hpp"

namespace scorelet::formulas {

namespace {

using namespace compile;

void translate(Translation& t, const RescaleStep& s) {
  const Lane x = t.numberLane(s.from);
  if (s.isList) t.refuse("the answer is a list");
  if (s.roundsToFloat) t.isSinglePrecision = true;
  Formula y = x.formula;
  if (s.min) y = call("MAX", {y, number(*s.min)});
  if (s.max) y = call("MIN", {y, number(*s.max)});
  y = add(times(y, number(s.factor)), number(s.constant));
  if (s.cast == CastInteger::round) y = nearestInteger(y);
  if (s.cast == CastInteger::ceiling) y = negate(call("INT", {negate(y)}));
  if (s.cast == CastInteger::floor) y = call("INT", {y});
  const bool hasDefault = isPresent(s.defaultValue);
  const DataType type = s.cast == CastInteger::none || hasDefault ? DataType::float64 : DataType::integer;
  t.set(s.to,
        {whenPresent({x}, y, t.constant(s.defaultValue, DataType::float64)), type, x.mayBeMissing && !hasDefault,
         x.mayBeInvalid},
        "y");
}

void translate(Translation& t, const PriorStep& s) {
  const Lane x = t.lane(s.from);
  for (std::size_t c = 0; c < s.toProbabilities.size(); ++c) {
    const Lane& p = t.lane(s.fromProbabilities[c]);
    t.set(s.toProbabilities[c], {x.mayBeMissing ? iff(isBlank(x.formula), number(s.priors[c]), p.formula) : p.formula,
                                 DataType::float64, p.mayBeMissing, p.mayBeInvalid || x.mayBeInvalid});
  }
  t.set(s.to, {whenPresent({x}, x.formula, t.constant(s.winner, x.type)), x.type, false, x.mayBeInvalid});
}

void translate(Translation& t, const DisplayStep& s) {
  const Lane x = t.lane(s.from.slot);
  Formula words = cast(t, {x.formula, x.type, false, x.mayBeInvalid}, DataType::string).formula;
  for (std::size_t i = s.words.size(); i-- > 0;)
    words = iff(equals(x.formula, t.constant(s.values.values()[i], x.type)), t.constant(s.words[i], DataType::string),
                words);
  t.set(s.to, {whenPresent({x}, words), DataType::string, x.mayBeMissing, x.mayBeInvalid});
}

void translate(Translation& t, const WinnerStep& s) {
  const Lane x = t.lane(s.value);
  Lane out{missingFormula(), DataType::float64, true, x.mayBeInvalid};
  for (std::size_t c = s.categories.size(); c-- > 0;) {
    const Lane& p = t.lane(s.slots[c]);
    out.formula = iff(equals(x.formula, t.constant(s.categories[c], x.type)), p.formula, out.formula);
    out.mayBeInvalid |= p.mayBeInvalid;
  }
  t.set(s.to, out);
}

}  // namespace

bool translateTarget(Translation& t, const program::Wiring::Known& step) {
  if (const auto* rescale = step.as<RescaleStep>())
    translate(t, *rescale);
  else if (const auto* prior = step.as<PriorStep>())
    translate(t, *prior);
  else if (const auto* display = step.as<DisplayStep>())
    translate(t, *display);
  else if (const auto* winner = step.as<WinnerStep>())
    translate(t, *winner);
  else
    return false;
  return true;
}

}  // namespace scorelet::formulas
