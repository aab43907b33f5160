// What the steps of segments and of forests say of their lanes (Step::describe).
#include "models/mining/forest.hpp"
#include "models/tree/shape.hpp"

namespace scorelet::models::mining {

namespace {

void add(std::vector<Slot>& to, Slot slot) {
  if (slot != kNoSlot) to.push_back(slot);
}

bool isMean(Method m) { return m != Method::sum && m != Method::weightedSum; }

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

void ForestStep::describe(program::Wiring& wiring) const {
  if (trees.empty()) return;
  wiring.is(*this);
  const auto treeAt = [&](std::size_t t) -> const tree::TreeStep& {
    return static_cast<const tree::TreeStep&>(*trees[t]);
  };
  std::vector<Slot> reads;
  for (std::size_t t = 0; t < trees.size(); ++t)
    for (const tree::Split& split : treeAt(t).splits.splits()) reads.push_back(split.slot);
  wiring.function(combine.value, reads);
  for (const Slot slot : combine.probabilities) wiring.function(slot, reads);
  if (!isSummed) return;
  std::vector<program::TreeTerm> terms;
  for (std::size_t t = 0; t < trees.size(); ++t) {
    const auto shares = [&](std::uint32_t node, std::vector<Value>& to) {
      return sharesOf(combine, t, treeAt(t), node, to);
    };
    terms.push_back(
        {wiring.shape(shapeOf(treeAt(t), width, shares)), 0, isMean(combine.method) ? weights[t] / total : weights[t]});
  }
  if (!combine.isClassification) wiring.trees(combine.value, terms);
  for (const Slot slot : combine.probabilities) {
    wiring.trees(slot, terms);
    for (program::TreeTerm& term : terms) ++term.column;
  }
}

}  // namespace scorelet::models::mining
