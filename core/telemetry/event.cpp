#include <scorelet/telemetry/event.hpp>

#include <algorithm>
#include <cmath>

#include "base/hexadecimal.hpp"
#include "telemetry/bin_labels.hpp"
#include "telemetry/categories.hpp"

namespace scorelet::telemetry {

namespace {

/// A field with what is known and what may be told of it.
struct Told {
  Watched field;
  FieldPolicy policy = FieldPolicy::omitted;
  const FieldBaseline* baseline = nullptr;
};

std::string rangeOf(const FieldBaseline& baseline, double x) {
  const auto& edges = baseline.edges;
  return binLabel(baseline, static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), x) - edges.begin()));
}

std::string hexadecimalOf(std::uint64_t x) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kHexDigits[x >> shift & 15];
  return out;
}

}  // namespace

FieldPolicy Privacy::of(std::string_view field, bool isResult) const noexcept {
  for (const auto& [name, policy] : fields)
    if (name == field) return policy;
  return isResult ? results : inputs;
}

struct EventMaker::State {
  State(const Model& model, const Baseline& b, ModelIdentity i, Privacy p)
      : reader(model), baseline(b), identity(std::move(i)), privacy(std::move(p)) {
    for (Watched& field : watchedOf(model)) {
      const FieldBaseline* known = field.isResult ? baseline.result(field.name) : baseline.field(field.name);
      const FieldPolicy policy = privacy.of(field.name, field.isResult);
      told.push_back({std::move(field), policy, known});
    }
  }
  void input(const Told& of, std::size_t row);
  void tell(const Told& of, std::size_t row, Value v, bool isPresentValue);
  [[nodiscard]] EventValue valueOf(const Told& of, std::size_t row, Value v);
  [[nodiscard]] EventValue binOf(const Told& of, std::size_t row, Value v);

  RowReader reader;
  Baseline baseline;
  ModelIdentity identity;
  Privacy privacy;
  std::vector<Told> told;
  const Batch* batch = nullptr;
  const Scorer* scorer = nullptr;
  PredictionEvent event;
};

EventValue EventMaker::State::valueOf(const Told& of, std::size_t row, Value v) {
  if (of.field.type == DataType::boolean) return v != 0;
  if (isNumeric(of.field.type)) return v;
  return std::string(reader.text(of.field, v, *scorer, row));
}

EventValue EventMaker::State::binOf(const Told& of, std::size_t row, Value v) {
  if (of.baseline == nullptr) return {};
  if (of.baseline->kind == FieldBaseline::Kind::number) {
    std::string range = isNumeric(of.field.type) ? rangeOf(*of.baseline, v) : std::string();
    return range.empty() ? EventValue() : EventValue(std::move(range));
  }
  const std::string_view text = reader.text(of.field, v, *scorer, row);
  return std::string(std::ranges::find(of.baseline->values, text) == of.baseline->values.end() ? kOtherCategories
                                                                                               : text);
}

/// Only here do values go into an event.
void EventMaker::State::tell(const Told& of, std::size_t row, Value v, bool isPresentValue) {
  EventValue told;
  if (isPresentValue) switch (of.policy) {
      case FieldPolicy::omitted: break;
      case FieldPolicy::binned: told = binOf(of, row, v); break;
      case FieldPolicy::hashed:
        told = hexadecimalOf(sipHash(privacy.salt, reader.text(of.field, v, *scorer, row)));
        break;
      case FieldPolicy::full: told = valueOf(of, row, v); break;
    }
  const bool isKnown = of.policy != FieldPolicy::binned || of.baseline != nullptr;
  if (of.policy != FieldPolicy::omitted && isKnown)
    (of.field.isResult ? event.outputs : event.inputs).emplace_back(of.field.name, std::move(told));
}

void EventMaker::State::input(const Told& of, std::size_t row) {
  const auto [checked, raw] = reader.read(of.field, *batch, *scorer, row);
  const char* flag = nullptr;
  if (isMissing(checked)) {
    ++event.missing;
    flag = "missing";
  } else if (isInvalid(checked)) {
    ++event.invalid;
    flag = "invalid";
  } else if (of.baseline != nullptr && of.baseline->kind == FieldBaseline::Kind::number && isNumeric(of.field.type)) {
    if (checked < of.baseline->minimum.value_or(checked) || checked > of.baseline->maximum.value_or(checked)) {
      ++event.outside;
      flag = "outside";
    }
  } else if (of.baseline != nullptr && of.baseline->listsAll()) {
    const std::string_view text = reader.text(of.field, raw, *scorer, row);
    if (std::ranges::find(of.baseline->values, text) == of.baseline->values.end()) {
      ++event.novel;
      flag = "novel";
    }
  }
  if (flag != nullptr && of.policy != FieldPolicy::omitted) event.flags.emplace_back(of.field.name, flag);
  tell(of, row, raw, isPresent(raw) && !isMissing(checked));
}

EventMaker::EventMaker(const Model& model, const Baseline& baseline, ModelIdentity identity, Privacy privacy)
    : state_(std::make_unique<State>(model, baseline, std::move(identity), std::move(privacy))) {}
EventMaker::~EventMaker() = default;
EventMaker::EventMaker(EventMaker&&) noexcept = default;
EventMaker& EventMaker::operator=(EventMaker&&) noexcept = default;

void EventMaker::begin(const Batch& batch, const Scorer& scorer) {
  state_->batch = &batch;
  state_->scorer = &scorer;
  state_->reader.begin();
}

PredictionEvent& EventMaker::event(std::size_t row) {
  State& s = *state_;
  s.event = {};
  s.event.model = s.identity;
  for (const Told& of : s.told) {
    if (of.field.isResult) {
      const Value v = s.scorer->column(of.field.column)[row];
      s.tell(of, row, v, isPresent(v));
    } else {
      s.input(of, row);
    }
  }
  if (!s.scorer->ok(row)) {
    const Diagnostics why = s.scorer->diagnostics(row);
    if (!why.empty()) {
      s.event.errorType = codeName(why.front().code);
      s.event.errorField = why.front().field;
    }
  }
  return s.event;
}

}  // namespace scorelet::telemetry
