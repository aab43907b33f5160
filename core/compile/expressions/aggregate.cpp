// Aggregate and Lag (spec: Transformations): values of several records.
#include "compile/expression.hpp"
#include "program/steps.hpp"

namespace scorelet::compile::expressions {

namespace {

using program::AggregateStep;
using program::LagStep;

constexpr std::pair<std::string_view, AggregateStep::Function> kFunctions[] = {
    {"count", AggregateStep::Function::count},     {"sum", AggregateStep::Function::sum},
    {"average", AggregateStep::Function::average}, {"min", AggregateStep::Function::min},
    {"max", AggregateStep::Function::max},         {"multiset", AggregateStep::Function::multiset}};

constexpr std::pair<std::string_view, LagStep::Aggregate> kAggregates[] = {
    {"none", LagStep::Aggregate::none}, {"avg", LagStep::Aggregate::avg},
    {"max", LagStep::Aggregate::max},   {"median", LagStep::Aggregate::median},
    {"min", LagStep::Aggregate::min},   {"product", LagStep::Aggregate::product},
    {"sum", LagStep::Aggregate::sum},   {"stddev", LagStep::Aggregate::stddev}};

}  // namespace

TypedSlot aggregate(const ExpressionContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  const std::string_view name = e.required("field");
  const auto function = e.requiredWord("function", AggregateStep::Function::count, kFunctions);
  if (e.attribute("sqlWhere"))
    e.error(Code::unsupported, "Aggregate@sqlWhere has no grammar in the standard and is not evaluated.", "sqlWhere");
  // groupField names the group that the record's list was already collected by.
  if (const auto group = e.attribute("groupField")) (void)context.resolveAny(*group, e, "groupField");
  const Binding* field = context.resolveAny(name, e);
  if (field == nullptr) return {};
  if (!field->isList) {
    e.error(
        Code::typeMismatch,
        "Aggregate needs a field that holds the values of a group of records; \"" + std::string(name) + "\" does not.",
        "field");
    return {};
  }
  const bool countsOnly = function == AggregateStep::Function::count || function == AggregateStep::Function::multiset;
  const DataType item = field->value.type == DataType::list ? field->value.item : field->value.type;
  if (!countsOnly && (item == DataType::string || item == DataType::boolean))
    e.error(Code::typeMismatch, "This aggregate needs a numeric field.", "field");
  auto& step = context.scope.emit<AggregateStep>();
  step.from = field->value.slot;
  step.to = builder.newSlot();
  step.function = function;
  const DataType type = function == AggregateStep::Function::count      ? DataType::integer
                        : function == AggregateStep::Function::multiset ? DataType::list
                        : function == AggregateStep::Function::average  ? DataType::float64
                                                                        : item;
  return {step.to, type, item};
}

TypedSlot lag(const ExpressionContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  const Binding* field = context.resolve(e.required("field"), e);
  const int n = e.integer("n", 1);
  if (n < 1 || n > 1'000'000) {
    e.error(Code::badValue, "Lag@n must be at least 1 and at most 1000000.", "n");
    return {};
  }
  const auto aggregate = e.word("aggregate", LagStep::Aggregate::none, kAggregates);
  std::vector<TypedSlot> blocks;
  for (xml::Element b : xml::children(e, "BlockIndicator")) {
    const Binding* block = context.resolve(b.required("field"), b);
    if (block != nullptr) blocks.push_back(block->value);
  }
  if (field == nullptr) return {};
  auto& step = context.scope.emit<LagStep>();
  step.from = field->value.slot;
  step.to = builder.newSlot();
  step.type = field->value.type;
  step.n = static_cast<std::size_t>(n);
  step.aggregate = aggregate;
  step.blocks = std::move(blocks);
  builder.keepState(step);
  const bool keepsType = aggregate == LagStep::Aggregate::none || aggregate == LagStep::Aggregate::max ||
                         aggregate == LagStep::Aggregate::min;
  return {step.to, keepsType ? field->value.type : DataType::float64};
}

}  // namespace scorelet::compile::expressions
