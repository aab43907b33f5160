#include <scorelet/telemetry/window.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"
#include "telemetry/categories.hpp"
#include "telemetry/novel_values.hpp"

namespace scorelet::telemetry {

namespace {

using evaluation::kNaN;

using evaluation::ExactSum;
using Kind = FieldBaseline::Kind;

struct FieldSums {
  std::uint64_t missing = 0, invalid = 0, outside = 0, novel = 0, numbers = 0;
  std::vector<std::uint64_t> bins;
  ExponentialHistogram histogram;
  ExactSum sum;
  double minimum = kNaN, maximum = kNaN;
  NovelValues novelValues;

  void add(double x) {
    ++numbers;
    histogram.add(x);
    sum.add(x);
    widen(x, x);
  }
  void widen(double low, double high) {
    if (!(low >= minimum)) minimum = low == low ? low : minimum;
    if (!(high <= maximum)) maximum = high == high ? high : maximum;
  }
  void merge(const FieldSums& other) {
    missing += other.missing;
    invalid += other.invalid;
    outside += other.outside;
    novel += other.novel;
    numbers += other.numbers;
    for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += other.bins[i];
    histogram.merge(other.histogram);
    sum.merge(other.sum);
    widen(other.minimum, other.maximum);
    novelValues.merge(other.novelValues);
  }
};

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
  void add(const Compared& of, FieldSums& to, Seen seen, const Scorer& scorer, std::size_t row);

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

void Window::State::add(const Compared& of, FieldSums& to, Seen seen, const Scorer& scorer, std::size_t row) {
  const auto [x, raw] = seen;
  const FieldBaseline* baseline = of.baseline ? &*of.baseline : nullptr;
  if (isMissing(x)) {
    ++to.missing;
    return;
  }
  const bool isValid = isPresent(x);
  if (!isValid) ++to.invalid;
  if (!isPresent(raw)) return;
  if (of.field.kind == Kind::number) {
    if (baseline != nullptr &&
        ((baseline->minimum && raw < *baseline->minimum) || (baseline->maximum && raw > *baseline->maximum)))
      ++to.outside;
    if (!isValid) return;
    to.add(x);
    if (to.bins.empty()) return;
    const auto& edges = baseline->edges;
    ++to.bins[static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), x) - edges.begin())];
  } else if (!to.bins.empty()) {
    const auto text = [&] { return reader.text(of.field, raw, scorer, row); };
    const std::size_t bin = of.categories.binOf(raw, text);
    if (bin == of.categories.others() && baseline->listsAll()) {
      ++to.novel;
      to.novelValues.add(text());
    }
    if (isValid) ++to.bins[bin];
  }
}

void Window::add(const Batch& batch, const Scorer& scorer) {
  const std::size_t n = std::min(batch.rows, scorer.rows());
  state_->reader.begin();
  for (std::size_t i = 0; i < plan_->fields.size(); ++i) {
    const Compared& of = plan_->fields[i];
    state_->reader.read(of.field, batch, scorer, n,
                        [&](std::size_t row, Seen seen) { state_->add(of, state_->sums[i], seen, scorer, row); });
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
