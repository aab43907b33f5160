#include <algorithm>
#include <cmath>

#include "models/nearest_neighbor/nearest_neighbor.hpp"

namespace scorelet::models::nearest_neighbor {

void NeighborStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value poison = findNeighbors(frame, i);
    const bool weighs = continuousScoring == ContinuousScoring::weightedAverage ||
                        categoricalScoring == CategoricalScoring::weightedMajorityVote;
    if (weighs) weigh(frame);
    for (const auto& [index, slot] : distances)
      frame.at(slot)[i] = isInvalid(poison) ? poison : frame.buffers.numbers[index];
    // The numbers of the targets go where the distances were.
    for (const Target& target : targets) {
      if (target.isVote)
        vote(frame, target, i, poison);
      else
        frame.at(target.value)[i] = isInvalid(poison) ? poison : number(frame, target);
    }
    for (const bool isAscending : {false, true}) {
      bool isSorted = !isAscending;  // nearest first, as they were found
      for (const Neighbor& n : neighbors) {
        if (n.ranks.isAscending != isAscending) continue;
        if (!isSorted) program::sortEntries(frame.buffers.entries, !measure.isSimilarity);
        isSorted = true;
        answer(frame, n, i, poison);
      }
    }
  }
}

/// Leaves the distances in `Buffers::numbers` and the nearest rows in `Buffers::entries`, nearest first.
Value NeighborStep::findNeighbors(const Frame& frame, std::size_t row) const {
  auto& distance = frame.buffers.numbers;
  auto& nearest = frame.buffers.entries;
  nearest.clear();
  distance.resize(rows.count);
  const Value poison = measure.compare(frame, row, rows, distance);
  if (isInvalid(poison)) return poison;
  // Of equally near ones the first in the table.
  const auto nearer = [&](const program::Buffers::Entry& a, const program::Buffers::Entry& b) {
    return a.value == b.value ? a.index < b.index : measure.isBetter(a.value, b.value);
  };
  for (std::size_t j = 0; j < rows.count; ++j) {
    if (isInvalid(distance[j])) {
      nearest.clear();
      return distance[j];
    }
    if (!isPresent(distance[j])) continue;
    const program::Buffers::Entry entry{static_cast<std::uint32_t>(j), distance[j], 1};
    if (nearest.size() == numberOfNeighbors) {
      if (!nearer(entry, nearest.front())) continue;
      std::pop_heap(nearest.begin(), nearest.end(), nearer);
      nearest.back() = entry;
    } else {
      nearest.push_back(entry);
    }
    std::push_heap(nearest.begin(), nearest.end(), nearer);
  }
  std::sort_heap(nearest.begin(), nearest.end(), nearer);
  return missing();
}

/// 1 / (distance + threshold); where that is infinite, the records at no distance share the weight.
void NeighborStep::weigh(const Frame& frame) const {
  auto& nearest = frame.buffers.entries;
  bool anyInfinite = false;
  for (auto& e : nearest) {
    e.weight = round(1 / round(e.value + threshold));
    anyInfinite |= std::isinf(e.weight);
  }
  if (anyInfinite)
    for (auto& e : nearest) e.weight = std::isinf(e.weight) ? 1 : 0;
}

Value NeighborStep::number(const Frame& frame, const Target& target) const {
  const auto& nearest = frame.buffers.entries;
  if (continuousScoring == ContinuousScoring::median) {
    auto& values = frame.buffers.sums;
    values.clear();
    for (const auto& e : nearest)
      if (isPresent(target.numbers[e.index])) values.push_back(target.numbers[e.index]);
    if (values.empty()) return missing();
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return checked(values.size() % 2 == 1 ? values[half] : round(round(values[half - 1] + values[half]) / 2));
  }
  const bool isWeighted = continuousScoring == ContinuousScoring::weightedAverage;
  double sum = 0, weights = 0;
  bool any = false;
  for (const auto& e : nearest) {
    const Value y = target.numbers[e.index];
    if (!isPresent(y)) continue;
    const double w = isWeighted ? e.weight : 1;
    sum = round(sum + round(w * y));
    weights = round(weights + w);
    any = true;
  }
  return any ? checked(round(sum / weights)) : missing();
}

void NeighborStep::vote(const Frame& frame, const Target& target, std::size_t row, Value none) const {
  auto& votes = frame.buffers.sums;
  votes.assign(target.categories.size(), 0);
  const bool isWeighted = categoricalScoring == CategoricalScoring::weightedMajorityVote;
  double total = 0;
  if (!isInvalid(none))
    for (const auto& e : frame.buffers.entries) {
      const std::uint32_t category = target.votes[e.index];
      if (category == kNone) continue;
      const double w = isWeighted ? e.weight : 1;
      votes[category] = round(votes[category] + w);
      total = round(total + w);
    }
  std::size_t winner = votes.size();
  if (total > 0)
    for (std::size_t c = 0; c < votes.size(); ++c)
      if (winner == votes.size() || votes[c] > votes[winner] ||
          (votes[c] == votes[winner] && target.priority[c] < target.priority[winner]))
        winner = c;
  const bool isAnswer = winner != votes.size();
  for (std::size_t c = 0; c < target.probabilities.size(); ++c)
    frame.at(target.probabilities[c])[row] = isAnswer ? round(votes[c] / total) : none;
  frame.at(target.value)[row] = isAnswer ? target.categories[winner] : none;
}

void NeighborStep::answer(const Frame& frame, const Neighbor& neighbor, std::size_t row, Value none) const {
  const auto& nearest = frame.buffers.entries;
  const auto said = [&](const program::Buffers::Entry& e) { return neighbor.isAffinity ? e.value : ids[e.index]; };
  frame.at(neighbor.to)[row] = nearest.empty() ? none : program::atRank(frame, nearest, neighbor.ranks, said);
}

std::size_t NeighborStep::bytes() const noexcept {
  std::size_t n = measure.bytes() + (rows.coordinates.size() + ids.size()) * sizeof(Value);
  for (const Target& t : targets)
    n += t.numbers.size() * sizeof(Value) + (t.votes.size() + t.priority.size()) * sizeof(std::uint32_t) +
         (t.categories.size() + t.probabilities.size()) * sizeof(Value);
  return n;
}

}  // namespace scorelet::models::nearest_neighbor
