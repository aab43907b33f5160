#include "explain/coalitions.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "explain/subset_weights.hpp"

namespace scorelet::explain {

namespace {

/// Mixtures scored at once: enough for chunks to be full, few enough to be small.
constexpr std::size_t kBlock = 4096;

bool arePresent(std::span<const Value> values) { return std::ranges::all_of(values, isPresent); }

}  // namespace

void Coalitions::findDifferent(std::span<const Cell> row, std::span<const Cell> background,
                               std::span<const std::uint32_t> players) {
  different_.clear();
  for (const std::uint32_t p : players)
    if (!areSame(row[p], background[p])) different_.push_back(p);
}

/// `values` of all subsets of `different_`, bit i of the number being its i-th.
bool Coalitions::addSubsets(const Value* values, double share, std::span<double> contributions) {
  const std::size_t n = different_.size(), subsets = std::size_t{1} << n;
  if (!arePresent({values, subsets})) return false;
  const std::vector<double> weights = subsetWeights(n);
  for (std::size_t p = 0; p < n; ++p) {
    double sum = 0;
    addShapley({values, subsets}, p, weights, sum);
    contributions[different_[p]] += share * sum;
  }
  return true;
}

bool Coalitions::enumerate(std::span<const Cell> row, std::span<const std::uint32_t> players, const Evaluate& evaluate,
                           std::span<double> contributions) {
  const double share = 1 / static_cast<double>(background_.rows());
  for (std::size_t first = 0, next = 0; first < background_.rows(); first = next) {
    mixtures_.clear();
    for (; next < background_.rows() && mixtures_.rows() < kBlock; ++next) {
      const std::span<const Cell> background = background_.row(next);
      findDifferent(row, background, players);
      for (std::size_t s = 0; s < std::size_t{1} << different_.size(); ++s) {
        mixtures_.add(row);
        for (std::size_t p = 0; p < different_.size(); ++p)
          if ((s >> p & 1) == 0) mixtures_.set(different_[p], background[different_[p]]);
      }
    }
    evaluate(mixtures_.batch(), values_);
    std::size_t at = 0;
    for (std::size_t b = first; b < next; ++b) {
      findDifferent(row, background_.row(b), players);
      if (!addSubsets(values_.data() + at, share, contributions)) return false;
      at += std::size_t{1} << different_.size();
    }
  }
  return true;
}

Value Coalitions::sample(std::span<const Cell> row, std::span<const std::uint32_t> players, const Evaluate& evaluate,
                         const Sampling& options, std::span<double> contributions) {
  constexpr std::size_t kLeastRounds = 8;  // below, the standard error is itself a guess
  const std::size_t n = players.size(), records = background_.rows();
  Random random(options.seed);
  std::vector<std::uint32_t> order(players.begin(), players.end());
  std::vector<std::vector<std::uint32_t>> orders;
  std::vector<Cell> cells(row.begin(), row.end());
  std::vector<double> round(n), mean(n), squares(n);
  std::vector<std::size_t> placeOf(contributions.size());
  for (std::size_t p = 0; p < n; ++p) placeOf[players[p]] = p;
  std::uint64_t spent = 0;
  double error = 0;
  for (std::size_t rounds = 1;; ++rounds) {
    std::fill(round.begin(), round.end(), 0);
    for (std::size_t first = 0, next = 0; first < records; first = next) {
      mixtures_.clear();
      orders.clear();
      for (; next < records && mixtures_.rows() < kBlock; ++next) {
        for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
        for (const bool isReversed : {false, true}) {
          for (const std::uint32_t p : players) cells[p] = background_.row(next)[p];
          mixtures_.add(cells);
          for (const std::uint32_t p : order) {
            cells[p] = row[p];
            mixtures_.add(cells);
          }
          orders.push_back(order);
          if (!isReversed) std::reverse(order.begin(), order.end());
        }
      }
      evaluate(mixtures_.batch(), values_);
      spent += values_.size();
      if (!arePresent(values_)) return missing();
      const Value* at = values_.data();
      for (const auto& walked : orders) {
        for (std::size_t i = 0; i < n; ++i) round[placeOf[walked[i]]] += at[i + 1] - at[i];
        at += n + 1;
      }
    }
    error = 0;
    const auto r = static_cast<double>(rounds);
    for (std::size_t p = 0; p < n; ++p) {
      const double x = round[p] / (2 * static_cast<double>(records)), before = mean[p];
      mean[p] += (x - before) / r;  // Welford
      squares[p] += (x - before) * (x - mean[p]);
      if (rounds > 1) error = std::max(error, std::sqrt(squares[p] / (r - 1) / r));
    }
    const std::uint64_t perRound = spent / rounds;
    if (rounds >= kLeastRounds && error <= options.standardError) break;
    if (rounds > 1 && spent + perRound > options.evaluations) break;
  }
  for (std::size_t p = 0; p < n; ++p) contributions[players[p]] += mean[p];
  return error;
}

}  // namespace scorelet::explain
