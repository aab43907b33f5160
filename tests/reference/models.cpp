#include "models.hpp"

namespace scorelet::reference {

bool isModel(Node node) {
  const std::string_view name = localName(node);
  return name == "RegressionModel" || name == "TreeModel" || name == "MiningModel";
}

const Value* entryOf(const Weighted& weighted, const Value& category) {
  for (const auto& [c, v] : weighted)
    if (equals(c, category)) return &v;
  return nullptr;
}

void spread(Prediction& p, const Value& value) {
  p.value = cast(value, p.value.type);
  p.displayValue = cast(value, p.displayValue.type);
  p.entityId = cast(value, DataType::string);
  for (Weighted* w : {&p.probability, &p.confidence})
    for (auto& [category, share] : *w) share = cast(value, DataType::float64);
  for (auto* outputs : {&p.outputs, &p.innerOutputs, &p.otherTargets})
    for (auto& [name, output] : *outputs) output = cast(value, output.type);
  for (Prediction& segment : p.segments) spread(segment, value);
}

void setTarget(Session& session, Model& model, Node miningField) {
  model.targetName = attributeOr(miningField, "name", "");
  model.targetType = DataType::string;
  model.targetField = {};
  model.targetValues.clear();
  if (const auto data = session.dataFields.find(model.targetName); data != session.dataFields.end()) {
    model.targetField = data->second;
    model.targetType = dataTypeOf(data->second, DataType::string);
    if (const auto order = session.orderOf(data->second, model.targetType)) model.targetValues = *order;
    model.targetIsOrdinal = attributeOr(data->second, "optype", "") == "ordinal";
  }
  if (const auto opType = attribute(miningField, "optype")) model.targetIsOrdinal = *opType == "ordinal";
}

Prediction scoreModel(Session& session, Scope* outer, Node node) {
  Scope scope(session, outer, node);
  Model model{scope, node};
  model.isClassification = attributeOr(node, "functionName", "") == "classification";
  model.targetType = model.isClassification ? DataType::string : DataType::float64;
  std::vector<Node> targets;
  for (Node f : children(child(node, "MiningSchema"), "MiningField"))
    if (const std::string usage = attributeOr(f, "usageType", "active"); usage == "target" || usage == "predicted")
      targets.push_back(f);
  if (!targets.empty()) setTarget(session, model, targets[0]);

  const std::string_view name = localName(node);
  Prediction prediction = name == "TreeModel"         ? scoreTree(model)
                          : name == "RegressionModel" ? scoreRegression(model)
                                                      : scoreMining(model);
  // A chain predicts what its last segment predicts, among the targets that its schema lists.
  for (Node f : targets)
    if (attributeOr(f, "name", "") == prediction.targetName) setTarget(session, model, f);
  prediction.targetName = model.targetName;
  applyTargets(model, prediction);
  for (const auto& [other, value] : prediction.otherTargets) scope.bind(other, {value, false, nullptr});
  if (!model.targetName.empty()) {
    Field predicted{prediction.value, model.targetIsOrdinal, nullptr};
    if (model.targetField) predicted.order = session.orderOf(model.targetField, model.targetType);
    scope.bind(model.targetName, std::move(predicted));
  }
  applyOutput(model, prediction);
  scope.rememberLags();
  for (const auto& d : scope.derived()) prediction.derived.push_back(d);
  return prediction;
}

}  // namespace scorelet::reference
