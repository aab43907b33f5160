#include <algorithm>
#include <cmath>

#include "models/text/text.hpp"

namespace scorelet::models::text_model {

double lengthOf(std::span<const double> vector) {
  double sum = 0;
  for (const double x : vector) sum += x * x;
  return std::sqrt(sum);
}

void Weighting::apply(std::span<double> counts, const std::uint32_t* terms) const {
  double most = 0;
  for (const double n : counts) most = std::max(most, n);
  for (std::size_t k = 0; k < counts.size(); ++k)
    counts[k] = text::localWeight(local, counts[k], most) * global[terms ? terms[k] : k];
  if (!isNormalized) return;
  const double length = lengthOf(counts);
  if (length > 0)
    for (double& w : counts) w /= length;
}

void TextStep::run(const Frame& frame) const {
  auto& query = frame.buffers.sums;
  const auto n = static_cast<Slot>(documents.size());
  for (std::size_t i = 0; i < frame.n; ++i) {
    query.assign(weighting.global.size(), 0);
    Value hole = count(frame, i);
    double length = 0;
    if (isPresent(hole)) {
      weighting.apply(query);
      length = lengthOf(query);
      // A text without any known term has no direction, so it resembles no document more than another.
      if (!isDistance && length == 0) hole = missing();
    }
    std::size_t best = 0;
    for (Slot d = 0; d < n; ++d) {
      const Value s = isPresent(hole) ? checked(similarity(query, length, documents[d])) : hole;
      frame.at(similarities + d)[i] = s;
      if (isPresent(hole) && !isPresent(s)) hole = s;
      const Value sofar = frame.at(similarities + static_cast<Slot>(best))[i];
      if (isDistance ? s < sofar : s > sofar) best = d;
    }
    frame.at(id)[i] = isPresent(hole) ? ids[best] : hole;
    frame.at(value)[i] = isPresent(hole) ? answers[best] : hole;
  }
}

/// The terms of record `i` into `buffers.sums`; missing if none of its fields is known.
Value TextStep::count(const Frame& frame, std::size_t i) const {
  auto& counts = frame.buffers.sums;
  bool isKnown = false;
  for (const Slot slot : texts) {
    const Value v = frame.at(slot)[i];
    if (isInvalid(v)) return v;
    if (isMissing(v)) continue;
    isKnown = true;
    const Reason reason = terms.count(frame.strings.text(v), frame.regexes, frame.text, frame.limits.textBytes, counts);
    if (reason != Reason::none) return invalid(reason);
  }
  for (const auto& [slot, term] : columns) {
    const Value v = frame.at(slot)[i];
    if (isInvalid(v)) return v;
    if (isMissing(v)) continue;
    if (v < 0) return invalid(Reason::notANumber);  // nothing occurs less often than never
    isKnown = true;
    counts[term] += v;
  }
  return isKnown ? 0 : missing();
}

double TextStep::similarity(std::span<const double> query, double length, const Document& document) const {
  double sum = 0;
  if (!isDistance) {
    for (std::uint32_t k = document.first; k < document.last; ++k) sum += query[weights[k].term] * weights[k].weight;
    return document.length > 0 ? sum / (length * document.length) : 0;
  }
  std::uint32_t k = document.first;
  for (std::size_t t = 0; t < query.size(); ++t) {
    const bool isThere = k < document.last && weights[k].term == t;
    const double difference = query[t] - (isThere ? weights[k].weight : 0);
    if (isThere) ++k;
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

std::size_t TextStep::bytes() const noexcept {
  return terms.bytes() + weighting.global.size() * sizeof(double) + documents.size() * sizeof(Document) +
         weights.size() * sizeof(Weight) + (ids.size() + answers.size()) * sizeof(Value);
}

void DocumentRankStep::run(const Frame& frame) const {
  auto& ranked = frame.buffers.entries;
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value& out = frame.at(to)[i];
    ranked.clear();
    out = missing();
    for (std::uint32_t d = 0; d < ids.size(); ++d) {
      const Value s = frame.at(similarities[d])[i];
      if (isPresent(s)) ranked.push_back({d, s, 0});
      if (!isPresent(s) && !isInvalid(out)) out = s;
    }
    if (ranked.size() != ids.size()) continue;
    program::sortEntries(ranked, isDistance == ranks.isAscending);
    out = program::atRank(frame, ranked, ranks,
                          [&](const auto& entry) { return putsOutId ? ids[entry.index] : entry.value; });
  }
}

}  // namespace scorelet::models::text_model
