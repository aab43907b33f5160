#include <scorelet/telemetry/window.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "evaluation/figures.hpp"
#include "telemetry/categories.hpp"
#include "telemetry/field_sums.hpp"

namespace scorelet::telemetry {

namespace {

using evaluation::kNaN;
using Kind = FieldBaseline::Kind;

/// What was compared with what: the same for all windows that merge.
struct Compared {
  Watched field;
  std::optional<FieldBaseline> baseline;
  Categories categories;
};

bool areSame(const FieldBaseline& a, const FieldBaseline& b) {
  return a.edges == b.edges && a.values == b.values && a.counts == b.counts && a.minimum == b.minimum &&
         a.maximum == b.maximum;
}

}  // namespace

struct Window::Plan {
  explicit Plan(const Model& m) : model(m) {}
  Model model;
  std::vector<Compared> fields;
};

struct Window::State {
  explicit State(const Plan& plan) : reader(plan.model), sums(plan.fields.size()) {
    for (std::size_t i = 0; i < sums.size(); ++i)
      if (plan.fields[i].baseline) sums[i].bins.resize(plan.fields[i].baseline->counts.size());
  }
  static void addNumbers(const Compared& of, FieldSums& to, std::span<const Value> raw, std::span<const Value> checked);
  void addCategory(const Compared& of, FieldSums& to, Seen seen, const Scorer& scorer, std::size_t row);

  RowReader reader;
  std::uint64_t rows = 0, errors = 0;
  std::vector<FieldSums> sums;
};

Window::Window(const Model& model, const Baseline& baseline) {
  auto plan = std::make_shared<Plan>(model);
  RowReader reader(model);
  for (Watched& field : watchedOf(model)) {
    Compared c;
    if (const FieldBaseline* b = field.isResult ? baseline.result(field.name) : baseline.field(field.name)) {
      // Numbers may be counted one by one, but a text is none.
      if (b->kind == Kind::category || field.kind == Kind::number) c.baseline = *b;
    }
    if (c.baseline) field.kind = c.baseline->kind;
    if (c.baseline && field.kind == Kind::category) c.categories = Categories(field, c.baseline->values, reader);
    c.field = std::move(field);
    plan->fields.push_back(std::move(c));
  }
  plan_ = std::move(plan);
  state_ = std::make_unique<State>(*plan_);
}

Window::Window(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)), state_(std::make_unique<State>(*plan_)) {}
Window::~Window() = default;
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window Window::another() const { return Window(plan_); }

void Window::State::addNumbers(const Compared& of, FieldSums& to, std::span<const Value> raw,
                               std::span<const Value> checked) {
  const FieldBaseline* baseline = of.baseline ? &*of.baseline : nullptr;
  const auto isOutside = [&](double x) {
    return baseline != nullptr &&
           ((baseline->minimum && x < *baseline->minimum) || (baseline->maximum && x > *baseline->maximum));
  };
  double some[program::kChunk];
  std::size_t n = 0;
  for (const Value v : checked) n += isPresent(v) ? 1 : 0;
  if (n < checked.size()) {
    n = 0;
    for (std::size_t i = 0; i < checked.size(); ++i) {
      some[n] = checked[i];
      if (isPresent(checked[i]))
        ++n;
      else if (isMissing(checked[i]))
        ++to.missing;
      else
        ++to.invalid, to.outside += isPresent(raw[i]) && isOutside(raw[i]) ? 1 : 0;
    }
    checked = {some, n};
  }
  if (n == 0) return;
  const auto [low, high] = to.add(checked, baseline != nullptr ? baseline->edges : std::span<const double>());
  if (isOutside(low) || isOutside(high))
    for (const double x : checked) to.outside += isOutside(x) ? 1 : 0;
}

