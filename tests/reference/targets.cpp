// Targets (spec: Targets): limits, rescaling, casts, defaults, priors, display values.
#include <algorithm>
#include <cmath>

#include "models.hpp"

namespace scorelet::reference {

namespace {

Node targetOf(const Model& model) {
  for (Node t : children(child(model.node, "Targets"), "Target")) {
    const std::string field = attributeOr(t, "field", "");
    if (field.empty() || field == model.targetName || model.targetName.empty()) return t;
  }
  return {};
}

Value rescaled(const Model& model, Node target, const Value& value) {
  const std::string castInteger = attributeOr(target, "castInteger", "");
  // Final as it stands, so that a real one makes the target real.
  std::optional<double> defaultValue;
  for (Node v : children(target, "TargetValue"))
    if (const auto x = number(v, "defaultValue")) defaultValue = x;
  const bool isReal = castInteger.empty() || (defaultValue && *defaultValue != std::floor(*defaultValue));
  const DataType type = isReal ? DataType::float64 : DataType::integer;
  if (value.isMissing() && defaultValue) return Value::number(*defaultValue, type);
  if (!value.isPresent()) return value;
  double x = value.asDouble();
  if (const auto min = number(target, "min"); min && x < *min) x = *min;
  if (const auto max = number(target, "max"); max && x > *max) x = *max;
  x = model.round(x * model.round(numberOr(target, "rescaleFactor", 1)));
  x = model.round(x + model.round(numberOr(target, "rescaleConstant", 0)));
  if (castInteger == "round") x = roundHalfUp(x);
  if (castInteger == "ceiling") x = std::ceil(x);
  if (castInteger == "floor") x = std::floor(x);
  return Value::number(x, type);
}

void applyPriors(const Model& model, Node target, Prediction& p) {
  Weighted priors;
  for (Node v : children(target, "TargetValue"))
    if (const auto prior = number(v, "priorProbability"))
      priors.emplace_back(parse(attributeOr(v, "value", ""), model.targetType), Value::number(*prior));
  if (priors.empty() || !p.value.isMissing()) return;
  double most = -1;
  for (const auto& [category, prior] : priors)
    if (prior.asDouble() > most) most = prior.asDouble(), p.value = category;
  if (p.probability.empty() && p.classes.empty()) p.probability = priors;
  for (auto& [category, share] : p.probability) {
    const Value* prior = entryOf(priors, category);
    share = prior != nullptr ? *prior : Value::number(0);
  }
}

Value displayed(const Model& model, Node target, const Value& value) {
  bool anyWords = false;
  const auto wordsIn = [&](Node list, const char* element) -> std::optional<Value> {
    for (Node v : children(list, element)) {
      const std::string words = attributeOr(v, "displayValue", "");
      if (words.empty() || !v.attribute("value")) continue;
      anyWords = true;
      if (equals(value, parse(attributeOr(v, "value", ""), value.type))) return Value::text(words);
    }
    return std::nullopt;
  };
  if (auto words = wordsIn(target, "TargetValue")) return *words;
  if (auto words = wordsIn(model.targetField, "Value")) return *words;
  return anyWords ? cast(value, DataType::string) : value;
}

/// selectAll: answer by answer. Nothing replaces a list that is missing, and classes are left as they are.
void applyToList(const Model& model, Node target, Prediction& p) {
  if (p.value.isList() && !model.isClassification) {
    std::vector<Value> items;
    for (const Value& item : p.value.items()) {
      items.push_back(target ? rescaled(model, target, item) : item);
      if (model.targetType == DataType::float32 && items.back().type == DataType::float64)
        items.back() = cast(items.back(), DataType::float32);
    }
    p.value = Value::list(std::move(items));
  }
  p.displayValue = p.value;
}

}  // namespace

void applyTargets(Model& model, Prediction& p) {
  const Node target = targetOf(model);
  if (p.value.type == DataType::list) return applyToList(model, target, p);
  const bool isContinuous = p.probability.empty() && !model.isClassification && isNumeric(p.value.type);
  if (target) {
    if (isContinuous)
      p.value = rescaled(model, target, p.value);
    else
      applyPriors(model, target, p);
  }
  const bool isWider = p.value.type == DataType::float64 || p.value.type == DataType::integer;
  if (isContinuous && model.targetType == DataType::float32 && isWider) p.value = cast(p.value, DataType::float32);
  p.displayValue = displayed(model, target, p.value);
}

}  // namespace scorelet::reference
