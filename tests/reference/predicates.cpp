#include "predicates.hpp"

#include <algorithm>

namespace scorelet::reference {

namespace {

Truth answer(bool b) { return {b ? Truth::yes : Truth::no, false, {}}; }

/// A constant of a predicate: in the field's type, or as any number against a numeric field.
Value comparable(const std::string& text, DataType type) {
  Value v = parse(text, type);
  if (!v.isPresent() && isNumeric(type)) v = parse(text, DataType::float64);
  return v;
}

std::size_t rankOf(const Order& order, const Value& v) {
  return static_cast<std::size_t>(
      std::find_if(order.begin(), order.end(), [&](const Value& o) { return equals(o, v); }) - order.begin());
}

Truth compare(const Field& field, const std::string& op, const Value& constant) {
  const Value& v = field.value;
  if (op == "equal") return answer(equals(v, constant));
  if (op == "notEqual") return answer(!equals(v, constant));
  bool isBelow = false, isAbove = false;
  if (field.isOrdinal && field.order) {
    const std::size_t a = rankOf(*field.order, v), b = rankOf(*field.order, constant);
    // A value that is not listed has no place in the order: no comparison holds.
    if (a == field.order->size() || b == field.order->size()) return answer(false);
    isBelow = a<b, isAbove = a> b;
  } else {
    isBelow = less(v, constant), isAbove = less(constant, v);
  }
  if (op == "lessThan") return answer(isBelow);
  if (op == "lessOrEqual") return answer(!isAbove);
  if (op == "greaterThan") return answer(isAbove);
  return answer(!isBelow);
}

Truth compound(Scope& scope, Node e) {
  const std::string op = attributeOr(e, "booleanOperator", "");
  bool anyUnknown = false, anySurrogate = false, parity = false;
  std::size_t k = 0;
  for (Node p : children(e)) {
    Truth t = test(scope, p);
    if (t.is(Truth::invalid)) return t;
    anySurrogate |= t.usedSurrogate;
    if (op == "surrogate") {
      if (!t.is(Truth::unknown)) return {t.kind, t.usedSurrogate || k > 0, {}};
    } else if (t.is(Truth::unknown)) {
      anyUnknown = true;
    } else if (op == "xor") {
      parity ^= t.is(Truth::yes);
    } else if (t.is(op == "or" ? Truth::yes : Truth::no)) {
      return {t.kind, anySurrogate, {}};
    }
    ++k;
  }
  if (anyUnknown || op == "surrogate") return {Truth::unknown, anySurrogate, {}};
  const bool result = op == "xor" ? parity : op == "and";
  return {result ? Truth::yes : Truth::no, anySurrogate, {}};
}

}  // namespace

Truth test(Scope& scope, Node e) {
  const std::string_view name = localName(e);
  if (name == "True") return answer(true);
  if (name == "False" || !e) return answer(false);
  if (name == "CompoundPredicate") return compound(scope, e);
  const std::string fieldName = attributeOr(e, "field", "");
  const Field* field = scope.find(fieldName);
  if (field == nullptr) return {Truth::invalid, false, "there is no field " + fieldName};
  const Value& v = field->value;
  if (v.isInvalid()) return {Truth::invalid, false, v.reason()};
  if (name == "SimpleSetPredicate") {
    if (v.isMissing()) return {Truth::unknown, false, {}};
    const std::vector<std::string> items = arrayItems(child(e, "Array"));
    const bool isIn =
        std::any_of(items.begin(), items.end(), [&](const std::string& i) { return equals(v, comparable(i, v.type)); });
    return answer(isIn == (attributeOr(e, "booleanOperator", "") == "isIn"));
  }
  const std::string op = attributeOr(e, "operator", "");
  if (op == "isMissing") return answer(v.isMissing());
  if (op == "isNotMissing") return answer(!v.isMissing());
  if (v.isMissing()) return {Truth::unknown, false, {}};
  return compare(*field, op, comparable(attributeOr(e, "value", ""), v.type));
}

}  // namespace scorelet::reference
