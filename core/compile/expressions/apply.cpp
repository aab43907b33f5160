// Apply: built-in functions become calls, DefineFunction is expanded in place (spec: Functions).
#include <algorithm>

#include "compile/expression.hpp"
#include "program/steps.hpp"

namespace scorelet::compile {

namespace {

using functions::Builtin;
using functions::ParamKind;
using functions::ResultRule;

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

xml::Element findFunction(Builder& builder, std::string_view name) {
  for (xml::Element f : xml::children(builder.pmml().child("TransformationDictionary"), "DefineFunction"))
    if (f.attribute("name", {}) == name) return f;
  return {};
}

ParamKind kindOf(const Builtin& function, std::size_t i) { return function.parameters[std::min<std::size_t>(i, 3)]; }

/// The type in which a text is a moment: a constant says by its form that it is a time of day.
DataType momentType(Scope& scope, TypedSlot argument) {
  Builder& builder = scope.builder();
  const auto text = builder.constantOf(argument.slot);
  if (!text) return DataType::dateTime;
  return isPresent(parseText(builder.textOf(*text), DataType::time)) ? DataType::time : DataType::dateTime;
}

/// Casts arguments to what the function wants; fills `types`.
void castArguments(Scope& scope, const Builtin& function, std::vector<TypedSlot>& arguments) {
  std::optional<DataType> meeting;
  std::size_t anys = 0;
  const bool isChoice = function.name == "if";
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (kindOf(function, i) == ParamKind::any) {
      meeting = meeting ? commonType(*meeting, arguments[i].type) : arguments[i].type;
      ++anys;
    }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const DataType type = arguments[i].type;
    switch (kindOf(function, i)) {
      case ParamKind::any:
        if (anys > 1 && !(isChoice && type == *meeting)) arguments[i] = castTo(scope, arguments[i], *meeting);
        break;
      case ParamKind::number:
        if (type == DataType::string) arguments[i] = castTo(scope, arguments[i], DataType::float64);
        break;
      case ParamKind::text: arguments[i] = castTo(scope, arguments[i], DataType::string); break;
      case ParamKind::boolean: arguments[i] = castTo(scope, arguments[i], DataType::boolean); break;
      case ParamKind::moment:
        if (type == DataType::string) arguments[i] = castTo(scope, arguments[i], momentType(scope, arguments[i]));
        break;
    }
  }
}

DataType resultType(const Builtin& function, const std::vector<TypedSlot>& arguments) {
  switch (function.result) {
    case ResultRule::boolean: return DataType::boolean;
    case ResultRule::integer: return DataType::integer;
    case ResultRule::text: return DataType::string;
    case ResultRule::real: return DataType::float64;
    case ResultRule::promoted: {
      bool allIntegers = true, allSmall = true;
      for (const TypedSlot& a : arguments) {
        const bool isInteger = a.type == DataType::integer || a.type == DataType::boolean;
        allIntegers &= isInteger;
        allSmall &= isInteger || a.type == DataType::float32;
      }
      return allIntegers ? DataType::integer : allSmall ? DataType::float32 : DataType::float64;
    }
    case ResultRule::alike:
      for (std::size_t i = 0; i < arguments.size(); ++i)
        if (kindOf(function, i) == ParamKind::any) return arguments[i].type;
      return DataType::float64;
  }
  return DataType::float64;
}

/// Expands a user-defined function: its parameters are bound to the arguments' slots.
TypedSlot expand(const ExpressionContext& context, xml::Element apply, xml::Element function,
                 std::vector<TypedSlot> arguments) {
  Scope& scope = context.scope;
  Builder& builder = scope.builder();
  const std::string_view name = function.attribute("name", {});
  if (std::find(builder.expanding.begin(), builder.expanding.end(), name) != builder.expanding.end()) {
    apply.error(Code::cycle, "The function " + quoted(name) + " calls itself.", "function");
    return {};
  }
  std::unordered_map<std::string_view, Binding> parameters;
  std::size_t i = 0;
  for (xml::Element p : xml::children(function, "ParameterField")) {
    const std::string_view parameter = p.required("name");
    if (i >= arguments.size()) {
      ++i;
      continue;
    }
    Binding binding;
    const TypedSlot argument = arguments[i++];
    const DataType declared = document::readDataType(p, false).value_or(argument.type);
    binding.value =
        argument.type == DataType::list ? castItemsTo(scope, argument, declared) : castTo(scope, argument, declared);
    binding.opType = document::readOpType(p, false).value_or(OpType::continuous);
    binding.isList = binding.value.type == DataType::list;
    if (!parameters.emplace(parameter, std::move(binding)).second)
      p.error(Code::duplicateName, "The parameter " + quoted(parameter) + " stands twice.", "name");
  }
  if (i != arguments.size()) {
    apply.error(Code::wrongArity,
                "The function " + quoted(name) + " takes " + std::to_string(i) + " arguments; " +
                    std::to_string(arguments.size()) + " are given.",
                "function");
    return {};
  }
  builder.expanding.push_back(name);
  const DataType type = document::readDataType(function, false).value_or(DataType::float64);
  const bool isTyped = function.attribute("dataType").has_value();
  TypedSlot result = compileChildExpression(
      ExpressionContext{scope, &parameters, context.depth + 1, isTyped ? std::optional(type) : std::nullopt}, function);
  builder.expanding.pop_back();
  return result && isTyped ? castTo(scope, result, type) : result;
}

}  // namespace

