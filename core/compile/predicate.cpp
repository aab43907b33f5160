#include "compile/predicate.hpp"

#include <optional>

#include "document/array.hpp"

namespace scorelet::compile {

namespace {

using program::PredicateOp;
using program::Predicates;
using xml::Key;
using xml::Tag;

constexpr std::pair<std::string_view, PredicateOp> kOperators[] = {{"equal", PredicateOp::equal},
                                                                   {"notEqual", PredicateOp::notEqual},
                                                                   {"lessThan", PredicateOp::lessThan},
                                                                   {"lessOrEqual", PredicateOp::lessOrEqual},
                                                                   {"greaterThan", PredicateOp::greaterThan},
                                                                   {"greaterOrEqual", PredicateOp::greaterOrEqual},
                                                                   {"isMissing", PredicateOp::isMissing},
                                                                   {"isNotMissing", PredicateOp::isNotMissing}};
constexpr std::pair<std::string_view, PredicateOp> kBooleanOperators[] = {{"and", PredicateOp::conjunction},
                                                                          {"or", PredicateOp::disjunction},
                                                                          {"xor", PredicateOp::exclusive},
                                                                          {"surrogate", PredicateOp::surrogate}};
constexpr std::pair<std::string_view, PredicateOp> kSetOperators[] = {{"isIn", PredicateOp::isIn},
                                                                      {"isNotIn", PredicateOp::isNotIn}};

bool isPredicate(Tag tag) noexcept { return tag >= Tag::simplePredicate && tag <= Tag::alwaysFalse; }

bool isOrder(PredicateOp op) noexcept { return op >= PredicateOp::lessThan && op <= PredicateOp::greaterOrEqual; }

/// A constant that need not be of the field's type: text that does not fit can equal nothing.
std::optional<Value> comparable(Scope& scope, std::string_view text, DataType type, xml::Element at) {
  Builder& builder = scope.builder();
  if (type == DataType::string) return builder.symbol(text);
  const Value v = parseText(text, type);
  if (isPresent(v)) return v;
  // "2.5" against an integer field is a number all the same.
  if (isNumeric(type))
    if (const Value x = parseText(text, DataType::float64); isPresent(x)) return x;
  at.warn(Code::badValue, "\"" + std::string(text) + "\" is not of the field's data type; it never matches.", "value");
  return std::nullopt;
}

std::optional<Value> comparable(Scope& scope, xml::Element e, DataType type) {
  if (type == DataType::float64 || type == DataType::float32)
    if (const auto x = e.packedNumber(Key::value)) return type == DataType::float32 ? toFloat(*x) : *x;
  return comparable(scope, e.required(Key::value), type, e);
}

std::uint32_t simple(Scope& scope, xml::Element e, Predicates& into) {
  const PredicateOp op = e.requiredWord(Key::op, PredicateOp::equal, kOperators);
  const bool comparesToValue = op != PredicateOp::isMissing && op != PredicateOp::isNotMissing;
  const std::string_view name = e.required(Key::field);
  const Binding* field = comparesToValue ? scope.resolve(name, e) : scope.resolveAny(name, e);
  if (field == nullptr) {
    if (comparesToValue) (void)e.required(Key::value);
    return into.add({PredicateOp::alwaysFalse});
  }
  const Slot slot = field->value.slot;
  if (!comparesToValue) return into.add({op, slot});
  const auto value = comparable(scope, e, field->value.type);

  const bool isText = field->value.type == DataType::string || field->value.type == DataType::boolean;
  if (isOrder(op) && (isText || (field->opType == OpType::ordinal && !field->order.empty()))) {
    // Ordinal: by the order in which the document lists the values.
    if (field->opType != OpType::ordinal || field->order.empty()) {
      e.error(
          Code::typeMismatch,
          "\"" + std::string(e.attribute("field", {})) +
              "\" has no order (it is not an ordinal field with listed values), so it can only be tested for equality.",
          "operator");
      return into.add({PredicateOp::alwaysFalse});
    }
    std::size_t rank = field->order.size();
    for (std::size_t i = 0; i < field->order.size(); ++i)
      if (value && field->order[i] == *value) rank = i;
    std::vector<Value> members;
    for (std::size_t i = 0; i < field->order.size() && rank < field->order.size(); ++i) {
      const bool isMember = op == PredicateOp::lessThan      ? i < rank
                            : op == PredicateOp::lessOrEqual ? i <= rank
                            : op == PredicateOp::greaterThan ? i > rank
                                                             : i >= rank;
      if (isMember) members.push_back(field->order[i]);
    }
    return into.addSet(PredicateOp::isIn, slot, std::move(members));
  }
  if (!value) {
    if (isOrder(op))
      e.error(Code::typeMismatch,
              "\"" + std::string(e.attribute("value", {})) + "\" cannot be compared with this field.", "value");
    return into.addSet(op == PredicateOp::equal ? PredicateOp::isIn : PredicateOp::isNotIn, slot, {});
  }
  return into.add({op, slot, *value});
}

std::uint32_t simpleSet(Scope& scope, xml::Element e, Predicates& into) {
  const Binding* field = scope.resolve(e.required(Key::field), e);
  const PredicateOp op = e.requiredWord(Key::booleanOperator, PredicateOp::isIn, kSetOperators);
  const xml::Element array = *xml::children(e, Tag::array).begin();
  if (!array) e.error(Code::missingElement, "SimpleSetPredicate needs an Array.");
  if (field == nullptr || !array) return into.add({PredicateOp::alwaysFalse});
  const document::ArrayItems texts = document::readItems(array);
  std::vector<Value> values;
  values.reserve(texts.items.size());
  for (const std::string_view text : texts.items)
    if (const auto v = comparable(scope, text, field->value.type, array)) values.push_back(*v);
  return into.addSet(op, field->value.slot, std::move(values));
}

std::uint32_t compound(Scope& scope, xml::Element e, Predicates& into, std::uint32_t depth) {
  const PredicateOp op = e.requiredWord(Key::booleanOperator, PredicateOp::conjunction, kBooleanOperators);
  std::vector<std::uint32_t> operands;
  for (xml::Element p : xml::children(e))
    if (isPredicate(p.tag())) operands.push_back(compilePredicate(scope, p, into, depth + 1));
  if (operands.empty()) e.error(Code::missingElement, "CompoundPredicate needs predicates.");
  return into.addCompound(op, operands);
}

}  // namespace

xml::Element predicateOf(xml::Element parent) {
  for (xml::Element e = parent.first(); e; e = e.next())
    if (isPredicate(e.tag())) return e;
  parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs a predicate.");
  return {};
}

std::uint32_t compilePredicate(Scope& scope, xml::Element e, Predicates& into, std::uint32_t depth) {
  if (!e) return into.add({PredicateOp::alwaysFalse});
  if (depth > scope.builder().limits().expressionDepth) {
    e.error(Code::tooDeep, "Predicates are nested too deeply (limits.expressionDepth).");
    return into.add({PredicateOp::alwaysFalse});
  }
  switch (e.tag()) {
    case Tag::simplePredicate: return simple(scope, e, into);
    case Tag::simpleSetPredicate: return simpleSet(scope, e, into);
    case Tag::compoundPredicate: return compound(scope, e, into, depth);
    case Tag::alwaysTrue: return into.add({PredicateOp::alwaysTrue});
    default: return into.add({PredicateOp::alwaysFalse});
  }
}

}  // namespace scorelet::compile
