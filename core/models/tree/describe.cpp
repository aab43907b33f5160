// What the step of a TreeModel says of its lanes (Step::describe).
#include "models/tree/shape.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

void TreeStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads;
  for (const Node& n : tree.nodes) tree.predicates.describe(n.predicate, reads, wiring);
  for (const EmbeddedModel& model : tree.embedded) {
    reads.push_back(model.value);
    for (const auto* slots : {&model.probabilities, &model.confidences})
      for (const Slot slot : *slots)
        if (slot != compile::kNoSlot) reads.push_back(slot);
  }
  for (const EmbeddedOutput& output : tree.embeddedOutputs) wiring.function(output.to, {});
  for (const Slot slot : {value, entityId}) wiring.function(slot, reads);
  for (const auto* slots : {&probabilities, &confidences})
    for (const Slot slot : *slots) wiring.function(slot, reads);
  if (splits.empty() || !tree.embedded.empty()) return;
  const std::size_t k = tree.categories.size();
  const bool isNumber = !tree.isClassification;
  if (!isNumber && probabilities.empty()) return;
  const std::uint32_t shape = wiring.shape(shapeOf(*this, isNumber ? 1 : k, [&](std::uint32_t node, auto& shares) {
    const Node& n = tree.nodes[node];
    if (isNumber) {
      shares.push_back(n.score);
    } else if (n.distribution != kNone) {
      const auto row = tree.probabilities.begin() + static_cast<std::ptrdiff_t>(n.distribution * k);
      shares.insert(shares.end(), row, row + static_cast<std::ptrdiff_t>(k));
    }
    return isNumber ? isPresent(n.score) : n.distribution != kNone;
  }));
  if (isNumber) wiring.trees(value, {{shape, 0, 1}});
  for (std::uint32_t c = 0; c < probabilities.size(); ++c) wiring.trees(probabilities[c], {{shape, c, 1}});
}

}  // namespace scorelet::models::tree
