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
  for (auto& [name, output] : p.outputs) output = cast(value, output.type);
  for (auto& [id, segment] : p.segments) spread(segment, value);
}

Prediction scoreModel(Session& session, Scope* outer, Node node) {
  Scope scope(session, outer, node);
  Model model{scope, node};
  model.isClassification = attributeOr(node, "functionName", "") == "classification";
  model.targetType = model.isClassification ? DataType::string : DataType::float64;
  Node miningField;
  for (Node f : children(child(node, "MiningSchema"), "MiningField")) {
    const std::string usage = attributeOr(f, "usageType", "active");
    if (usage != "target" && usage != "predicted") continue;
    miningField = f;
    break;
  }
  if (miningField) {
    model.targetName = attributeOr(miningField, "name", "");
    model.targetType = DataType::string;
    if (const auto data = session.dataFields.find(model.targetName); data != session.dataFields.end()) {
      model.targetField = data->second;
      model.targetType = dataTypeOf(data->second, DataType::string);
      if (const auto order = session.orderOf(data->second, model.targetType)) model.targetValues = *order;
      model.targetIsOrdinal = attributeOr(data->second, "optype", "") == "ordinal";
    }
    if (const auto opType = attribute(miningField, "optype")) model.targetIsOrdinal = *opType == "ordinal";
  }

  const std::string_view name = localName(node);
  Prediction prediction = name == "TreeModel"         ? scoreTree(model)
                          : name == "RegressionModel" ? scoreRegression(model)
                                                      : scoreMining(model);
  applyTargets(model, prediction);
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
