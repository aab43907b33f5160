#include <algorithm>
#include <cmath>
#include <limits>

#include "base/sort.hpp"
#include "models/mining/mining.hpp"

namespace scorelet::models::mining {

namespace {

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 != 0 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// The first value, in ascending order, at which the accumulated weight reaches half of the whole.
double weightedMedian(std::vector<std::pair<double, double>>& values) {
  sort(values);
  double total = 0, sum = 0;
  for (const auto& [v, w] : values) total += w;
  for (const auto& [v, w] : values)
    if ((sum += w) >= total / 2) return v;
  return values.back().first;
}

}  // namespace

/// What is known of one record before its members are combined; they stand in `Buffers::entries`.
struct CombineStep::Row {
  std::size_t index = 0;
  bool anyMissing = false;
  double missingWeight = 0;
};

void CombineStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) combine(frame, i);
}

void CombineStep::combine(const Frame& frame, std::size_t i) const {
  auto& entries = frame.buffers.entries;
  const bool weighs = isWeighted(method);
  Row row{i};
  entries.clear();
  double activeWeight = 0;
  Value poison = missing();
  for (std::uint32_t k = 0; k < members.size(); ++k) {
    const Member& m = members[k];
    const Value active = m.active == kNoSlot ? 1.0 : frame.at(m.active)[i];
    if (isInvalid(active)) poison = isInvalid(poison) ? poison : active;
    if (!(active == 1)) continue;
    Value v = frame.at(m.value)[i];
    double weight = m.weight;
    if (m.weightSlot != kNoSlot && weighs) {
      // A weight that the record does not give makes the segment's prediction missing (docs/readings.md).
      const Value w = frame.at(m.weightSlot)[i];
      if (isInvalid(w))
        v = w;
      else if (!isPresent(w) || w < 0)
        v = missing(), weight = 0;
      else
        weight = w;
    }
    // Where probabilities are combined, an answer without any is none.
    if (combinesProbabilities() && isPresent(v) && m.probabilities[0] != kNoSlot &&
        !isPresent(frame.at(m.probabilities[0])[i]))
      v = missing();
    if (isInvalid(v)) {
      poison = isInvalid(poison) ? poison : v;
      break;
    }
    const double share = weighs ? weight : 1;
    activeWeight += share;
    if (isMissing(v)) {
      row.anyMissing = true;
      row.missingWeight += share;
      if (missingPrediction == MissingPrediction::skipSegment) continue;
    }
    entries.push_back({k, v, weight});
  }
  answerNothing(frame, i, poison);
  if (isInvalid(poison) || entries.empty()) return;
  if (row.anyMissing && method != Method::selectAll) {
    if (missingPrediction == MissingPrediction::returnMissing) return;
    if (missingPrediction == MissingPrediction::skipSegment && activeWeight > 0 &&
        row.missingWeight / activeWeight > missingThreshold)
      return;
  }
  switch (method) {
    case Method::selectAll:
      frame.buffers.numbers.clear();
      for (const auto& e : entries) frame.buffers.numbers.push_back(e.value);
      frame.at(value)[i] = frame.lists.add(frame.buffers.numbers);
      break;
    case Method::majorityVote:
    case Method::weightedMajorityVote: combineVotes(frame, row); break;
    default:
      if (isClassification)
        combineProbabilities(frame, row);
      else
        combineNumbers(frame, row);
  }
}

void CombineStep::answerNothing(const Frame& frame, std::size_t i, Value none) const {
  frame.at(value)[i] = none;
  for (const Slot p : probabilities) frame.at(p)[i] = none;
}

void CombineStep::combineNumbers(const Frame& frame, const Row& row) const {
  double& out = frame.at(value)[row.index];
  if (row.anyMissing && missingPrediction == MissingPrediction::carryOn) return;  // arithmetic with missing is missing
  auto& entries = frame.buffers.entries;
  auto& numbers = frame.buffers.numbers;
  auto& pairs = frame.buffers.pairs;
  double sum = 0, total = 0, most = entries[0].value;
  numbers.clear();
  pairs.clear();
  const bool weighs = isWeighted(method);
  for (const auto& [k, v, weight] : entries) {
    sum = round(sum + (weighs ? round(weight * v) : v));
    total += weighs ? weight : 1;
    most = std::max(most, v);
    numbers.push_back(v);
    pairs.emplace_back(v, weight);
  }
  switch (method) {
    case Method::median: out = checked(round(median(numbers))); break;
    case Method::weightedMedian: out = weightedMedian(pairs); break;
    case Method::max: out = most; break;
    default: answerNumber(frame, row.index, sum, total);
  }
}

