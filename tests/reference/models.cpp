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
  for (auto* outputs : {&p.outputs, &p.innerOutputs})
    for (auto& [name, output] : *outputs) output = cast(value, output.type);
  for (auto* inner : {&p.otherTargets, &p.segments})
    for (Prediction& prediction : *inner) spread(prediction, value);
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

namespace {

/// What Targets says of one target, which then is a field for Output.
void finishTarget(Session& session, Model& model, Prediction& prediction) {
  applyTargets(model, prediction);
  if (model.targetName.empty()) return;
  Field predicted{prediction.value, model.targetIsOrdinal, nullptr};
  if (model.targetField) predicted.order = session.orderOf(model.targetField, model.targetType);
  model.scope.bind(model.targetName, std::move(predicted));
}

/// The model itself, then what stands around every model's answer.
Prediction scoreWith(Session& session, Model& model, const std::vector<Node>& targets) {
  Scope& scope = model.scope;
  const std::string_view name = localName(model.node);
  Prediction prediction = name == "TreeModel" || name == "DecisionTree"       ? scoreTree(model)
                          : name == "RegressionModel" || name == "Regression" ? scoreRegression(model)
                                                                              : scoreMining(model);
  // Before names mean results. They are remembered when all is done: a Lag may be of a field that looks back itself.
  const auto lagged = scope.lagged();
  // A chain predicts what its last segment predicts, among the targets that its schema lists.
  for (Node f : targets)
    if (attributeOr(f, "name", "") == prediction.targetName) setTarget(session, model, f);
  prediction.targetName = model.targetName;
  finishTarget(session, model, prediction);
  for (Prediction& other : prediction.otherTargets) {
    Model its = model;
    its.isClassification = !other.classes.empty();
    for (Node f : targets)
      if (attributeOr(f, "name", "") == other.targetName) setTarget(session, its, f);
    finishTarget(session, its, other);
  }
  applyOutput(model, prediction);
  for (const auto& [past, value] : lagged) past->push_back(value);
  for (const auto& d : scope.derived()) prediction.derived.push_back(d);
  return prediction;
}

}  // namespace

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

  return scoreWith(session, model, targets);
}

bool isEmbeddedModel(Node node) { return localName(node) == "Regression" || localName(node) == "DecisionTree"; }

Prediction scoreEmbedded(Model& outer, Node node, bool answers) {
  Scope scope(outer.scope.session(), &outer.scope, node);
  Model model{scope, node};
  model.isClassification = attributeOr(node, "functionName", "") == "classification";
  model.targetType = model.isClassification ? DataType::string : DataType::float64;
  if (answers) {
    model.targetName = outer.targetName;
    model.targetField = outer.targetField;
    model.targetType = outer.targetType;
    model.targetIsOrdinal = outer.targetIsOrdinal;
    model.targetValues = outer.targetValues;
  }
  return scoreWith(scope.session(), model, {});
}

}  // namespace scorelet::reference
