// What the steps of segments say of their lanes (Step::describe).
#include "models/mining/mining.hpp"

namespace scorelet::models::mining {

namespace {

void add(std::vector<Slot>& to, Slot slot) {
  if (slot != kNoSlot) to.push_back(slot);
}

}  // namespace

void SegmentStep::describe(program::Wiring& wiring) const {
  for (const auto& step : body) step->describe(wiring);
  wiring.is(*this);
  std::vector<Slot> reads;
  predicates.describe(predicate, reads, wiring);
  wiring.function(active, std::move(reads));
  for (const auto& [from, to] : results) wiring.function(to, {from, active});
}

void SelectStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads;
  for (const Candidate& c : candidates) add(reads, c.active), add(reads, c.value);
  wiring.function(to, std::move(reads));
}

void PickStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads{chosen};
  for (const Choice& c : choices) add(reads, c.lane);
  wiring.function(to, std::move(reads));
}

/// A sum or mean with fixed weights, if all members always take part.
void CombineStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads;
  bool isFixed = true;
  double total = 0;
  for (const Member& m : members) {
    for (const Slot slot : {m.active, m.value, m.weightSlot}) add(reads, slot);
    for (const Slot slot : m.probabilities) add(reads, slot);
    isFixed &= m.active == kNoSlot && m.weightSlot == kNoSlot;
    total += isWeighted(method) ? m.weight : 1;
  }
  wiring.function(value, reads);
  for (const Slot slot : probabilities) wiring.function(slot, reads);
  const bool isSum = method == Method::sum || method == Method::weightedSum;
  const bool isMean = method == Method::average || method == Method::weightedAverage;
  if (!isFixed || (!isSum && !isMean)) return;
  const auto describeSum = [&](Slot to, const auto& slotOf) {
    program::Sum sum;
    for (const Member& m : members) {
      const double weight = isWeighted(method) ? m.weight : 1;
      if (slotOf(m) != kNoSlot) sum.terms.push_back(program::termOf(slotOf(m), isSum ? weight : weight / total));
    }
    wiring.sum(to, std::move(sum));
  };
  if (!isClassification) describeSum(value, [](const Member& m) { return m.value; });
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    describeSum(probabilities[c], [c](const Member& m) { return m.probabilities[c]; });
}

}  // namespace scorelet::models::mining
