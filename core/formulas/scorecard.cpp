// Scorecard: the points of each characteristic, and their sum.
#include "models/scorecard/scorecard.hpp"

#include "formulas/steps.hpp"

namespace scorelet::formulas {

using models::scorecard::Characteristic;
using models::scorecard::ScorecardStep;

bool translateScorecard(Translation& t, const program::Wiring::Known& step) {
  const auto* s = step.as<ScorecardStep>();
  if (s == nullptr) return false;
  Truths truths(t, s->card.predicates);
  if (s->card.isFloat) t.isSinglePrecision = true;
  Formula total = number(s->card.initialScore);
  std::vector<Lane> points;
  bool mayBeInvalid = false;
  for (const Characteristic& c : s->card.characteristics) {
    // Where none of its attributes is true there are no points, and no score.
    Lane lane{missingFormula(), DataType::float64, true, false};
    for (std::uint32_t a = c.first + c.count; a-- > c.first;) {
      const auto& attribute = s->card.attributes[a];
      const Formula isYes = truths.isYes(attribute.predicate);
      Formula value = number(attribute.partialScore);
      if (isYes->kind == Node::Kind::logical && isYes->number != 0) lane.mayBeMissing = false;
      if (attribute.complexPartialScore != program::kNoSlot) {
        const Lane complex = t.numberLane(attribute.complexPartialScore);
        value = complex.formula;
        lane.mayBeMissing |= complex.mayBeMissing;
        lane.mayBeInvalid |= complex.mayBeInvalid;
      }
      lane.formula = iff(isYes, value, lane.formula);
      lane.mayBeInvalid |= truths.mayBeInvalid(attribute.predicate);
    }
    lane.formula = t.define("points", lane.formula);
    total = add(total, lane.formula);
    mayBeInvalid |= lane.mayBeInvalid;
    points.push_back(std::move(lane));
  }
  t.set(s->value, {whenPresent(points, total), DataType::float64, anyMissing(points), mayBeInvalid}, "score");
  t.refuse("reason codes have no formula");
  for (const auto& requests : s->requests)
    for (const auto& request : requests) t.set(request.to, {number(0)});
  return true;
}

}  // namespace scorelet::formulas
