#include <algorithm>
#include <cmath>
#include <utility>

#include <scorelet/evaluation.hpp>

#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"

namespace scorelet {
namespace evaluation {

/// The cases whose predicted value is in one range.
struct PredictedRange {
  std::uint64_t cases = 0;
  ExactSum predicted, residuals, squares;
};

struct RegressionState {
  RegressionEvaluation::Counts counts;
  ExactSum absolute, squares, actual, actualSquares;
  double maximumError = kNaN;
  Distribution residuals;
  std::vector<double> edges;
  std::vector<PredictedRange> ranges;

  [[nodiscard]] double mean(const ExactSum& sum) const { return ratio(sum.value(), static_cast<double>(counts.cases)); }
};

}  // namespace evaluation

using namespace evaluation;

RegressionEvaluation::RegressionEvaluation(std::vector<double> edges, Resolution resolution)
    : state_(std::make_unique<RegressionState>()) {
  std::erase_if(edges, [](double x) { return !std::isfinite(x); });
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  state_->ranges.resize(edges.size() + 1);
  state_->edges = std::move(edges);
  state_->residuals = Distribution(resolution);
}
RegressionEvaluation::~RegressionEvaluation() = default;
RegressionEvaluation::RegressionEvaluation(RegressionEvaluation&&) noexcept = default;
RegressionEvaluation& RegressionEvaluation::operator=(RegressionEvaluation&&) noexcept = default;

void RegressionEvaluation::add(double predicted, double actual) {
  RegressionState& s = *state_;
  ++s.counts.rows;
  const double residual = actual - predicted;
  if (!std::isfinite(predicted)) {
    ++s.counts.missingPredictions;
    return;
  }
  if (!std::isfinite(actual) || !std::isfinite(residual)) {
    ++s.counts.missingOutcomes;
    return;
  }
  ++s.counts.cases;
  const double error = std::fabs(residual);
  if (!(error <= s.maximumError)) s.maximumError = error;
  s.absolute.add(error);
  s.squares.addProduct(residual, residual);
  s.actual.add(actual);
  s.actualSquares.addProduct(actual, actual);
  s.residuals.add(residual);
  const auto above = std::upper_bound(s.edges.begin(), s.edges.end(), predicted);
  PredictedRange& range = s.ranges[static_cast<std::size_t>(above - s.edges.begin())];
  ++range.cases;
  range.predicted.add(predicted);
  range.residuals.add(residual);
  range.squares.addProduct(residual, residual);
}

Expected<void> RegressionEvaluation::merge(const RegressionEvaluation& other) {
  RegressionState& mine = *state_;
  const RegressionState& theirs = *other.state_;
  if (mine.edges != theirs.edges) return refused("Evaluations with different edges cannot be merged.");
  if (auto merged = mine.residuals.merge(theirs.residuals); !merged) return merged;
  mine.counts.rows += theirs.counts.rows;
  mine.counts.cases += theirs.counts.cases;
  mine.counts.missingPredictions += theirs.counts.missingPredictions;
  mine.counts.missingOutcomes += theirs.counts.missingOutcomes;
  if (theirs.counts.cases > 0 && !(theirs.maximumError <= mine.maximumError)) mine.maximumError = theirs.maximumError;
  mine.absolute.merge(theirs.absolute);
  mine.squares.merge(theirs.squares);
  mine.actual.merge(theirs.actual);
  mine.actualSquares.merge(theirs.actualSquares);
  for (std::size_t i = 0; i < mine.ranges.size(); ++i) {
    mine.ranges[i].cases += theirs.ranges[i].cases;
    mine.ranges[i].predicted.merge(theirs.ranges[i].predicted);
    mine.ranges[i].residuals.merge(theirs.ranges[i].residuals);
    mine.ranges[i].squares.merge(theirs.ranges[i].squares);
  }
  return {};
}

const RegressionEvaluation::Counts& RegressionEvaluation::counts() const noexcept { return state_->counts; }
double RegressionEvaluation::mae() const { return state_->mean(state_->absolute); }

double RegressionEvaluation::maeStandardError() const {
  const std::uint64_t n = state_->counts.cases;
  if (n < 2) return kNaN;
  const double squared = squaredDeviations(state_->absolute, state_->squares, n);
  return std::sqrt(squared / static_cast<double>(n - 1) / static_cast<double>(n));
}

double RegressionEvaluation::rmse() const { return std::sqrt(state_->mean(state_->squares)); }
double RegressionEvaluation::bias() const { return -state_->residuals.mean(); }
double RegressionEvaluation::maximumError() const noexcept { return state_->maximumError; }
double RegressionEvaluation::meanActual() const { return state_->mean(state_->actual); }

double RegressionEvaluation::r2() const {
  const double deviations = squaredDeviations(state_->actual, state_->actualSquares, state_->counts.cases);
  return deviations > 0 ? 1 - state_->squares.value() / deviations : kNaN;
}

const Distribution& RegressionEvaluation::residuals() const noexcept { return state_->residuals; }
const std::vector<double>& RegressionEvaluation::edges() const noexcept { return state_->edges; }

std::vector<RegressionEvaluation::Group> RegressionEvaluation::groups() const {
  std::vector<Group> groups;
  for (const PredictedRange& range : state_->ranges) {
    const auto n = static_cast<double>(range.cases);
    Group group{range.cases, ratio(range.predicted.value(), n), ratio(range.residuals.value(), n), kNaN};
    if (range.cases > 1) {
      group.deviation = std::sqrt(squaredDeviations(range.residuals, range.squares, range.cases) / (n - 1));
    }
    groups.push_back(group);
  }
  return groups;
}

}  // namespace scorelet