void CombineStep::answerNumber(const Frame& frame, std::size_t i, double sum, double total) const {
  const bool isSum = method == Method::sum || method == Method::weightedSum;
  frame.at(value)[i] = isSum ? checked(sum) : total == 0 ? missing() : checked(round(sum / total));
}

void CombineStep::combineVotes(const Frame& frame, const Row& row) const {
  std::vector<double>& sums = frame.buffers.sums;
  sums.assign(categories.size(), 0);
  double total = 0;
  for (const auto& [k, v, weight] : frame.buffers.entries) {
    const double share = method == Method::weightedMajorityVote ? weight : 1;
    total += share;
    for (std::size_t c = 0; c < categories.size(); ++c)
      if (categories[c] == v) sums[c] += share;
  }
  // Missing is a candidate too (missingPredictionTreatment="continue"), the last of all: ties go to the first.
  const double missed = missingPrediction == MissingPrediction::carryOn ? row.missingWeight : 0;
  answerVotes(frame, row.index, sums, total, missed);
}

void CombineStep::answerVotes(const Frame& frame, std::size_t i, std::span<const double> sums, double total,
                              double missed) const {
  double most = 0;
  Value best = missing();
  for (std::size_t c = 0; c < categories.size(); ++c)
    if (sums[c] > most) most = sums[c], best = categories[c];
  if (missed > most) best = missing();
  frame.at(value)[i] = best;
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    frame.at(probabilities[c])[i] = isPresent(best) && total > 0 ? sums[c] / total : missing();
}

void CombineStep::combineProbabilities(const Frame& frame, const Row& row) const {
  if (row.anyMissing && missingPrediction == MissingPrediction::carryOn) return;
  const std::size_t k = categories.size();
  const auto probability = [&](const Member& m, std::size_t c) {
    const Slot from = m.probabilities[c];
    return from == kNoSlot ? 0.0 : frame.at(from)[row.index];
  };
  auto& entries = frame.buffers.entries;
  auto& numbers = frame.buffers.numbers;
  auto& sums = frame.buffers.sums;
  sums.assign(k, 0);
  if (method == Method::max || method == Method::median) {
    // The class of the largest single (or median) probability; the mean distribution of the models that attain it
    // is the answer. Of an even number of models the two in the middle attain the median.
    std::size_t best = 0;
    double most = -1, low = 0, high = 0;
    for (std::size_t c = 0; c < k; ++c) {
      numbers.clear();
      for (const auto& e : entries) numbers.push_back(probability(members[e.index], c));
      std::sort(numbers.begin(), numbers.end());
      const std::size_t n = numbers.size();
      const double lower = method == Method::max ? numbers[n - 1] : numbers[(n - 1) / 2];
      const double upper = method == Method::max ? numbers[n - 1] : numbers[n / 2];
      if ((lower + upper) / 2 > most) most = (lower + upper) / 2, best = c, low = lower, high = upper;
    }
    double count = 0;
    for (const auto& e : entries) {
      const double p = probability(members[e.index], best);
      if (p != low && p != high) continue;
      count += 1;
      for (std::size_t c = 0; c < k; ++c) sums[c] += probability(members[e.index], c);
    }
    for (std::size_t c = 0; c < k; ++c) frame.at(probabilities[c])[row.index] = sums[c] / count;
    frame.at(value)[row.index] = categories[best];
    return;
  }
  double total = 0;
  for (const auto& [index, v, weight] : entries) {
    const double w = isWeighted(method) ? weight : 1;
    for (std::size_t c = 0; c < k; ++c) sums[c] = round(sums[c] + round(w * probability(members[index], c)));
    total += w;
  }
  answerProbabilities(frame, row.index, sums, total);
}

void CombineStep::answerProbabilities(const Frame& frame, std::size_t i, std::span<double> sums, double total) const {
  if (method != Method::sum && method != Method::weightedSum) {
    if (total == 0) return answerNothing(frame, i, missing());
    for (double& s : sums) s = round(s / total);
  }
  Value best = missing();
  double most = -1;
  for (std::size_t c = 0; c < sums.size(); ++c) {
    if (sums[c] > most) most = sums[c], best = categories[c];
    if (!isPresent(sums[c])) best = invalid(Reason::notANumber), most = std::numeric_limits<double>::infinity();
  }
  // Infinite weights leave no shares.
  for (std::size_t c = 0; c < sums.size(); ++c) frame.at(probabilities[c])[i] = isInvalid(best) ? best : sums[c];
  frame.at(value)[i] = best;
}

}  // namespace scorelet::models::mining
