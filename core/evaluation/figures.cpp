#include "evaluation/figures.hpp"

#include <cmath>

namespace scorelet::evaluation {

Expected<void> refused(const std::string& message) {
  Diagnostic diagnostic;
  diagnostic.code = Code::badArgument;
  diagnostic.message = message;
  return std::unexpected(Diagnostics{diagnostic});
}

double quantile(ScoreTable& table, double p) {
  std::uint64_t count = 0;
  for (const ScoreTable::Entry& entry : table.entries()) count += entry.all();
  if (count == 0 || !(p >= 0 && p <= 1)) return kNaN;
  const double wanted = p * static_cast<double>(count);
  std::uint64_t seen = 0;
  const ScoreTable::Entry* found = nullptr;
  for (const ScoreTable::Entry& entry : table.entries()) {
    found = &entry;
    seen += entry.all();
    if (static_cast<double>(seen) >= wanted) break;
  }
  return table.score(*found);
}

std::vector<std::array<std::uint64_t, 3>> histogram(ScoreTable& table, std::span<const double> edges) {
  std::vector<std::array<std::uint64_t, 3>> bins(edges.size() + 1);
  std::size_t bin = 0;
  for (const ScoreTable::Entry& entry : table.entries()) {
    while (bin < edges.size() && table.score(entry) >= edges[bin]) ++bin;
    for (std::size_t k = 0; k < 3; ++k) bins[bin][k] += entry.counts[k];
  }
  return bins;
}

}  // namespace scorelet::evaluation
