#include "scope.hpp"

#include "expressions.hpp"

namespace scorelet::reference {

namespace {

bool isTarget(Node miningField) {
  const std::string usage = attributeOr(miningField, "usageType", "active");
  return usage == "target" || usage == "predicted";
}

/// Item by item; a single value is a list of one, and a list that is missing has no replacement.
template <class Prepare>
Value prepareList(const Value& value, Node miningField, const Prepare& prepare) {
  if (value.isMissing() && attributeOr(miningField, "missingValueTreatment", "") == "returnInvalid")
    return Value::invalid(value.type, "the list is missing");
  if (!value.isPresent()) return value;
  std::vector<Value> items;
  if (value.isList())
    for (const Value& item : value.items()) items.push_back(prepare(item));
  else
    items.push_back(prepare(value));
  return Value::list(std::move(items));
}

}  // namespace

DataType dataTypeOf(Node field, DataType otherwise) {
  return dataTypeFromName(field.attribute("dataType").value()).value_or(otherwise);
}

std::shared_ptr<const Order> Session::orderOf(Node field, DataType type) {
  const auto [at, isNew] = orders.try_emplace(field.hash_value());
  if (isNew) {
    auto order = std::make_shared<Order>();
    for (Node v : children(field, "Value"))
      if (attributeOr(v, "property", "valid") == "valid") order->push_back(parse(attributeOr(v, "value", ""), type));
    if (!order->empty()) at->second = order;
  }
  return at->second;
}

Scope::Scope(Session& session, Scope* outer, Node model) : session_(session), outer_(outer), model_(model) {
  isFloat = attributeOr(model, "x-mathContext", outer != nullptr && outer->isFloat ? "float" : "double") == "float";
  for (Node f : children(child(model, "MiningSchema"), "MiningField")) mining_.emplace(attributeOr(f, "name", ""), f);
  const auto declare = [](std::map<std::string, Node>& into, Node section) {
    for (Node f : children(section, "DerivedField")) into.emplace(attributeOr(f, "name", ""), f);
  };
  declare(locals_, child(model, "LocalTransformations"));
  declare(locals_, child(child(model, "Segmentation"), "LocalTransformations"));
  declare(globals_, child(session.root, "TransformationDictionary"));
}

const Field* Scope::find(const std::string& name) {
  if (const auto known = known_.find(name); known != known_.end()) return &known->second;
  const bool isOpen = open_.contains(name);
  if (const auto local = locals_.find(name); !isOpen && local != locals_.end())
    return evaluateDerived(name, local->second);
  // A local field being evaluated may refer to the field that it shadows: this value is not remembered under the name.
  const auto mining = mining_.find(name);
  if (mining != mining_.end() && !isTarget(mining->second))
    if (auto field = prepared(name, mining->second))
      return &known_.insert_or_assign(name, std::move(*field)).first->second;
  if (const auto global = globals_.find(name); !isOpen && global != globals_.end())
    return evaluateDerived(name, global->second);
  if (outer_ != nullptr) return outer_->find(name);
  // Tolerated: a data field that stands in no MiningSchema.
  if (mining == mining_.end())
    if (auto field = prepared(name, {})) return &known_.insert_or_assign(name, std::move(*field)).first->second;
  return nullptr;
}

std::optional<Field> Scope::prepared(const std::string& name, Node miningField) {
  const auto data = session_.dataFields.find(name);
  const Node dataField = data == session_.dataFields.end() ? Node() : data->second;
  Field field;
  if (outer_ != nullptr) {
    const Field* outer = outer_->find(name);
    if (outer == nullptr) return std::nullopt;
    field = *outer;
    const auto prepare = [&](const Value& v) { return treat(v, nullptr, dataField, miningField, true); };
    field.value =
        session_.listFields.contains(name) ? prepareList(field.value, miningField, prepare) : prepare(field.value);
  } else {
    if (!dataField) return std::nullopt;
    const DataType type = dataTypeOf(dataField, DataType::string);
    field.isOrdinal = attributeOr(dataField, "optype", "") == "ordinal";
    field.order = session_.orderOf(dataField, type);
    const auto cell = session_.row->find(name);
    const auto prepare = [&](const Value& raw) {
      const std::string* text = raw.isText() ? &raw.asText() : nullptr;
      const bool isAbsent = raw.isMissing() || (text != nullptr && text->empty() && type != DataType::string);
      return treat(isAbsent ? Value::missing(type) : cast(raw, type), text, dataField, miningField, false);
    };
    const Value raw = cell == session_.row->end() ? Value::missing(type) : cell->second;
    field.value = session_.listFields.contains(name) ? prepareList(raw, miningField, prepare) : prepare(raw);
  }
  if (const auto opType = attribute(miningField, "optype")) field.isOrdinal = *opType == "ordinal";
  return field;
}

Value Scope::actual(const std::string& name) {
  const auto data = session_.dataFields.find(name);
  if (data == session_.dataFields.end()) return Value::missing(DataType::float64);
  const DataType type = dataTypeOf(data->second, DataType::string);
  const auto cell = session_.row->find(name);
  if (cell == session_.row->end()) return Value::missing(type);
  const Value value = cast(cell->second, type);
  return value.isInvalid() ? Value::missing(type) : value;
}

const Field* Scope::evaluateDerived(const std::string& name, Node derivedField) {
  open_.insert(name);
  const DataType type = dataTypeOf(derivedField, DataType::float64);
  Field field;
  field.isOrdinal = attributeOr(derivedField, "optype", "") == "ordinal";
  field.order = session_.orderOf(derivedField, type);
  field.value = evaluate(Context{*this, nullptr, type}, expressionIn(derivedField));
  if (!field.value.isList()) field.value = cast(field.value, type);
  if (field.order && field.value.isPresent()) {
    bool isListed = false;
    for (const Value& v : *field.order) isListed |= equals(v, field.value);
    if (!isListed) field.value = Value::invalid(type, "not among the values of the derived field " + name);
  }
  open_.erase(name);
  derived_.emplace_back(name, field.value);
  return &known_.insert_or_assign(name, std::move(field)).first->second;
}

std::vector<std::pair<std::deque<Value>*, Value>> Scope::lagged() {
  // Every Lag sees every record, whether or not an answer needed it.
  std::vector<std::pair<std::deque<Value>*, Value>> values;
  for (const auto* fields : {&locals_, &globals_})
    for (const auto& [name, field] : *fields)
      for (Node lag : descendants(field, "Lag")) values.push_back(toRemember(*this, lag));
  return values;
}

}  // namespace scorelet::reference
