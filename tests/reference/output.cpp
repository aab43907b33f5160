// Output (spec: Output): result features in document order; later ones see earlier ones.
#include "expressions.hpp"
#include "models.hpp"

namespace scorelet::reference {

namespace {

Value shareOf(const Prediction& source, const Weighted& shares, Node e) {
  const auto text = attribute(e, "value");
  if (!text && !source.value.isPresent()) return cast(source.value, DataType::float64);
  const Value category = text ? parse(*text, source.value.type) : source.value;
  const Value* share = entryOf(shares, category);
  // A class that the model can never predict has probability 0.
  if (share == nullptr) return text ? Value::number(0) : Value::missing(DataType::float64);
  return *share;
}

Value residual(Model& model, const Prediction& source, Node e) {
  const Value actual = model.scope.actual(attributeOr(e, "targetField", model.targetName));
  if (source.probability.empty()) {
    if (!actual.isPresent() || !source.value.isPresent())
      return source.value.isInvalid() ? source.value : Value::missing(DataType::float64);
    return Value::number(actual.asDouble() - source.value.asDouble());
  }
  // The class asked for, else the predicted one.
  const auto text = attribute(e, "value");
  const Value category = text ? parse(*text, source.value.type) : source.value;
  const Value* share = entryOf(source.probability, category);
  if (share == nullptr) return Value::missing(DataType::float64);
  if (!actual.isPresent() || !share->isPresent())
    return share->isInvalid() ? *share : Value::missing(DataType::float64);
  return Value::number((equals(actual, category) ? 1 : 0) - share->asDouble());
}

Value featureOf(Model& model, const Prediction& source, Node e) {
  const std::string feature = attributeOr(e, "feature", "predictedValue");
  const auto type = dataTypeFromName(e.attribute("dataType").value());
  if (feature == "predictedValue") return source.value;
  if (feature == "predictedDisplayValue") return source.displayValue;
  if (feature == "transformedValue" || feature == "decision") {
    const Node expression = expressionIn(e);
    return expression ? evaluate(Context{model.scope, nullptr, type}, expression) : source.value;
  }
  if (feature == "probability") return shareOf(source, source.probability, e);
  if (feature == "confidence")
    return shareOf(source, source.confidence.empty() ? source.probability : source.confidence, e);
  if (feature == "residual") return residual(model, source, e);
  if (feature == "entityId" || feature == "clusterId") return source.entityId;
  return Value::missing(DataType::string);
}

}  // namespace

void applyOutput(Model& model, Prediction& prediction) {
  std::vector<Node> fields = children(child(model.node, "Output"), "OutputField");
  for (Node e : children(model.node, "ResultField")) fields.push_back(e);  // of embedded models
  for (Node e : fields) {
    const std::string name = attributeOr(e, "name", "");
    const Prediction* source = &prediction;
    if (const auto id = attribute(e, "segmentId"))
      for (const Prediction& segment : prediction.segments)
        if (segment.segmentId == *id) source = &segment;
    if (source != &prediction)
      for (const auto& [inner, value] : source->outputs) model.scope.bind(inner, {value, false, {}});
    for (const Prediction& other : source->otherTargets)
      if (other.targetName == attributeOr(e, "targetField", "")) {
        source = &other;
        break;
      }
    Value value = featureOf(model, *source, e);
    const auto type = dataTypeFromName(e.attribute("dataType").value());
    if (type && (value.isList() || value.type != DataType::list)) value = castItems(value, *type);
    Field field{value, attributeOr(e, "optype", "") == "ordinal", model.scope.session().orderOf(e, value.type)};
    model.scope.bind(name, std::move(field));
    prediction.outputs.emplace_back(name, std::move(value));
  }
}

}  // namespace scorelet::reference
