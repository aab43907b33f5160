// Expressions (spec: Transformations) → steps. One file per family in compile/expressions/.
#pragma once

#include <string_view>
#include <unordered_map>

#include "compile/scope.hpp"
#include "functions/builtins.hpp"
#include "program/steps.hpp"

namespace scorelet::compile {

/// Where an expression stands: its scope and, inside DefineFunction, the parameters (then nothing else is visible).
struct ExpressionContext {
  Scope& scope;
  const std::unordered_map<std::string_view, Binding>* parameters = nullptr;
  std::uint32_t depth = 0;
  std::optional<DataType> wanted = std::nullopt;  ///< type in which constants without a type of their own are read

  [[nodiscard]] ExpressionContext deeper() const noexcept { return {scope, parameters, depth + 1, std::nullopt}; }
  /// As `Scope::resolve`, of what is visible here.
  [[nodiscard]] const Binding* resolve(std::string_view name, xml::Element at,
                                       std::string_view attribute = "field") const;
  [[nodiscard]] const Binding* resolveAny(std::string_view name, xml::Element at,
                                          std::string_view attribute = "field") const;
};

/// True for the elements that PMML calls EXPRESSION.
[[nodiscard]] bool isExpression(std::string_view element) noexcept;

/// Compiles `expression`; an empty slot after a report.
[[nodiscard]] TypedSlot compileExpression(const ExpressionContext& context, xml::Element expression);

/// The one expression among the children of `parent`.
[[nodiscard]] TypedSlot compileChildExpression(const ExpressionContext& context, xml::Element parent);

/// `value` in the lanes of `type`; the same slot when nothing changes.
[[nodiscard]] TypedSlot castTo(Scope& scope, TypedSlot value, DataType type);

/// The same of what must be a single value: an empty slot after a report at `at` if it is a list.
[[nodiscard]] TypedSlot castSingle(Scope& scope, TypedSlot value, DataType type, xml::Element at);

/// The same for each item of a list.
[[nodiscard]] TypedSlot castItemsTo(Scope& scope, TypedSlot list, DataType item);

/// `value` with missing replaced by a constant of its own type.
[[nodiscard]] TypedSlot replaceMissing(Scope& scope, TypedSlot value, std::string_view constant, xml::Element at,
                                       std::string_view attribute);

/// A call of a built-in with arguments as they are (they are cast to what it wants).
program::CallStep& emitCall(Scope& scope, const functions::Builtin& function, std::vector<TypedSlot> arguments);

/// The type in which two values meet, for comparisons and `if`.
[[nodiscard]] DataType commonType(DataType a, DataType b) noexcept;

/// Reports a pattern that is not valid, or that this build cannot match.
void checkRegex(xml::Element at, std::string_view pattern, std::string_view attribute = {});

namespace expressions {  // one per element
[[nodiscard]] TypedSlot constant(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot fieldRef(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot normContinuous(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot normDiscrete(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot discretize(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot mapValues(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot textIndex(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot apply(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot aggregate(const ExpressionContext&, xml::Element);
[[nodiscard]] TypedSlot lag(const ExpressionContext&, xml::Element);

/// The knots and treatments of a NormContinuous, without its lanes; false after a report.
[[nodiscard]] bool readNormContinuous(xml::Element e, program::NormContinuousStep& step);
}  // namespace expressions

}  // namespace scorelet::compile
