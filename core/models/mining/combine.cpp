#include <algorithm>
#include <cmath>

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
  std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  double total = 0, sum = 0;
  for (const auto& [v, w] : values) total += w;
  for (const auto& [v, w] : values)
    if ((sum += w) >= total / 2) return v;
  return values.back().first;
}

}  // namespace

/// The members that count for one record.
struct CombineStep::Row {
  std::size_t index;
  struct Active {
    const Member* member;
    Value value;
    double weight;
  };
  std::vector<Active> members;
  bool anyMissing = false;
  double missingWeight = 0;
  std::vector<double> numbers, sums;
  std::vector<std::pair<double, double>> weighted;
};

void CombineStep::run(const Frame& frame) const {
  Row row{};
  const bool weighs = isWeighted(method);
  for (std::size_t i = 0; i < frame.n; ++i) {
    row.index = i;
    row.members.clear();
    row.anyMissing = false;
    row.missingWeight = 0;
    double activeWeight = 0, missingWeight = 0;
    Value poison = missing();
    for (const Member& m : members) {
      const Value active = m.active == kNoSlot ? 1.0 : frame.at(m.active)[i];
      if (isInvalid(active)) poison = isInvalid(poison) ? poison : active;
      if (!(active == 1)) continue;
      Value v = frame.at(m.value)[i];
      double weight = m.weight;
      if (m.weightSlot != kNoSlot) {
        // A weight that the record does not give makes the segment's prediction missing (docs/readings.md).
        const Value w = frame.at(m.weightSlot)[i];
        if (isInvalid(w)) v = w;
        else if (!isPresent(w) || w < 0) v = missing(), weight = 0;
        else weight = w;
      }
      if (isInvalid(v)) {
        poison = isInvalid(poison) ? poison : v;
        break;
      }
      const double share = weighs ? weight : 1;
      activeWeight += share;
      if (isMissing(v)) {
        row.anyMissing = true;
        missingWeight += share;
        if (missingPrediction == MissingPrediction::skipSegment) continue;
      }
      row.members.push_back({&m, v, weight});
      if (method == Method::selectFirst) break;
    }
    row.missingWeight = missingWeight;
    frame.at(value)[i] = poison;
    if (entityId != kNoSlot) frame.at(entityId)[i] = poison;
    for (const Slot p : probabilities) frame.at(p)[i] = poison;
    if (isInvalid(poison) || row.members.empty()) continue;
    if (row.anyMissing && method != Method::selectAll && method != Method::modelChain && method != Method::selectFirst) {
      if (missingPrediction == MissingPrediction::returnMissing) continue;
      if (missingPrediction == MissingPrediction::skipSegment && activeWeight > 0 && missingWeight / activeWeight > missingThreshold) continue;
    }
    switch (method) {
      case Method::selectFirst:
      case Method::modelChain:
        choose(frame, row);
        break;
      case Method::selectAll:
        row.numbers.clear();
        for (const auto& a : row.members) row.numbers.push_back(a.value);
        frame.at(value)[i] = frame.lists.add(row.numbers);
        break;
      case Method::majorityVote:
      case Method::weightedMajorityVote:
        combineVotes(frame, row);
        break;
      default:
        if (isClassification) combineProbabilities(frame, row);
        else combineNumbers(frame, row);
    }
  }
}

void CombineStep::choose(const Frame& frame, Row& row) const {
  const Row::Active& chosen = method == Method::selectFirst ? row.members.front() : row.members.back();
  frame.at(value)[row.index] = chosen.value;
  if (entityId != kNoSlot) frame.at(entityId)[row.index] = chosen.member->id;
  for (std::size_t c = 0; c < probabilities.size(); ++c) {
    const Slot from = chosen.member->probabilities[c];
    frame.at(probabilities[c])[row.index] = from == kNoSlot ? 0 : frame.at(from)[row.index];
  }
}

