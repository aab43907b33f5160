#include <scorelet/what_if.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/number.hpp"
#include "base/sort.hpp"
#include "explain/asker.hpp"
#include "explain/refusal.hpp"

namespace scorelet {

using explain::Asker;
using explain::Domain;
using explain::Mixtures;
using explain::refuse;
using explain::Table;
using explain::Target;
using program::Wiring;

struct WhatIf::State {
  State(Model m, const Wiring& wiring, Target target, const Batch& batch)
      : model(std::move(m)), background(batch, model.inputs().size()), asker(model.program(), target) {
    for (std::uint32_t i = 0; i < model.inputs().size(); ++i) {
      const InputField& field = model.inputs()[i];
      domains.push_back(field.isUsed ? domainOf(field, i, background) : std::nullopt);
      trained.push_back(domains.back() ? std::optional(trainedPart(*domains.back(), field)) : std::nullopt);
      cuts.push_back(field.isUsed ? wiring.cutsOf(i) : std::vector<double>{});
    }
    if (batch.rows == 0) return;
    std::vector<Value> values;
    asker.probe().evaluate(batch, values);
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const Value v : values)
      if (isPresent(v)) least = std::min(least, v), most = std::max(most, v);
    if (most > least) range = most - least;
  }

  [[nodiscard]] Expected<const Domain*> domain(std::uint32_t input) const {
    if (input >= domains.size()) return refuse("The model has no such input field.");
    if (domains[input]) return &*domains[input];
    const std::string& name = model.inputs()[input].name;
    return refuse("Which values \"" + name +
                      "\" may take is not known: the document declares none and no background record has one, or the "
                      "field holds a list, or no result depends on it.",
                  name);
  }

  std::unique_ptr<Wiring> wiring;  ///< holds what a margin is the sum of
  Model model;
  Table background;
  Asker asker;
  std::vector<std::optional<Domain>> domains;
  std::vector<std::optional<Domain>> trained;  ///< the part of each that the training data had
  std::vector<std::vector<double>> cuts;
  double range = 0;  ///< of the quantity over the background
};

Expected<WhatIf> WhatIf::create(Model model, const Batch& background, const Quantity& quantity) {
  if (model.isStateful())
    return refuse(
        "The model's answers depend on earlier records (Lag, baselines), so one record does not decide them.");
  auto wiring = std::make_unique<Wiring>(Wiring::of(model.program()));
  const auto target = explain::findTarget(model.program(), *wiring, quantity);
  if (!target) return std::unexpected(target.error());
  auto state = std::make_unique<State>(std::move(model), *wiring, *target, background);
  state->wiring = std::move(wiring);
  return WhatIf(std::move(state));
}

WhatIf::WhatIf(std::unique_ptr<State> state) : state_(std::move(state)) {}
WhatIf::~WhatIf() = default;
WhatIf::WhatIf(WhatIf&&) noexcept = default;
WhatIf& WhatIf::operator=(WhatIf&&) noexcept = default;
const Model& WhatIf::model() const noexcept { return state_->model; }

double WhatIf::quantity(const Batch& record) {
  state_->asker.setRecord(record);
  return state_->asker.ask({});
}

namespace {

std::vector<ResultValue> gridOver(const Domain& shown, std::size_t points) {
  std::vector<ResultValue> out;
  if (!shown.isNumber) {
    for (const std::string& c : shown.categories) out.push_back(explain::valueOf(c));
    return out;
  }
  points = std::max<std::size_t>(points, 2);
  if (shown.isInteger && shown.high - shown.low >= static_cast<double>(points)) {
    // Whole numbers, evenly chosen.
    double last = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < points; ++i) {
      const double x =
          roundHalfUp(shown.low + (shown.high - shown.low) * static_cast<double>(i) / static_cast<double>(points - 1));
      if (x != last) out.push_back(explain::valueOf(last = x));
    }
    return out;
  }
  for (const double x : explain::pointsOf(shown, {}, points)) out.push_back(explain::valueOf(x));
  return out;
}

}  // namespace

Expected<std::vector<ResultValue>> WhatIf::grid(std::uint32_t input, std::size_t points) const {
  const auto domain = state_->domain(input);
  if (!domain) return std::unexpected(domain.error());
  return gridOver(**domain, points);
}

