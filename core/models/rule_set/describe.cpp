// What the step of a RuleSet says of its lanes (Step::describe).
#include "models/rule_set/rule_set.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::rule_set {

void RuleSetStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads;
  for (const Rule& rule : set.rules) set.predicates.describe(rule.predicate, reads, wiring);
  for (const Slot slot : {value, entityId}) wiring.function(slot, reads);
  for (const auto* slots : {&probabilities, &confidences})
    for (const Slot slot : *slots) wiring.function(slot, reads);
}

}  // namespace scorelet::models::rule_set
