#include "compile/model.hpp"

#include "compile/expression.hpp"

namespace scorelet::compile {

namespace {

constexpr std::pair<std::string_view, MiningFunction> kFunctions[] = {
    {"classification", MiningFunction::classification},
    {"regression", MiningFunction::regression},
    {"clustering", MiningFunction::clustering},
    {"associationRules", MiningFunction::associationRules},
    {"sequences", MiningFunction::sequences},
    {"timeSeries", MiningFunction::timeSeries},
    {"mixed", MiningFunction::mixed}};

MiningFunction readFunction(xml::Element model) {
  return model.requiredWord("functionName", MiningFunction::regression, kFunctions);
}

/// What is known of a target that no field declares.
Binding undeclaredTarget(xml::Element model, MiningFunction function) {
  const bool isRegression = function == MiningFunction::regression;
  Binding target;
  target.opType =
      document::readTargetOpType(model, {}).value_or(isRegression ? OpType::continuous : OpType::categorical);
  target.value.type = isRegression ? DataType::float64 : DataType::string;
  return target;
}

bool isTooDeep(const Scope& scope, xml::Element model) {
  const std::uint32_t most = scope.builder().limits().segmentDepth;
  if (scope.depth() <= most) return false;
  model.error(Code::tooDeep, "Models are nested more than " + std::to_string(most) + " deep (limits.segmentDepth).");
  return true;
}

/// What Targets says of one target, which then is a field for Output.
void finishTarget(ModelContext& context, ModelResult& result) {
  compileTargets(context, result);
  if (context.targetName.empty()) return;
  Binding predicted = context.target;
  predicted.value = result.value;
  context.scope.bind(context.targetName, predicted);
}

/// The model itself, then what stands around every model's answer.
ModelResult compileWith(const ModelType& type, ModelContext& context) {
  Scope& scope = context.scope;
  if ((type.functions & bitOf(context.function)) == 0)
    context.model.error(Code::unsupported,
                        "The specification defines no scoring of <" + std::string(context.model.name()) +
                            "> for functionName=\"" + std::string(context.model.attribute("functionName", {})) + "\".",
                        "functionName");
  auto& details = scope.builder().program().details.derived;
  const auto place = static_cast<std::ptrdiff_t>(details.size());  // before those of the models inside
  ModelResult result = type.compile(context);
  if (!result) {
    scope.compileUnused();
    return {};
  }
  if (result.targetName.empty())
    result.targetName = context.targetName;
  else if (result.targetName != context.targetName && scope.schema().find(result.targetName) != nullptr) {
    // A chain predicts what its last segment predicts, among the targets that it lists.
    context.targetName = result.targetName;
    context.target = scope.targetBinding(result.targetName);
  } else {
    result.targetName = context.targetName;
  }
  checkTargets(context, result);
  finishTarget(context, result);
  for (auto& [name, other] : result.otherTargets) {
    ModelContext its = context;
    its.targetName = other.targetName = name;
    its.target = scope.targetBinding(name);
    finishTarget(its, other);
  }
  compileOutput(context, result);
  scope.compileUnused();
  auto derived = scope.derived();
  details.insert(details.begin() + place, std::make_move_iterator(derived.begin()),
                 std::make_move_iterator(derived.end()));
  return result;
}

}  // namespace

bool isModelElement(std::string_view element) noexcept { return findModelType(element) != nullptr; }

Value categoryLiteral(ModelContext& context, std::string_view text, xml::Element at, std::string_view attribute) {
  return context.scope.builder().literal(text, context.target.value.type, at, attribute);
}

void warnIfFloat(const ModelContext& context) {
  if (context.isFloat)
    context.model.warn(Code::unsupported,
                       "x-mathContext=\"float\" has no effect on <" + std::string(context.model.name()) +
                           ">: it computes in double precision.",
                       "x-mathContext");
}

ModelResult compileModel(Builder& builder, Scope* parent, xml::Element model, Steps& body, Place place) {
  const ModelType& type = *findModelType(model.name());  // callers ask isModelElement
  const document::MiningSchema schema = document::readMiningSchema(model);
  Scope scope(builder, parent, model, schema, body, place);
  if (isTooDeep(scope, model)) return {};
  if (!model.boolean("isScorable", true)) {
    model.error(Code::notScorable,
                "The model says of itself that it cannot be scored" +
                    std::string(parent ? ", so neither can the one that holds it." : "."),
                "isScorable");
    return {};
  }
  const std::string_view math = model.attribute("x-mathContext", parent && parent->floatContext ? "float" : "double");
  if (math != "float" && math != "double")
    model.error(Code::badValue, "\"" + std::string(math) + "\" is not a math context; float and double are.",
                "x-mathContext");
  scope.floatContext = math == "float";
  ModelContext context{scope, model, readFunction(model), {}, {}, scope.floatContext};
  if (const document::MiningField* target = schema.target()) {
    context.targetName = target->name;
    context.target = scope.targetBinding(target->name);
  } else {
    context.target = undeclaredTarget(model, context.function);
  }
  return compileWith(type, context);
}

ModelResult compileEmbeddedModel(ModelContext& outer, xml::Element model, bool isAnswer) {
  const ModelType* type = findModelType(model.name() == "Regression" ? "RegressionModel" : "TreeModel");
  const document::MiningSchema none;
  Scope scope(outer.scope.builder(), &outer.scope, model, none, outer.scope.body());
  if (isTooDeep(scope, model)) return {};
  scope.floatContext = outer.scope.floatContext;
  ModelContext context{scope, model, readFunction(model), {}, {}, outer.isFloat};
  if (!isAnswer) {
    context.target = undeclaredTarget(model, context.function);
  } else if (context.function == outer.function) {
    context.targetName = outer.targetName;
    context.target = outer.target;
    context.target.opType = document::readTargetOpType(model, outer.targetName).value_or(outer.target.opType);
  } else {
    model.error(Code::typeMismatch, "This model gives the answer of the model around it and has another functionName.",
                "functionName");
    return {};
  }
  return compileWith(*type, context);
}

}  // namespace scorelet::compile
