#include <scorelet/telemetry/window.hpp>

#include <algorithm>
#include <array>
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
  Edges edges;

  [[nodiscard]] bool isOutside(double x) const noexcept {
    return baseline && ((baseline->minimum && x < *baseline->minimum) || (baseline->maximum && x > *baseline->maximum));
  }
};

/// Where the value of a field of numbers comes from, for records: few bytes, one field after the other.
struct Source {
  enum class Kind : std::uint8_t { plain, plainFloat, result, other } kind = Kind::other;
  std::uint32_t column = 0;  ///< as in `Watched`
  std::size_t field = 0;     ///< of the window
};

Source sourceOf(const Watched& field, std::size_t i) {
  const bool isFloat = field.type == DataType::float32, isPlain = isFloat || field.type == DataType::float64;
  Source out{Source::Kind::other, static_cast<std::uint32_t>(field.column), i};
  if (field.isResult)
    out.kind = Source::Kind::result;
  else if (isPlain && field.domain->passesAll())
    out.kind = isFloat ? Source::Kind::plainFloat : Source::Kind::plain;
  return out;
}

bool areSame(const FieldBaseline& a, const FieldBaseline& b) {
  return a.edges == b.edges && a.values == b.values && a.counts == b.counts && a.minimum == b.minimum &&
         a.maximum == b.maximum;
}

/// A column that is read as it is; null if it is not.
const double* rawNumbers(const Source& from, std::span<const Column> columns) {
  if (from.kind > Source::Kind::plainFloat || from.column >= columns.size()) return nullptr;
  const Column& column = columns[from.column];
  return column.kind == Column::Kind::numbers && column.validity == nullptr ? column.numbers : nullptr;
}

}  // namespace

struct Window::Plan {
  explicit Plan(const Model& m) : model(m) {}
  Model model;
  std::vector<Compared> fields;
  std::vector<Source> numbers;          ///< those of them that hold numbers
  std::vector<std::size_t> categories;  ///< the others
  const counting::Kernel& kernel = counting::fastest();
};

/// Rows of small batches wait until there are so many.
constexpr std::size_t kWaiting = program::kChunk;

/// They wait one after the other, each field's number in its place. What is no number is told apart by its kind of NaN.
struct Window::State {
  explicit State(const Plan& of)
      : plan(of), reader(of.model), sums(of.fields.size()), waiting(of.numbers.size() * kWaiting) {
    for (std::size_t i = 0; i < sums.size(); ++i)
      if (plan.fields[i].baseline) sums[i].bins.resize(plan.fields[i].baseline->counts.size());
    for (const Source& source : plan.numbers) sums[source.field].recent = std::make_unique<RecentBuckets>();
  }
  void addColumn(const Source& from, const Batch& batch, const Scorer& scorer, std::size_t rows);
  void addNumbers(const Source& from, std::span<const Value> lanes, bool isRaw);
  [[nodiscard]] bool addBlock(const Source& from, std::span<const Value> lanes, bool isRaw);
  [[nodiscard]] Value checkedOf(const Source& from, Value v, bool isRaw);
  void countOutside(const Source& from, Seen seen);
  void addRecords(const Batch& batch, const Scorer& scorer, std::size_t rows);
  [[nodiscard]] Value read(const Source& from, const Batch& batch, const Scorer& scorer, std::size_t row);
  void addCategory(const Compared& of, FieldSums& to, Seen seen, const Scorer& scorer, std::size_t row);
  void fold();

  const Plan& plan;  // of the window that has this, and outlives it
  RowReader reader;
  std::uint64_t rows = 0, errors = 0;
  std::vector<FieldSums> sums;
  std::vector<Value> waiting;
  std::size_t waitingRows = 0;

 private:
  void foldWaiting();
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
    if (c.baseline && field.kind == Kind::number && !c.baseline->counts.empty()) c.edges = Edges(c.baseline->edges);
    if (field.kind == Kind::number)
      plan->numbers.push_back(sourceOf(field, plan->fields.size()));
    else
      plan->categories.push_back(plan->fields.size());
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

/// False if some are infinite: nothing has been counted. Raw ones are as the caller gave them to a field without rules.
bool Window::State::addBlock(const Source& from, std::span<const Value> lanes, bool isRaw) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const Compared& of = plan.fields[from.field];
  FieldSums& to = sums[from.field];
  const bool isRounded = from.kind == Source::Kind::plainFloat;
  using Floats = NumberBlock::Floats;
  const NumberBlock block(plan.kernel, lanes, isRounded ? Floats::round : to.areFloats ? Floats::look : Floats::no);
  const auto& [present, zeros, low, high, leastAbove, mostBelow] = block.extent();
  if (present > 0 && (low == -kInfinity || high == kInfinity)) return false;
  to.areFloats = block.isFloats();
  const auto invalid = present < lanes.size() && !isRaw ? std::ranges::count_if(lanes, isInvalid) : 0;
  to.invalid += static_cast<std::uint64_t>(invalid);
  to.missing += lanes.size() - present - static_cast<std::uint64_t>(invalid);
  to.add(block, of.edges);
  if (present == 0 || (!of.isOutside(low) && !of.isOutside(high))) return true;
  std::array<double, counting::kBlock> room;
  to.outside +=
      static_cast<std::uint64_t>(std::ranges::count_if(block.present(room), [&](double x) { return of.isOutside(x); }));
  return true;
}