Curve WhatIf::curve(const Batch& record, std::uint32_t input, std::span<const ResultValue> values) {
  Asker& asker = state_->asker;
  asker.setRecord(record);
  asker.clear();
  for (const ResultValue& v : values) {
    const Asker::Replaced replaced{input, explain::cellOf(v)};
    asker.add({&replaced, 1});
  }
  Curve out;
  out.values.assign(values.begin(), values.end());
  if (!values.empty()) out.quantity = asker.answers();
  return out;
}

Curve WhatIf::partialDependence(std::uint32_t input, std::span<const ResultValue> values) {
  Curve out;
  out.values.assign(values.begin(), values.end());
  const Table& background = state_->background;
  Mixtures mixtures(state_->model.inputs().size());
  std::vector<Value> answers;
  for (const ResultValue& v : values) {
    mixtures.clear();
    for (std::size_t row = 0; row < background.rows(); ++row) {
      mixtures.add(background.row(row));
      mixtures.set(input, explain::cellOf(v));
    }
    state_->asker.probe().evaluate(mixtures.batch(), answers);
    double sum = 0;
    for (const Value y : answers) sum += y;
    out.quantity.push_back(sum / static_cast<double>(answers.size()));
  }
  return out;
}

std::vector<Sensitivity> WhatIf::tornado(const Batch& record, std::size_t points) {
  constexpr std::size_t kMostCuts = 256;
  std::vector<Sensitivity> out;
  for (std::uint32_t input = 0; input < state_->trained.size(); ++input) {
    if (!state_->trained[input]) continue;
    const Domain& domain = *state_->trained[input];
    auto values = gridOver(domain, points);
    // The extremes of a step function lie between its cuts, not on an even grid.
    if (domain.isNumber && !domain.isInteger && state_->cuts[input].size() <= kMostCuts)
      for (const double x : explain::pointsOf(domain, state_->cuts[input], 2)) values.push_back(explain::valueOf(x));
    const Curve along = curve(record, input, values);
    Sensitivity s{input, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), {}, {}};
    for (std::size_t i = 0; i < along.quantity.size(); ++i) {
      const Value y = along.quantity[i];
      if (!isPresent(y)) continue;
      if (y < s.low) s.low = y, s.atLow = along.values[i];
      if (y > s.high) s.high = y, s.atHigh = along.values[i];
    }
    if (s.low <= s.high) out.push_back(std::move(s));
  }
  sort(out, [](const Sensitivity& a, const Sensitivity& b) {
    const double x = a.high - a.low, y = b.high - b.low;
    return x != y ? x > y : a.input < b.input;
  });
  return out;
}

Expected<Goal> WhatIf::goalSeek(const Batch& record, const GoalOptions& options) {
  std::optional<Domain> own;
  if (options.input < state_->domains.size()) own = state_->domains[options.input];
  if (!own && options.low && options.high) own.emplace().isNumber = true;
  if (!own) return std::unexpected(state_->domain(options.input).error());
  if (options.low) own->low = *options.low;
  if (options.high) own->high = *options.high;
  if (own->isNumber && !(own->low <= own->high)) return refuse("The least value to try lies above the greatest.");
  state_->asker.setRecord(record);
  return explain::seekGoal(state_->asker, *own, state_->cuts[options.input], options);
}

Expected<std::vector<Counterfactual>> WhatIf::counterfactuals(const Batch& record,
                                                              const CounterfactualOptions& options) {
  std::vector<explain::FreeField> fields;
  for (std::uint32_t input = 0; input < state_->domains.size(); ++input) {
    if (!state_->domains[input]) continue;
    const Domain& domain = *state_->domains[input];
    explain::FreeField field{{}, *state_->trained[input], state_->cuts[input]};
    field.freedom.input = input;
    for (const FieldFreedom& f : options.fields)
      if (f.input == input) field.freedom = f;
    if (field.freedom.isFrozen) continue;
    // Who names a bound may go beyond the training data, though not beyond what the field declares.
    if (field.freedom.low) field.domain.low = std::max(domain.low, *field.freedom.low);
    if (field.freedom.high) field.domain.high = std::min(domain.high, *field.freedom.high);
    fields.push_back(std::move(field));
  }
  if (fields.empty()) return refuse("No field may change: each is frozen, or its domain is not known.");
  state_->asker.setRecord(record);
  const double tolerance =
      options.relation == Relation::equals ? 1e-3 * (state_->range > 0 ? state_->range : std::fabs(options.target)) : 0;
  return explain::findCounterfactuals(state_->asker, fields, options, tolerance);
}

}  // namespace scorelet
