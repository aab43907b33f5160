#include <algorithm>

#include <scorelet/evaluation.hpp>

#include "evaluation/figures.hpp"

namespace scorelet {

struct evaluation::ClassState {
  std::size_t classes;
  ClassEvaluation::Counts counts;
  std::vector<std::uint64_t> cells;  // by actual class, then by predicted
};

using namespace evaluation;

ClassEvaluation::ClassEvaluation(std::size_t classes) : state_(std::make_unique<ClassState>()) {
  state_->classes = std::min(classes, kMost);
  state_->cells.resize(state_->classes * state_->classes);
}
ClassEvaluation::~ClassEvaluation() = default;
ClassEvaluation::ClassEvaluation(ClassEvaluation&&) noexcept = default;
ClassEvaluation& ClassEvaluation::operator=(ClassEvaluation&&) noexcept = default;

void ClassEvaluation::add(std::int64_t predicted, std::int64_t actual) {
  const auto isClass = [&](std::int64_t c) { return c >= 0 && c < static_cast<std::int64_t>(state_->classes); };
  Counts& counts = state_->counts;
  ++counts.rows;
  if (!isClass(predicted)) {
    ++counts.missingPredictions;
  } else if (!isClass(actual)) {
    ++counts.missingOutcomes;
  } else {
    ++counts.cases;
    ++state_->cells[static_cast<std::size_t>(actual) * state_->classes + static_cast<std::size_t>(predicted)];
  }
}

Expected<void> ClassEvaluation::merge(const ClassEvaluation& other) {
  if (classes() != other.classes()) return refused("Evaluations of different classes cannot be merged.");
  const Counts& theirs = other.counts();
  state_->counts.rows += theirs.rows;
  state_->counts.cases += theirs.cases;
  state_->counts.missingPredictions += theirs.missingPredictions;
  state_->counts.missingOutcomes += theirs.missingOutcomes;
  for (std::size_t i = 0; i < state_->cells.size(); ++i) state_->cells[i] += other.state_->cells[i];
  return {};
}

const ClassEvaluation::Counts& ClassEvaluation::counts() const noexcept { return state_->counts; }
std::size_t ClassEvaluation::classes() const noexcept { return state_->classes; }

std::uint64_t ClassEvaluation::cell(std::size_t actual, std::size_t predicted) const noexcept {
  const std::size_t n = classes();
  return actual < n && predicted < n ? state_->cells[actual * n + predicted] : 0;
}

double ClassEvaluation::accuracy() const noexcept {
  std::uint64_t right = 0;
  for (std::size_t c = 0; c < classes(); ++c) right += cell(c, c);
  return ratio(right, counts().cases);
}

double ClassEvaluation::precision(std::size_t c) const noexcept {
  std::uint64_t predicted = 0;
  for (std::size_t actual = 0; actual < classes(); ++actual) predicted += cell(actual, c);
  return ratio(cell(c, c), predicted);
}

double ClassEvaluation::recall(std::size_t c) const noexcept {
  std::uint64_t actual = 0;
  for (std::size_t predicted = 0; predicted < classes(); ++predicted) actual += cell(c, predicted);
  return ratio(cell(c, c), actual);
}

}  // namespace scorelet
