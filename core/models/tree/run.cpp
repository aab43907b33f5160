#include "base/math.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

void TreeStep::run(const Frame& frame) const {
  const bool mixes = tree.missingValueStrategy >= MissingValueStrategy::weightedConfidence;
  for (std::size_t row = 0; row < frame.n; ++row) {
    if (mixes) {
      answerMixture(frame, row);
    } else if (splits.empty()) {
      answerNode(frame, row, walk(tree, frame, row));
    } else {
      Arrival at;
      const std::int32_t node = frame.stride == 1 ? splits.walk<1>(frame.lanes, at.poison)
                                                  : splits.walk<program::kChunk>(frame.lanes + row, at.poison);
      if (node != SplitTree::kNoAnswer) at.node = static_cast<std::uint32_t>(node);
      answerNode(frame, row, at);
    }
  }
}

void TreeStep::answerNode(const Frame& frame, std::size_t row, const Arrival& arrival) const {
  const bool isAnswer = arrival.node != kNone;
  const Value none = arrival.poison;
  const Value score = isAnswer ? tree.nodes[arrival.node].score : none;
  frame.at(value)[row] = score;
  frame.at(entityId)[row] = isAnswer && isPresent(score) ? tree.nodes[arrival.node].id : none;
  const std::size_t k = tree.categories.size();
  const std::uint32_t d = isAnswer ? tree.nodes[arrival.node].distribution : kNone;
  const double penalty = arrival.levels == 0 ? 1 : dm::pow(tree.missingValuePenalty, arrival.levels);
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    frame.at(probabilities[c])[row] = d == kNone ? none : tree.probabilities[d * k + c];
  for (std::size_t c = 0; c < confidences.size(); ++c)
    frame.at(confidences[c])[row] = d == kNone ? none : tree.confidences[d * k + c] * penalty;
  if (!tree.embedded.empty()) answerEmbedded(frame, row, arrival);
}

/// The answer of the model inside the node, if there is one, and what those models put out.
void TreeStep::answerEmbedded(const Frame& frame, std::size_t row, const Arrival& arrival) const {
  const std::uint32_t chosen = arrival.node == kNone ? kNone : tree.nodes[arrival.node].embedded;
  for (const EmbeddedOutput& output : tree.embeddedOutputs) {
    Value& out = frame.at(output.to)[row] = arrival.poison;
    for (const auto& [model, slot] : output.from)
      if (model == chosen) out = frame.at(slot)[row];
  }
  if (chosen == kNone) return;
  const EmbeddedModel& model = tree.embedded[chosen];
  const Value answer = frame.at(value)[row] = frame.at(model.value)[row];
  frame.at(entityId)[row] = isPresent(answer) ? tree.nodes[arrival.node].id : answer;
  // A class that the model does not know has probability 0; a model without probabilities gives none.
  const auto take = [&](const std::vector<Slot>& from, const std::vector<Slot>& to) {
    Value unknown = isInvalid(answer) ? answer : missing();
    for (const Slot slot : from)
      if (slot != compile::kNoSlot) unknown = isPresent(frame.at(slot)[row]) ? 0 : frame.at(slot)[row];
    for (std::size_t c = 0; c < to.size(); ++c)
      frame.at(to[c])[row] = from[c] == compile::kNoSlot ? unknown : frame.at(from[c])[row];
  };
  take(model.probabilities, probabilities);
  take(model.confidences, confidences);
}

void TreeStep::answerMixture(const Frame& frame, std::size_t row) const {
  Mixture mixture;
  const Value poison = mix(tree, frame, row, mixture);
  const bool isAnswer = !isInvalid(poison) && mixture.total > 0;
  const Value none = isInvalid(poison) ? poison : missing();
  frame.at(entityId)[row] = none;
  if (!tree.isClassification) {
    frame.at(value)[row] = isAnswer ? mixture.mean : none;
    return;
  }
  Value best = none;
  double most = 0;
  for (std::size_t c = 0; c < tree.categories.size() && isAnswer; ++c)
    if (frame.buffers.sums[c] > most) most = frame.buffers.sums[c], best = tree.categories[c];
  frame.at(value)[row] = best;
  for (std::size_t c = 0; c < probabilities.size(); ++c) {
    const double share = isAnswer ? frame.buffers.sums[c] / mixture.total : none;
    frame.at(probabilities[c])[row] = share;
    frame.at(confidences[c])[row] = share;
  }
}

}  // namespace scorelet::models::tree
