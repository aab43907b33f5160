#include "compile/expression.hpp"

#include "compile/left_out.hpp"
#include "program/steps.hpp"

namespace scorelet::compile {

namespace {

struct Kind {
  std::string_view element;
  TypedSlot (*compile)(const ExpressionContext&, xml::Element);
};

constexpr Kind kKinds[] = {
    {"Aggregate", expressions::aggregate},       {"Apply", expressions::apply},
    {"Constant", expressions::constant},         {"Discretize", expressions::discretize},
    {"FieldRef", expressions::fieldRef},         {"Lag", expressions::lag},
    {"MapValues", expressions::mapValues},       {"NormContinuous", expressions::normContinuous},
    {"NormDiscrete", expressions::normDiscrete}, {"TextIndex", expressions::textIndex},
};

const Kind* findKind(std::string_view element) noexcept {
  for (const Kind& k : kKinds)
    if (k.element == element) return &k;
  return nullptr;
}

}  // namespace

const Binding* ExpressionContext::resolve(std::string_view name, xml::Element at, std::string_view attribute) const {
  const Binding* field = resolveAny(name, at, attribute);
  return field != nullptr && isSingle(*field, at, attribute) ? field : nullptr;
}

const Binding* ExpressionContext::resolveAny(std::string_view name, xml::Element at, std::string_view attribute) const {
  if (parameters == nullptr) return scope.resolveAny(name, at, attribute);
  const auto found = parameters->find(name);
  if (found != parameters->end()) return &found->second;
  at.error(Code::unresolvedField,
           "\"" + std::string(name) +
               "\" is not a parameter of this function; only parameters are visible inside DefineFunction.",
           attribute);
  return nullptr;
}

bool isExpression(std::string_view element) noexcept { return findKind(element) != nullptr; }

TypedSlot compileExpression(const ExpressionContext& context, xml::Element expression) {
  if (context.depth > context.scope.builder().limits().expressionDepth) {
    expression.error(Code::tooDeep, "Expressions are nested more than " +
                                        std::to_string(context.scope.builder().limits().expressionDepth) +
                                        " deep (limits.expressionDepth).");
    return {};
  }
  if (!context.scope.builder().charge(expression)) return {};
  const Kind* kind = findKind(expression.name());
  if (kind == nullptr) {
    expression.error(Code::unknownElement, "<" + std::string(expression.name()) + "> is not an expression.");
    return {};
  }
  return kind->compile(context, expression);
}

TypedSlot compileChildExpression(const ExpressionContext& context, xml::Element parent) {
  for (xml::Element e : xml::children(parent))
    if (isExpression(e.name())) return compileExpression(context, e);
  parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs an expression.");
  return {};
}

TypedSlot castTo(Scope& scope, TypedSlot value, DataType type) {
  if (!value || value.type == type) return value;
  // A wider number of the same kind keeps its lanes.
  if (type == DataType::float64 && isNumeric(value.type)) return {value.slot, type};
  const TypedSlot to{scope.builder().newSlot(), type};
  scope.emit<program::CastStep>(value, to);
  return to;
}

TypedSlot castSingle(Scope& scope, TypedSlot value, DataType type, xml::Element at) {
  Binding given;
  given.value = value;
  return isSingle(given, at) ? castTo(scope, value, type) : TypedSlot{};
}

TypedSlot castItemsTo(Scope& scope, TypedSlot list, DataType item) {
  if (!list || list.item == item || item == DataType::list) return list;
  if (item == DataType::float64 && isNumeric(list.item)) return {list.slot, DataType::list, item};
  const TypedSlot to{scope.builder().newSlot(), DataType::list, item};
  scope.emit<program::CastItemsStep>(list, to);
  return to;
}

TypedSlot replaceMissing(Scope& scope, TypedSlot value, std::string_view constant, xml::Element at,
                         std::string_view attribute) {
  value.type = scope.builder().widened(value.type, constant);
  const Value lane = scope.builder().literal(constant, value.type, at, attribute);
  const TypedSlot to{scope.builder().newSlot(), value.type};
  scope.emit<program::ReplaceMissingStep>(value.slot, to.slot, lane);
  return to;
}

DataType commonType(DataType a, DataType b) noexcept {
  if (a == b) return a;
  const auto isMoment = [](DataType t) {
    return t == DataType::date || t == DataType::time || t == DataType::dateTime;
  };
  if (a == DataType::string || b == DataType::string) {
    const DataType other = a == DataType::string ? b : a;
    return isMoment(other) || other == DataType::boolean ? other : DataType::string;
  }
  if (isMoment(a) && isMoment(b)) return DataType::dateTime;
  const auto isSmall = [](DataType t) { return t == DataType::integer || t == DataType::float32; };
  if (isSmall(a) && isSmall(b)) return DataType::float32;
  return DataType::float64;
}

namespace expressions {

TypedSlot constant(const ExpressionContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  const std::string_view text = e.text();
  std::optional<DataType> type = document::readDataType(e, false);
  if (!type) {
    // Untyped: by its form (spec: "inferred from the content").
    if (isPresent(parseText(text, DataType::integer)) && text.find('.') == std::string_view::npos)
      type = DataType::integer;
    else if (isPresent(parseText(text, DataType::float64)))
      type = DataType::float64;
    else
      type = DataType::string;
  }
  if (e.boolean("missing", false)) return builder.missingOf(*type);
  return builder.constant(builder.literal(text, *type, e), *type);
}

TypedSlot fieldRef(const ExpressionContext& context, xml::Element e) {
  const auto mapped = e.attribute("mapMissingTo");
  const std::string_view name = e.required("field");
  const Binding* field = mapped ? context.resolve(name, e) : context.resolveAny(name, e);
  if (field == nullptr) return {};
  if (field->isList && field->value.type != DataType::list)  // an input: its type is that of its items
    return {field->value.slot, DataType::list, field->value.type};
  if (mapped) return replaceMissing(context.scope, field->value, *mapped, e, "mapMissingTo");
  return field->value;
}

}  // namespace expressions

void checkRegex(xml::Element at, std::string_view pattern, std::string_view attribute) {
  if (Regexes::areLeftOut())
    reportLeftOut(at, "Regular expressions (matches, replace, those of TextIndex) are");
  else if (const std::string fault = Regexes::check(pattern); !fault.empty())
    at.error(Code::badRegex, "The regular expression \"" + std::string(pattern) + "\" is not valid: " + fault,
             attribute);
}

}  // namespace scorelet::compile