void Window::State::addNumbers(const Source& from, std::span<const Value> lanes, bool isRaw) {
  for (; !lanes.empty(); lanes = lanes.subspan(std::min(lanes.size(), counting::kBlock))) {
    const std::span<const Value> some = lanes.first(std::min(lanes.size(), counting::kBlock));
    if (addBlock(from, some, isRaw)) continue;
    std::array<Value, counting::kBlock> finite;
    std::ranges::transform(some, finite.begin(), [&](Value v) { return checkedOf(from, v, isRaw); });
    (void)addBlock(from, std::span(finite).first(some.size()), false);
  }
}

/// A number of a field without rules, or what the model or a rule made of one: finite, missing or invalid.
Value Window::State::checkedOf(const Source& from, Value v, bool isRaw) {
  if (isRaw && !isPresent(v)) return missing();
  if (from.kind == Source::Kind::plainFloat) v = toFloat(v);
  if (!std::isinf(v)) return v;
  sums[from.field].outside += plan.fields[from.field].isOutside(v) ? 1 : 0;
  return invalid(Reason::notInDomain);  // it has no place in a mean
}

void Window::State::addColumn(const Source& from, const Batch& batch, const Scorer& scorer, std::size_t rows) {
  if (from.kind == Source::Kind::result) return addNumbers(from, scorer.column(from.column).first(rows), false);
  if (const double* numbers = rawNumbers(from, batch.columns)) return addNumbers(from, {numbers, rows}, true);
  const Compared& of = plan.fields[from.field];
  reader.readChunks(of.field, batch, scorer, rows, [&](std::size_t, auto raw, auto checked) {
    for (std::size_t i = 0; i < raw.size(); ++i)
      if (!isPresent(checked[i])) countOutside(from, {checked[i], raw[i]});
    addNumbers(from, checked, false);
  });
}

/// What is invalid may be outside, too.
void Window::State::countOutside(const Source& from, Seen seen) {
  if (isInvalid(seen.checked) && isPresent(seen.raw) && plan.fields[from.field].isOutside(seen.raw))
    ++sums[from.field].outside;
}

void Window::State::addRecords(const Batch& batch, const Scorer& scorer, std::size_t count) {
  // Views of its own: a compiler cannot know that writing a number changes neither of the two lists.
  const std::span<const Source> sources(plan.numbers);
  const std::span<const Column> columns(batch.columns);
  for (std::size_t row = 0; row < count; ++row) {
    Value* next = &waiting[waitingRows * sources.size()];
    for (const Source& source : sources) {
      if (const double* numbers = rawNumbers(source, columns))
        *next++ = isPresent(numbers[row]) ? numbers[row] : missing();
      else
        *next++ = read(source, batch, scorer, row);
    }
    if (++waitingRows == kWaiting) foldWaiting();
  }
}

Value Window::State::read(const Source& from, const Batch& batch, const Scorer& scorer, std::size_t row) {
  if (from.kind == Source::Kind::result) return scorer.column(from.column)[row];
  const Seen seen = reader.read(plan.fields[from.field].field, batch, scorer, row);
  countOutside(from, seen);
  return seen.checked;
}

void Window::State::foldWaiting() {
  if (waitingRows == 0) return;
  std::array<Value, kWaiting> lanes;
  for (std::size_t k = 0; k < plan.numbers.size(); ++k) {
    for (std::size_t row = 0; row < waitingRows; ++row) lanes[row] = waiting[row * plan.numbers.size() + k];
    addNumbers(plan.numbers[k], std::span(lanes).first(waitingRows), false);
  }
  waitingRows = 0;
}

void Window::State::fold() {
  foldWaiting();
  for (FieldSums& field : sums) field.fold();
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
  State& state = *state_;
  state.reader.begin();
  if (n < kWaiting && !plan_->numbers.empty())
    state.addRecords(batch, scorer, n);
  else
    for (const Source& source : plan_->numbers) state.addColumn(source, batch, scorer, n);
  for (const std::size_t i : plan_->categories) {
    const Compared& of = plan_->fields[i];
    const auto add = [&](std::size_t row, Seen seen) { state.addCategory(of, state.sums[i], seen, scorer, row); };
    if (!of.field.isResult) {
      state.reader.read(of.field, batch, scorer, n, add);
      continue;
    }
    const std::span<const Value> lanes = scorer.column(of.field.column);
    for (std::size_t row = 0; row < n; ++row)
      add(row, {std::isinf(lanes[row]) ? invalid(Reason::notInDomain) : lanes[row], lanes[row]});
  }
  for (std::size_t row = 0; row < n; ++row) state.errors += scorer.ok(row) ? 0 : 1;
  state.rows += n;
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
  state_->fold();
  other.state_->fold();
  state_->rows += other.state_->rows;
  state_->errors += other.state_->errors;
  for (std::size_t i = 0; i < state_->sums.size(); ++i) state_->sums[i].merge(other.state_->sums[i]);
  return {};
}

std::uint64_t Window::rows() const noexcept { return state_->rows; }
std::uint64_t Window::errors() const noexcept { return state_->errors; }
std::size_t Window::fields() const noexcept { return plan_->fields.size(); }

FieldReport Window::field(std::size_t i) const {
  state_->fold();
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
