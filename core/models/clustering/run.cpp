#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "models/clustering/clustering.hpp"

namespace scorelet::models::clustering {

namespace {
constexpr double kNever = -std::numeric_limits<double>::infinity();  ///< the logarithm of probability 0
}

void CenterStep::run(const Frame& frame) const {
  auto& distances = frame.buffers.numbers;
  distances.resize(centers.count);
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value poison = measure.compare(frame, i, centers, distances);
    for (std::size_t c = 0; c < centers.count; ++c)
      frame.at(affinities[c])[i] = isInvalid(poison) ? poison : distances[c];
  }
}

void DistributionStep::run(const Frame& frame) const {
  const std::size_t k = affinities.size();
  auto& logs = frame.buffers.sums;
  for (std::size_t i = 0; i < frame.n; ++i) {
    logs.assign(logShare.begin(), logShare.end());
    Value poison = missing();
    for (const DistributedField& f : fields) {
      const Value x = frame.at(f.slot)[i];
      if (isInvalid(x)) poison = x;
      if (!isPresent(x)) continue;
      const auto at = static_cast<std::size_t>(std::find(f.values.begin(), f.values.end(), x) - f.values.begin());
      for (std::size_t c = 0; c < k; ++c) {
        const Distribution& d = f.clusters[c];
        if (f.isContinuous) {
          // Without the factor 1/√2π, which all clusters share.
          const double z = (x - d.mean) / d.deviation;
          logs[c] += -0.5 * z * z - dm::log(d.deviation);
        } else {
          logs[c] += at < f.values.size() ? d.logFrequency[at] : kNever;
        }
      }
    }
    double most = kNever, sum = 0;
    for (std::size_t c = 0; c < k; ++c) most = std::max(most, logs[c]);
    // Where no cluster can have such a record, none has an affinity.
    const bool isPossible = std::isfinite(most) && !isInvalid(poison);
    for (std::size_t c = 0; c < k && isPossible; ++c) sum += logs[c] = dm::exp(logs[c] - most);
    for (std::size_t c = 0; c < k; ++c) frame.at(affinities[c])[i] = isPossible ? checked(logs[c] / sum) : poison;
  }
}

std::size_t DistributionStep::bytes() const noexcept {
  std::size_t n = logShare.size() * sizeof(double);
  for (const DistributedField& f : fields)
    n += sizeof(f) + f.clusters.size() * (sizeof(Distribution) + f.values.size() * sizeof(double));
  return n;
}

void WinnerStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value best = missing();
    std::size_t winner = affinities.size();
    for (std::size_t c = 0; c < affinities.size(); ++c) {
      const Value a = frame.at(affinities[c])[i];
      if (isInvalid(a)) {
        best = a;
        winner = affinities.size();
        break;
      }
      if (isPresent(a) && (winner == affinities.size() || (isSimilarity ? a > best : a < best))) best = a, winner = c;
    }
    for (const Answer& answer : answers)
      frame.at(answer.to)[i] = winner == affinities.size() ? best : answer.of[winner];
  }
}

void RankStep::run(const Frame& frame) const {
  auto& entries = frame.buffers.entries;
  const auto said = [&](const program::Buffers::Entry& e) { return of.empty() ? e.value : of[e.index]; };
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value none = missing();
    entries.clear();
    for (std::uint32_t c = 0; c < affinities.size(); ++c) {
      const Value a = frame.at(affinities[c])[i];
      if (isPresent(a)) entries.push_back({c, a, 0});
      if (isInvalid(a) && !isInvalid(none)) none = a;
    }
    if (isInvalid(none)) entries.clear();
    program::sortEntries(entries, isSimilarity != ranks.isAscending);
    frame.at(to)[i] = entries.empty() ? none : program::atRank(frame, entries, ranks, said);
  }
}

}  // namespace scorelet::models::clustering