void CombineStep::combineNumbers(const Frame& frame, Row& row) const {
  double& out = frame.at(value)[row.index];
  if (row.anyMissing && missingPrediction == MissingPrediction::carryOn) return;  // arithmetic with missing is missing
  double sum = 0, total = 0, most = row.members[0].value;
  row.numbers.clear();
  row.weighted.clear();
  const bool weighs = isWeighted(method);
  for (const auto& [member, v, weight] : row.members) {
    sum = round(sum + (weighs ? round(weight * v) : v));
    total += weighs ? weight : 1;
    most = std::max(most, v);
    row.numbers.push_back(v);
    row.weighted.emplace_back(v, weight);
  }
  switch (method) {
    case Method::sum:
    case Method::weightedSum: out = checked(sum); break;
    case Method::average:
    case Method::weightedAverage: out = total == 0 ? missing() : checked(round(sum / total)); break;
    case Method::median: out = round(median(row.numbers)); break;
    case Method::weightedMedian: out = weightedMedian(row.weighted); break;
    default: out = most;
  }
}

void CombineStep::combineVotes(const Frame& frame, Row& row) const {
  row.sums.assign(categories.size(), 0);
  double total = 0;
  for (const auto& [member, v, weight] : row.members) {
    const double share = method == Method::weightedMajorityVote ? weight : 1;
    total += share;
    for (std::size_t c = 0; c < categories.size(); ++c)
      if (categories[c] == v) row.sums[c] += share;
  }
  const double missed = missingPrediction == MissingPrediction::carryOn ? row.missingWeight : 0;
  double most = missed;
  Value best = missing();
  for (std::size_t c = 0; c < categories.size(); ++c)
    if (row.sums[c] > most || (c == 0 && row.sums[c] > 0 && row.sums[c] >= most)) most = row.sums[c], best = categories[c];
  frame.at(value)[row.index] = best;
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    frame.at(probabilities[c])[row.index] = isPresent(best) && total > 0 ? row.sums[c] / total : missing();
}

void CombineStep::combineProbabilities(const Frame& frame, Row& row) const {
  if (row.anyMissing && missingPrediction == MissingPrediction::carryOn) return;
  const std::size_t k = categories.size();
  const auto probability = [&](const Member& m, std::size_t c) {
    const Slot from = m.probabilities[c];
    return from == kNoSlot ? 0.0 : frame.at(from)[row.index];
  };
  row.sums.assign(k, 0);
  if (method == Method::max || method == Method::median) {
    // The class of the largest single (or median) probability; the mean distribution of the models that attain it
    // is the answer. Of an even number of models the two in the middle attain the median.
    std::size_t best = 0;
    double most = -1, low = 0, high = 0;
    for (std::size_t c = 0; c < k; ++c) {
      row.numbers.clear();
      for (const auto& a : row.members) row.numbers.push_back(probability(*a.member, c));
      std::sort(row.numbers.begin(), row.numbers.end());
      const std::size_t n = row.numbers.size();
      const double lower = method == Method::max ? row.numbers[n - 1] : row.numbers[(n - 1) / 2];
      const double upper = method == Method::max ? row.numbers[n - 1] : row.numbers[n / 2];
      if ((lower + upper) / 2 > most) most = (lower + upper) / 2, best = c, low = lower, high = upper;
    }
    double count = 0;
    for (const auto& a : row.members) {
      const double p = probability(*a.member, best);
      if (p != low && p != high) continue;
      count += 1;
      for (std::size_t c = 0; c < k; ++c) row.sums[c] += probability(*a.member, c);
    }
    for (std::size_t c = 0; c < k; ++c) frame.at(probabilities[c])[row.index] = row.sums[c] / count;
    frame.at(value)[row.index] = categories[best];
    return;
  }
  double total = 0;
  for (const auto& [member, v, weight] : row.members) {
    const double w = isWeighted(method) ? weight : 1;
    for (std::size_t c = 0; c < k; ++c) row.sums[c] = round(row.sums[c] + round(w * probability(*member, c)));
    total += w;
  }
  if (method != Method::sum && method != Method::weightedSum) {
    if (total == 0) return;
    for (double& s : row.sums) s = round(s / total);
  }
  Value best = missing();
  double most = -1;
  for (std::size_t c = 0; c < k; ++c) {
    if (row.sums[c] > most) most = row.sums[c], best = categories[c];
    frame.at(probabilities[c])[row.index] = row.sums[c];
  }
  frame.at(value)[row.index] = best;
}

}  // namespace scorelet::models::mining