void Window::State::addCategory(const Compared& of, FieldSums& to, Seen seen, const Scorer& scorer, std::size_t row) {
  const auto [x, raw] = seen;
  if (isMissing(x)) {
    ++to.missing;
    return;
  }
  const bool isValid = isPresent(x);
  if (!isValid) ++to.invalid;
  if (!isPresent(raw) || to.bins.empty()) return;
  const auto text = [&] { return reader.text(of.field, raw, scorer, row); };
  const std::size_t bin = of.categories.binOf(raw, text);
  if (bin == of.categories.others() && of.baseline->listsAll()) {
    ++to.novel;
    to.novelValues.add(text());
  }
  if (isValid) ++to.bins[bin];
}

void Window::add(const Batch& batch, const Scorer& scorer) {
  const std::size_t n = std::min(batch.rows, scorer.rows());
  state_->reader.begin();
  for (std::size_t i = 0; i < plan_->fields.size(); ++i) {
    const Compared& of = plan_->fields[i];
    FieldSums& to = state_->sums[i];
    if (of.field.kind == Kind::number)
      state_->reader.readChunks(of.field, batch, scorer, n,
                                [&](std::size_t, auto raw, auto checked) { state_->addNumbers(of, to, raw, checked); });
    else
      state_->reader.read(of.field, batch, scorer, n,
                          [&](std::size_t row, Seen seen) { state_->addCategory(of, to, seen, scorer, row); });
  }
  for (std::size_t row = 0; row < n; ++row) state_->errors += scorer.ok(row) ? 0 : 1;
  state_->rows += n;
}

Expected<void> Window::merge(const Window& other) {
  bool isSame = plan_->fields.size() == other.plan_->fields.size();
  for (std::size_t i = 0; isSame && plan_ != other.plan_ && i < plan_->fields.size(); ++i) {
    const Compared &a = plan_->fields[i], &b = other.plan_->fields[i];
    isSame = a.field.name == b.field.name && a.field.isResult == b.field.isResult && a.field.kind == b.field.kind &&
             a.baseline.has_value() == b.baseline.has_value() && (!a.baseline || areSame(*a.baseline, *b.baseline));
  }
  if (!isSame) {
    Diagnostic d;
    d.code = Code::badArgument;
    d.message = "Windows of other fields or another baseline cannot be merged.";
    return std::unexpected(Diagnostics{std::move(d)});
  }
  state_->rows += other.state_->rows;
  state_->errors += other.state_->errors;
  for (std::size_t i = 0; i < state_->sums.size(); ++i) state_->sums[i].merge(other.state_->sums[i]);
  return {};
}

std::uint64_t Window::rows() const noexcept { return state_->rows; }
std::uint64_t Window::errors() const noexcept { return state_->errors; }
std::size_t Window::fields() const noexcept { return plan_->fields.size(); }

FieldReport Window::field(std::size_t i) const {
  const Compared& of = plan_->fields[i];
  const FieldSums& sums = state_->sums[i];
  const FieldBaseline* baseline = of.baseline ? &*of.baseline : nullptr;
  FieldReport report;
  report.name = of.field.name;
  report.isResult = of.field.isResult;
  report.kind = of.field.kind;
  report.baseline = baseline;
  report.rows = state_->rows;
  report.missing = sums.missing;
  report.invalid = sums.invalid;
  report.outside = sums.outside;
  report.novel = sums.novel;
  const auto n = static_cast<double>(sums.numbers);
  report.mean = n > 0 ? sums.sum.value() / n : kNaN;
  report.minimum = sums.minimum;
  report.maximum = sums.maximum;
  report.bins = sums.bins;
  if (of.field.kind == Kind::number) report.histogram = &sums.histogram;
  report.novelValues = sums.novelValues.values();
  const std::vector<double> found(sums.bins.begin(), sums.bins.end());
  report.drift = compareBins(baseline != nullptr ? baseline->counts : std::vector<double>(), found);
  report.meanShift = kNaN;
  if (baseline != nullptr && baseline->mean && baseline->deviation.value_or(0) > 0)
    report.meanShift = (report.mean - *baseline->mean) / *baseline->deviation;
  return report;
}

}  // namespace scorelet::telemetry
