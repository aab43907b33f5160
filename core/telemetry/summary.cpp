#include <scorelet/telemetry/summary.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <scorelet/records.hpp>

#include "telemetry/bin_labels.hpp"
#include "telemetry/novel_values.hpp"
#include "telemetry/packing.hpp"

namespace scorelet::telemetry {

namespace {

constexpr std::uint64_t kSummaryVersion = 1;
constexpr std::size_t kMostFields = 2'000, kMostBins = 1'000;
constexpr double kWhole = 1 << 20;  // of a prediction

struct FieldState {
  std::string name;
  bool isResult = false;
  std::uint64_t rows = 0, missing = 0, invalid = 0, outside = 0, novel = 0, otherCount = 0;
  std::vector<std::uint64_t> bins;
  ExponentialHistogram numbers;
  NovelValues others;

  void add(const EventValue& value, std::string_view flag, const FieldBaseline* baseline);
  void add(const FieldState& from);
};

/// Where the baseline has the value; nothing if it has no such bin.
std::optional<std::size_t> binOf(const FieldBaseline& baseline, const EventValue& value, std::string_view text) {
  if (baseline.counts.empty()) return std::nullopt;
  if (baseline.kind == FieldBaseline::Kind::category) {
    const auto found = std::ranges::find(baseline.values, text);
    return static_cast<std::size_t>(found - baseline.values.begin());
  }
  if (const auto* x = std::get_if<double>(&value))
    return static_cast<std::size_t>(std::ranges::upper_bound(baseline.edges, *x) - baseline.edges.begin());
  for (std::size_t i = 0; i < baseline.counts.size(); ++i)
    if (binLabel(baseline, i) == text) return i;
  return std::nullopt;
}

void FieldState::add(const EventValue& value, std::string_view flag, const FieldBaseline* baseline) {
  ++rows;
  if (flag == "invalid") {
    ++invalid;
    return;
  }
  const auto* x = std::get_if<double>(&value);
  if (std::holds_alternative<std::monostate>(value) || flag == "missing") {
    ++missing;
    return;
  }
  if (x != nullptr && !std::isfinite(*x)) {
    ++invalid;
    return;
  }
  std::string written;
  if (x != nullptr && (baseline == nullptr || baseline->kind == FieldBaseline::Kind::category))
    appendNumber(written, *x);
  if (const auto* truth = std::get_if<bool>(&value)) written = *truth ? "true" : "false";
  const auto* text = std::get_if<std::string>(&value);
  const std::string_view told = text != nullptr ? std::string_view(*text) : std::string_view(written);
  if (x != nullptr) numbers.add(*x);
  if (baseline != nullptr) {
    if (bins.empty()) bins.resize(baseline->counts.size());
    const auto bin = binOf(*baseline, value, told);
    if (bin && *bin < bins.size()) ++bins[*bin];
    const bool isBeyond = x != nullptr && baseline->kind == FieldBaseline::Kind::number &&
                          (*x < baseline->minimum.value_or(*x) || *x > baseline->maximum.value_or(*x));
    outside += isBeyond || flag == "outside" ? 1 : 0;
    const bool isOther = baseline->kind == FieldBaseline::Kind::category && bin == baseline->values.size();
    novel += flag == "novel" || (isOther && baseline->listsAll()) ? 1 : 0;
    if (bin && !isOther) return;
  } else {
    outside += flag == "outside" ? 1 : 0;
    novel += flag == "novel" ? 1 : 0;
  }
  if (x != nullptr && baseline == nullptr) return;  // the histogram has it
  ++otherCount;
  others.add(told, 1);
}

void FieldState::add(const FieldState& from) {
  rows += from.rows;
  missing += from.missing;
  invalid += from.invalid;
  outside += from.outside;
  novel += from.novel;
  otherCount += from.otherCount;
  if (bins.empty())
    bins = from.bins;
  else if (bins.size() == from.bins.size())
    for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += from.bins[i];
  numbers.merge(from.numbers);
  others.merge(from.others);
}

void save(Packer& to, const ExponentialHistogram& h) {
  to.integer(h.scale());
  to.count(h.zeros());
  for (const auto* side : {&h.positive(), &h.negative()}) {
    to.integer(side->offset);
    to.count(side->counts.size());
    for (const std::uint64_t n : side->counts) to.count(n);
  }
}

std::optional<ExponentialHistogram> readHistogram(Unpacker& from) {
  const auto scale = from.integer();
  const std::uint64_t zeros = from.count();
  ExponentialHistogram::Side sides[2];
  for (auto& side : sides) {
    side.offset = static_cast<std::int32_t>(from.integer());
    side.counts.resize(from.size());
    for (std::uint64_t& n : side.counts) n = from.count();
  }
  return ExponentialHistogram::restored(static_cast<int>(scale), zeros, std::move(sides[0]), std::move(sides[1]));
}

}  // namespace

struct EventSummary::State {
  std::uint64_t events = 0, errors = 0, parts = 0;  // parts: of predictions, in kWhole
  ExponentialHistogram seconds;
  std::vector<FieldState> fields;  // by (isResult, name)

