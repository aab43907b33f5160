#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "base/number.hpp"
#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "compile/target_steps.hpp"
#include "program/steps.hpp"

namespace scorelet::compile {

void RescaleStep::run(const program::Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) out[i] = isList ? items(frame, in[i]) : one(in[i]);
}

Value RescaleStep::one(Value x) const {
  if (!isPresent(x)) return isMissing(x) ? defaultValue : x;
  if (min && x < *min) x = *min;
  if (max && x > *max) x = *max;
  x = round(round(x * round(factor)) + round(constant));
  if (cast == CastInteger::round)
    x = roundHalfUp(x);
  else if (cast == CastInteger::ceiling)
    x = std::ceil(x);
  else if (cast == CastInteger::floor)
    x = std::floor(x);
  return checked(x);
}

Value RescaleStep::items(const program::Frame& frame, Value list) const {
  if (!isPresent(list)) return list;
  std::vector<double>& values = frame.buffers.numbers;
  const auto source = frame.lists[list];
  values.assign(source.begin(), source.end());
  for (Value& v : values) v = one(v);
  return frame.lists.add(values);
}

void PriorStep::run(const program::Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value v = frame.at(from)[i];
    const bool isMissed = isMissing(v);
    frame.at(to)[i] = isMissed ? winner : v;
    for (std::size_t c = 0; c < fromProbabilities.size(); ++c)
      frame.at(toProbabilities[c])[i] = isMissed ? priors[c] : frame.at(fromProbabilities[c])[i];
  }
}

void DisplayStep::run(const program::Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value v = frame.at(from.slot)[i];
    frame.at(to)[i] = v;
    if (!isPresent(v)) continue;
    const auto known = values.find(v);
    frame.at(to)[i] = known ? words[*known] : castValue(v, from.type, DataType::string, frame.strings);
  }
}

namespace {

constexpr std::pair<std::string_view, CastInteger> kCasts[] = {
    {"round", CastInteger::round}, {"ceiling", CastInteger::ceiling}, {"floor", CastInteger::floor}};

void rescale(ModelContext& context, ModelResult& result, xml::Element target) {
  Builder& builder = context.scope.builder();
  auto step = std::make_unique<RescaleStep>();
  step->from = result.value.slot;
  step->min = target.number("min");
  step->max = target.number("max");
  step->factor = target.number("rescaleFactor", 1);
  step->constant = target.number("rescaleConstant", 0);
  step->cast = target.word("castInteger", CastInteger::none, kCasts);
  DataType type = step->cast == CastInteger::none ? DataType::float64 : DataType::integer;
  for (xml::Element v : xml::children(target, "TargetValue"))
    if (const auto x = v.number("defaultValue")) {
      step->defaultValue = *x;
      type = builder.widened(type, v.attribute("defaultValue"));  // it is final as it stands
    }
  step->roundsToFloat = context.isFloat;
  step->to = builder.newSlot();
  step->isList = result.value.type == DataType::list;
  result.value = TypedSlot::of(step->to, type, step->isList);
  context.scope.body().push_back(std::move(step));
}

void applyPriors(ModelContext& context, ModelResult& result, xml::Element target) {
  Builder& builder = context.scope.builder();
  std::vector<Value> categories;
  std::vector<double> priors;
  for (xml::Element v : xml::children(target, "TargetValue"))
    if (const auto p = v.number("priorProbability")) {
      categories.push_back(categoryLiteral(context, v.required("value"), v, "value"));
      priors.push_back(*p);
    }
  if (priors.empty()) return;
  auto step = std::make_unique<PriorStep>();
  step->from = result.value.slot;
  step->to = builder.newSlot();
  step->winner = categories[static_cast<std::size_t>(std::max_element(priors.begin(), priors.end()) - priors.begin())];
  if (result.probabilities.empty() && result.categories.empty()) {
    // A model without probabilities of its own has these where it has no answer.
    result.categories = categories;
    result.probabilities.assign(categories.size(), builder.missingOf(DataType::float64).slot);
  }
  std::unordered_map<Value, double> priorOf;
  for (std::size_t c = 0; c < categories.size(); ++c) priorOf.emplace(categories[c], priors[c]);
  for (std::size_t c = 0; c < result.probabilities.size(); ++c) {
    const auto known = priorOf.find(result.categories[c]);
    step->fromProbabilities.push_back(result.probabilities[c]);
    step->toProbabilities.push_back(builder.newSlot());
    step->priors.push_back(known == priorOf.end() ? 0 : known->second);
    result.probabilities[c] = step->toProbabilities.back();
  }
  result.value.slot = step->to;
  context.scope.body().push_back(std::move(step));
}

void showValues(ModelContext& context, ModelResult& result, xml::Element target) {
  Builder& builder = context.scope.builder();
  auto step = std::make_unique<DisplayStep>();
  step->from = result.value;
  const auto add = [&](std::string_view value, std::string_view words, xml::Element at) {
    if (words.empty()) return;
    const Value v = builder.literal(value, result.value.type, at);
    if (step->values.add(v) == step->words.size()) step->words.push_back(builder.symbol(words));
  };
  if (target)
    for (xml::Element v : xml::children(target, "TargetValue"))
      if (v.attribute("value")) add(v.attribute("value", {}), v.attribute("displayValue", {}), v);
  if (const document::DataField* data = builder.dictionary().find(context.targetName))
    for (const ListedValue& v : data->values) add(v.value, v.displayValue, data->at);
  if (step->words.empty()) {
    if (!result.displayValue) result.displayValue = result.value;  // nothing else is said: the value itself
    return;
  }
  step->to = builder.newSlot();
  result.displayValue = {step->to, DataType::string};
  context.scope.body().push_back(std::move(step));
}

}  // namespace

void checkTargets(const ModelContext& context, const ModelResult& result) {
  for (xml::Element t : xml::children(context.model.child("Targets"), "Target")) {
    const std::string_view field = t.attribute("field", {});
    if (field.empty() && !result.otherTargets.empty())
      t.error(Code::missingAttribute, "The model has several targets; this must name the one that it is for.", "field");
    if (!field.empty() && field != context.targetName && !context.targetName.empty() &&
        context.scope.schema().find(field) == nullptr)
      t.error(Code::unresolvedField, "The target \"" + std::string(field) + "\" is not in the MiningSchema.", "field");
  }
}

void compileTargets(ModelContext& context, ModelResult& result) {
  const xml::Element target = document::findTarget(context.model, context.targetName);
  if (target) {
    if (result.opType == OpType::continuous && result.categories.empty() && result.value.type != DataType::string)
      rescale(context, result, target);
    else if (result.value.type != DataType::list)
      applyPriors(context, result, target);
  }
  const bool isWider = result.value.type == DataType::float64 || result.value.type == DataType::integer;
  if (result.categories.empty() && isWider && context.target.value.type == DataType::float32) {
    const TypedSlot rounded{context.scope.builder().newSlot(), DataType::float32};
    context.scope.emit<program::CastStep>(result.value, rounded);
    result.value = rounded;
  }
  if (result.value.type != DataType::list) {
    showValues(context, result, target);
    return;
  }
  if (context.target.value.type == DataType::float32 && result.value.item == DataType::float64)
    result.value = castItemsTo(context.scope, result.value, DataType::float32);
  result.displayValue = result.value;
}

}  // namespace scorelet::compile