program::CallStep& emitCall(Scope& scope, const Builtin& function, std::vector<TypedSlot> arguments) {
  castArguments(scope, function, arguments);
  auto& step = scope.emit<program::CallStep>();
  step.function = &function;
  for (const TypedSlot& a : arguments) {
    step.arguments.push_back(a.slot);
    step.types.push_back(a.type);
  }
  step.columns = functions::columnsOf(function, step.types);
  step.to = scope.builder().newSlot();
  step.place = scope.builder().place(function.name);
  step.resultType = resultType(function, arguments);
  step.roundsToFloat = function.result == ResultRule::promoted && step.resultType == DataType::float32;
  return step;
}

TypedSlot expressions::apply(const ExpressionContext& context, xml::Element e) {
  Scope& scope = context.scope;
  Builder& builder = scope.builder();
  const std::string_view name = e.required("function");
  constexpr std::pair<std::string_view, InvalidValueTreatment> kTreatments[] = {
      {"returnInvalid", InvalidValueTreatment::returnInvalid},
      {"asIs", InvalidValueTreatment::asIs},
      {"asMissing", InvalidValueTreatment::asMissing}};
  const auto treatment = e.word("invalidValueTreatment", InvalidValueTreatment::returnInvalid, kTreatments);

  std::vector<TypedSlot> arguments;
  bool isComplete = true;
  for (xml::Element a : xml::children(e)) {
    if (a.name() == "Extension") continue;
    arguments.push_back(compileExpression(context.deeper(), a));
    isComplete &= static_cast<bool>(arguments.back());
  }
  const Builtin* function = functions::find(name);
  // A document may define for itself what is built in here for a vendor's sake.
  if (function != nullptr && function->isVendor && findFunction(builder, name)) function = nullptr;
  const xml::Element defined = function ? xml::Element() : findFunction(builder, name);
  if (function == nullptr && !defined) {
    e.error(Code::unresolvedFunction,
            "There is no function " + quoted(name) + ": it is neither built in nor defined by a DefineFunction.",
            "function");
    return {};
  }
  if (function != nullptr && (arguments.size() < function->minArguments || arguments.size() > function->maxArguments)) {
    e.error(Code::wrongArity,
            "The function " + quoted(name) + " takes " + std::to_string(function->minArguments) +
                (function->maxArguments == function->minArguments ? ""
                 : function->maxArguments == 255                  ? " or more"
                                                                  : " to " + std::to_string(function->maxArguments)) +
                " arguments; " + std::to_string(arguments.size()) + " are given.",
            "function");
    return {};
  }
  if (!isComplete) return {};
  const bool asksOnlyForPresence =
      function != nullptr && function->maxArguments == 1 && kindOf(*function, 0) == ParamKind::any;
  if (function != nullptr && !asksOnlyForPresence)
    for (const TypedSlot& a : arguments)
      if (a.type == DataType::list) {
        e.error(Code::typeMismatch,
                "The function " + quoted(name) +
                    " takes single values; this argument is a list (of forecasts, or of a "
                    "group's values, which Aggregate joins).",
                "function");
        return {};
      }
  const auto mapMissingTo = e.attribute("mapMissingTo"), defaultValue = e.attribute("defaultValue");

  if (function == nullptr) {
    TypedSlot result = expand(context, e, defined, arguments);
    if (!result) return {};
    result.type = builder.widened(builder.widened(result.type, mapMissingTo), defaultValue);
    const bool invalidIsMissing = treatment == InvalidValueTreatment::asMissing;
    if (!mapMissingTo && !defaultValue && !invalidIsMissing) return result;
    auto& step = scope.emit<program::FunctionResultStep>();
    for (const TypedSlot& a : arguments) step.arguments.push_back(a.slot);
    step.from = result.slot;
    step.to = builder.newSlot();
    step.invalidIsMissing = invalidIsMissing;
    step.mapsMissing = mapMissingTo.has_value();
    if (mapMissingTo) step.mapMissingTo = builder.literal(*mapMissingTo, result.type, e, "mapMissingTo");
    if (defaultValue) step.defaultValue = builder.literal(*defaultValue, result.type, e, "defaultValue");
    return {step.to, result.type};
  }
  // Patterns that are constants are checked now, not at the first row; of others, whether there can be any.
  if (function->name == "matches" || function->name == "replace") {
    const xml::Element pattern = e.first().next();
    const bool isConstant = pattern && pattern.name() == "Constant";
    checkRegex(isConstant ? pattern : e, isConstant ? pattern.text() : "");
  }
  program::CallStep& step = emitCall(scope, *function, std::move(arguments));
  const TypedSlot result{step.to, builder.widened(builder.widened(step.resultType, mapMissingTo), defaultValue)};
  step.invalidIsMissing = treatment == InvalidValueTreatment::asMissing;
  if (mapMissingTo) {
    step.mapsMissing = true;
    // Of a choice, also the argument that does not count is asked for.
    if (function->missing == functions::MissingRule::own) step.columns = nullptr;
    step.mapMissingTo = builder.literal(*mapMissingTo, result.type, e, "mapMissingTo");
  }
  if (defaultValue) step.defaultValue = builder.literal(*defaultValue, result.type, e, "defaultValue");
  return result;
}

}  // namespace scorelet::compile