  /// The field of that name; `hint` is where it is if events look alike.
  FieldState* find(std::string_view name, bool isResult, std::size_t hint) {
    if (hint < fields.size() && fields[hint].name == name && fields[hint].isResult == isResult) return &fields[hint];
    const auto place = std::ranges::lower_bound(fields, std::pair(isResult, name), {}, [](const FieldState& f) {
      return std::pair(f.isResult, std::string_view(f.name));
    });
    if (place != fields.end() && place->name == name && place->isResult == isResult) return &*place;
    if (fields.size() == kMostFields) return nullptr;
    FieldState added;
    added.name = name;
    added.isResult = isResult;
    return &*fields.insert(place, std::move(added));
  }
};

EventSummary::EventSummary() : state_(std::make_unique<State>()) {}
EventSummary::~EventSummary() = default;
EventSummary::EventSummary(const EventSummary& other) : state_(std::make_unique<State>(*other.state_)) {}
EventSummary& EventSummary::operator=(const EventSummary& other) {
  *state_ = State(*other.state_);
  return *this;
}
EventSummary::EventSummary(EventSummary&&) noexcept = default;
EventSummary& EventSummary::operator=(EventSummary&&) noexcept = default;

void EventSummary::add(const PredictionEvent& event, const Baseline* baseline) {
  State& s = *state_;
  ++s.events;
  s.errors += event.errorType.empty() ? 0 : 1;
  s.parts += static_cast<std::uint64_t>(std::nearbyint(kWhole / std::clamp(event.samplingShare, 1e-9, 1.0)));
  if (event.seconds >= 0 && std::isfinite(event.seconds)) s.seconds.add(event.seconds);
  for (const bool isResult : {false, true}) {
    const auto& values = isResult ? event.outputs : event.inputs;
    for (const auto& [name, value] : values) {
      FieldState* field = s.find(name, isResult, s.fields.size());
      if (field == nullptr) continue;
      std::string_view flag;
      if (!isResult)
        for (const auto& [of, what] : event.flags)
          if (of == name) flag = what;
      const FieldBaseline* known = nullptr;
      if (baseline != nullptr) known = isResult ? baseline->result(name) : baseline->field(name);
      field->add(value, flag, known);
    }
  }
}

void EventSummary::merge(const EventSummary& other) {
  State& s = *state_;
  s.events += other.state_->events;
  s.errors += other.state_->errors;
  s.parts += other.state_->parts;
  s.seconds.merge(other.state_->seconds);
  for (std::size_t i = 0; i < other.state_->fields.size(); ++i) {
    const FieldState& from = other.state_->fields[i];
    if (FieldState* field = s.find(from.name, from.isResult, i)) field->add(from);
  }
}

std::uint64_t EventSummary::events() const noexcept { return state_->events; }
std::uint64_t EventSummary::errors() const noexcept { return state_->errors; }
double EventSummary::predictions() const noexcept { return static_cast<double>(state_->parts) / kWhole; }
const ExponentialHistogram& EventSummary::seconds() const noexcept { return state_->seconds; }
std::size_t EventSummary::fields() const noexcept { return state_->fields.size(); }

FieldSummary EventSummary::field(std::size_t i) const {
  const FieldState& f = state_->fields[i];
  return {f.name,  f.isResult, f.rows,     f.missing,         f.invalid,   f.outside,
          f.novel, f.bins,     &f.numbers, f.others.values(), f.otherCount};
}

std::optional<FieldSummary> EventSummary::field(std::string_view name, bool isResult) const {
  for (std::size_t i = 0; i < state_->fields.size(); ++i)
    if (state_->fields[i].name == name && state_->fields[i].isResult == isResult) return field(i);
  return std::nullopt;
}

void EventSummary::save(std::string& out) const {
  Packer to(out);
  to.count(kSummaryVersion);
  for (const std::uint64_t n : {state_->events, state_->errors, state_->parts}) to.count(n);
  telemetry::save(to, state_->seconds);
  to.count(state_->fields.size());
  for (const FieldState& f : state_->fields) {
    to.text(f.name);
    for (const std::uint64_t n :
         {std::uint64_t{f.isResult}, f.rows, f.missing, f.invalid, f.outside, f.novel, f.otherCount})
      to.count(n);
    to.count(f.bins.size());
    for (const std::uint64_t n : f.bins) to.count(n);
    telemetry::save(to, f.numbers);
    to.count(f.others.values().size());
    for (const NovelValue& v : f.others.values()) to.text(v.value), to.count(v.count);
  }
}

std::optional<EventSummary> EventSummary::read(std::string_view bytes) {
  Unpacker from(bytes);
  EventSummary out;
  State& s = *out.state_;
  if (from.count() != kSummaryVersion) return std::nullopt;
  for (std::uint64_t* n : {&s.events, &s.errors, &s.parts}) *n = from.count();
  auto seconds = readHistogram(from);
  if (!seconds) return std::nullopt;
  s.seconds = std::move(*seconds);
  s.fields.resize(std::min(from.size(), kMostFields));
  for (FieldState& f : s.fields) {
    f.name = from.text();
    f.isResult = from.count() != 0;
    for (std::uint64_t* n : {&f.rows, &f.missing, &f.invalid, &f.outside, &f.novel, &f.otherCount}) *n = from.count();
    f.bins.resize(std::min(from.size(), kMostBins));
    for (std::uint64_t& n : f.bins) n = from.count();
    auto numbers = readHistogram(from);
    if (!numbers) return std::nullopt;
    f.numbers = std::move(*numbers);
    for (std::size_t left = from.size(); left > 0; --left) {
      const std::string_view value = from.text();
      f.others.add(value, from.count());
    }
  }
  if (!from.isWhole()) return std::nullopt;
  return out;
}

BinComparison compare(const FieldBaseline* baseline, const FieldSummary& field) {
  if (baseline == nullptr || baseline->counts.size() != field.bins.size()) return compareBins({}, {});
  const std::vector<double> counts(field.bins.begin(), field.bins.end());
  return compareBins(baseline->counts, counts);
}

std::vector<std::string> binLabels(const FieldBaseline& baseline) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < baseline.counts.size(); ++i) out.push_back(binLabel(baseline, i));
  return out;
}

}  // namespace scorelet::telemetry
