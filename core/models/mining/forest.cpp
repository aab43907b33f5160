#include "models/mining/forest.hpp"

namespace scorelet::models::mining {

void ForestStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) frame.at(value)[i] = score(frame, i);
}

// Sums run in the document's order, in its precision.
Value ForestStep::score(const Frame& frame, std::size_t row) const {
  const auto round = [this](double x) { return isFloat ? toFloat(x) : x; };
  const bool weighs = isWeighted(method);
  double sum = 0, total = 0, missed = 0;
  for (const Member& tree : trees) {
    Value poison = missing();
    const std::int32_t node = tree.splits.walk(frame, row, poison);
    const Value v = node == tree::SplitTree::kNoAnswer ? poison : tree.scores[static_cast<std::size_t>(node)];
    const double weight = weighs ? tree.weight : 1;
    if (isPresent(v)) {
      sum = round(sum + (weighs ? round(weight * v) : v));
      total += weight;
      continue;
    }
    if (isInvalid(v)) return v;
    if (missingPrediction != MissingPrediction::skipSegment) return missing();
    missed += weight;
  }
  if (missed > 0 && missed / (missed + total) > missingThreshold) return missing();
  if (total == 0 && missed > 0) return missing();
  if (method == Method::sum || method == Method::weightedSum) return checked(sum);
  return total == 0 ? missing() : checked(round(sum / total));
}

std::size_t ForestStep::bytes() const noexcept {
  std::size_t n = trees.size() * sizeof(Member);
  for (const Member& t : trees) n += t.splits.bytes() + t.scores.size() * sizeof(double);
  return n;
}

}  // namespace scorelet::models::mining
