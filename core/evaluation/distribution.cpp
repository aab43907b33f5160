#include <cmath>

#include <scorelet/evaluation.hpp>

#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"

namespace scorelet {

struct evaluation::DistributionState {
  explicit DistributionState(std::size_t most) : table(most) {}

  ScoreTable table;
  ExactSum sum, squares;
  std::uint64_t count = 0, missing = 0;
  double minimum = kNaN, maximum = kNaN;
};

using namespace evaluation;

Distribution::Distribution(Resolution resolution) : state_(std::make_unique<DistributionState>(resolution.values)) {}
Distribution::~Distribution() = default;
Distribution::Distribution(Distribution&&) noexcept = default;
Distribution& Distribution::operator=(Distribution&&) noexcept = default;

void Distribution::add(double value) {
  if (!std::isfinite(value)) {
    ++state_->missing;
    return;
  }
  ++state_->count;
  state_->table.add(value, Outcome::unknown);
  state_->sum.add(value);
  state_->squares.addProduct(value, value);
  if (!(value >= state_->minimum)) state_->minimum = value;
  if (!(value <= state_->maximum)) state_->maximum = value;
}

Expected<void> Distribution::merge(const Distribution& other) {
  DistributionState& mine = *state_;
  const DistributionState& theirs = *other.state_;
  if (mine.table.most() != theirs.table.most())
    return refused("Distributions of different resolution cannot be merged.");
  mine.table.merge(theirs.table);
  mine.sum.merge(theirs.sum);
  mine.squares.merge(theirs.squares);
  mine.count += theirs.count;
  mine.missing += theirs.missing;
  if (!(theirs.minimum >= mine.minimum)) mine.minimum = theirs.count > 0 ? theirs.minimum : mine.minimum;
  if (!(theirs.maximum <= mine.maximum)) mine.maximum = theirs.count > 0 ? theirs.maximum : mine.maximum;
  return {};
}

std::uint64_t Distribution::count() const noexcept { return state_->count; }
std::uint64_t Distribution::missing() const noexcept { return state_->missing; }
double Distribution::minimum() const noexcept { return state_->minimum; }
double Distribution::maximum() const noexcept { return state_->maximum; }
double Distribution::mean() const { return ratio(state_->sum.value(), static_cast<double>(state_->count)); }

double Distribution::variance() const {
  if (state_->count < 2) return kNaN;
  return squaredDeviations(state_->sum, state_->squares, state_->count) / static_cast<double>(state_->count - 1);
}

double Distribution::quantile(double p) const { return evaluation::quantile(state_->table, p); }

std::vector<std::uint64_t> Distribution::histogram(std::span<const double> edges) const {
  std::vector<std::uint64_t> counts;
  for (const auto& bin : evaluation::histogram(state_->table, edges)) counts.push_back(bin[2]);
  return counts;
}

bool Distribution::exact() const { return state_->table.exact(); }

}  // namespace scorelet
