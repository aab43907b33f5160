#include "expressions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorelet::reference {

namespace {

Value constant(Node e) {
  const std::string text = textIn(e);
  std::optional<DataType> type = dataTypeFromName(e.attribute("dataType").value());
  if (!type) {
    // Without a data type: integer, double or string by the form of the text.
    if (text.find('.') == std::string::npos && parse(text, DataType::integer).isPresent())
      type = DataType::integer;
    else
      type = parse(text, DataType::float64).isPresent() ? DataType::float64 : DataType::string;
  }
  return flag(e, "missing", false) ? Value::missing(*type) : parse(text, *type);
}

Value fieldRef(const Context& context, Node e) {
  const Value v = context.field(attributeOr(e, "field", "")).value;
  const auto mapped = attribute(e, "mapMissingTo");
  return v.isMissing() && mapped ? parseReplacement(*mapped, v.type) : v;
}

Value orMapped(const Value& v, Node e, DataType type) {
  if (v.isInvalid()) return Value::invalid(type, v.reason());
  const auto mapped = attribute(e, "mapMissingTo");
  return mapped ? parse(*mapped, type) : Value::missing(type);
}

Value normContinuous(const Context& context, Node e) {
  const Value v = cast(context.field(attributeOr(e, "field", "")).value, DataType::float64);
  if (!v.isPresent()) return orMapped(v, e, DataType::float64);
  const double x = v.asDouble();
  std::vector<double> orig, norm;
  for (Node p : children(e, "LinearNorm")) {
    orig.push_back(numberOr(p, "orig", 0));
    norm.push_back(numberOr(p, "norm", 0));
  }
  const std::string outliers = attributeOr(e, "outliers", "asIs");
  const bool isBelow = x<orig.front(), isAbove = x> orig.back();
  if (isBelow || isAbove) {
    if (outliers == "asMissingValues") return Value::missing(DataType::float64);
    if (outliers == "asExtremeValues") return Value::number(isBelow ? norm.front() : norm.back());
  }
  // A knot belongs to the segment that it opens; beyond the ends the end segments go on.
  std::size_t i = 0;
  while (i + 2 < orig.size() && x >= orig[i + 1]) ++i;
  return Value::number(norm[i] + (x - orig[i]) / (orig[i + 1] - orig[i]) * (norm[i + 1] - norm[i]));
}

Value normDiscrete(const Context& context, Node e) {
  const Value v = context.field(attributeOr(e, "field", "")).value;
  if (!v.isPresent()) return orMapped(v, e, DataType::float64);
  return Value::number(equals(v, parse(attributeOr(e, "value", ""), v.type)) ? 1 : 0);
}

Value defaultOf(Node e, DataType type) {
  const auto text = attribute(e, "defaultValue");
  return text ? parse(*text, type) : Value::missing(type);
}

Value discretize(const Context& context, Node e) {
  const DataType type = dataTypeOf(e, context.wanted.value_or(DataType::string));
  const Value v = cast(context.field(attributeOr(e, "field", "")).value, DataType::float64);
  if (!v.isPresent()) return orMapped(v, e, type);
  const double x = v.asDouble(), inf = std::numeric_limits<double>::infinity();
  for (Node bin : children(e, "DiscretizeBin"))
    for (Node i : children(bin, "Interval")) {
      const double left = numberOr(i, "leftMargin", -inf), right = numberOr(i, "rightMargin", inf);
      const std::string closure = attributeOr(i, "closure", "openClosed");
      const bool afterLeft = closure.starts_with("closed") ? x >= left : x > left;
      const bool beforeRight = closure.ends_with("Closed") ? x <= right : x < right;
      if (afterLeft && beforeRight) return parse(attributeOr(bin, "binValue", ""), type);
    }
  return defaultOf(e, type);
}

Node cellOf(Node row, std::string column) {
  if (const std::size_t colon = column.find(':'); colon != std::string::npos) column = column.substr(colon + 1);
  return child(row, column);
}

Value mapValues(const Context& context, Node e) {
  const DataType type = dataTypeOf(e, context.wanted.value_or(DataType::string));
  std::vector<std::pair<Value, std::string>> keys;
  for (Node p : children(e, "FieldColumnPair"))
    keys.emplace_back(context.field(attributeOr(p, "field", "")).value, attributeOr(p, "column", ""));
  const Value* absent = nullptr;
  for (const auto& [value, column] : keys)
    if (!value.isPresent() && (absent == nullptr || value.isInvalid())) absent = &value;
  if (absent != nullptr) return orMapped(*absent, e, type);
  for (Node row : children(child(e, "InlineTable"), "row")) {
    const bool matches = std::all_of(keys.begin(), keys.end(), [&](const auto& key) {
      const Node cell = cellOf(row, key.second);
      return cell && equals(key.first, parse(textIn(cell), key.first.type));
    });
    if (!matches) continue;
    const Node out = cellOf(row, attributeOr(e, "outputColumn", ""));
    return out ? parse(textIn(out), type) : Value::missing(type);
  }
  return defaultOf(e, type);
}

Value aggregate(const Context& context, Node e) {
  const Value list = context.field(attributeOr(e, "field", "")).value;
  const std::string function = attributeOr(e, "function", "");
  const bool isCount = function == "count";
  if (list.isInvalid() || (!isCount && !list.isList())) return list;
  if (function == "multiset") return list;
  std::vector<double> present;
  double count = 0;
  DataType type = DataType::float64;
  if (list.isList())
    for (const Value& v : list.items()) {
      if (v.isInvalid()) return v;
      if (!v.isPresent()) continue;
      ++count;
      type = v.type;
      if (!isCount) present.push_back(v.asDouble());
    }
  if (isCount) return Value::number(count, DataType::integer);
  if (present.empty()) return Value::missing(type);
  double sum = 0;
  for (const double x : present) sum += x;
  if (function == "sum") return Value::number(sum);
  if (function == "average") return Value::number(sum / count);
  return Value::number(function == "min" ? *std::min_element(present.begin(), present.end())
                                         : *std::max_element(present.begin(), present.end()),
                       type);
}

std::pair<std::size_t, std::size_t> lagKey(const Scope& scope, Node e) {
  return {e.hash_value(), scope.model().hash_value()};
}

std::string blockOf(const Context& context, Node e) {
  std::string block;
  for (Node b : children(e, "BlockIndicator")) {
    const Value v = context.field(attributeOr(b, "field", "")).value;
    block += v.isPresent() ? "=" + textOf(v) + "\n" : "?\n";
  }
  return block;
}

Value lag(const Context& context, Node e) {
  const auto n = static_cast<std::size_t>(numberOr(e, "n", 1));
  const std::string how = attributeOr(e, "aggregate", "none");
  const DataType fieldType = context.field(attributeOr(e, "field", "")).value.type;
  const bool keepsType = how == "none" || how == "min" || how == "max";
  const DataType type = keepsType ? fieldType : DataType::float64;
  const std::deque<Value>& past = context.scope.session().lags[lagKey(context.scope, e)][blockOf(context, e)];
  if (past.size() < n) return Value::missing(type);
  if (how == "none") return past[past.size() - n];
  std::vector<double> window;
  for (std::size_t i = past.size() - n; i < past.size(); ++i) {
    if (past[i].isInvalid()) return past[i];
    if (past[i].isPresent()) window.push_back(past[i].asDouble());
  }
  if (window.empty()) return Value::missing(type);
  const auto count = static_cast<double>(window.size());
  double sum = 0, product = 1, squares = 0;
  for (const double x : window) sum += x, product *= x;
  if (how == "sum") return Value::number(sum);
  if (how == "product") return Value::number(product);
  if (how == "avg") return Value::number(sum / count);
  for (const double x : window) squares += (x - sum / count) * (x - sum / count);
  if (how == "stddev")
    return window.size() < 2 ? Value::missing(type) : Value::number(std::sqrt(squares / (count - 1)));
  std::sort(window.begin(), window.end());
  if (how == "min") return Value::number(window.front(), type);
  if (how == "max") return Value::number(window.back(), type);
  const std::size_t half = window.size() / 2;
  return Value::number(window.size() % 2 != 0 ? window[half] : (window[half - 1] + window[half]) / 2);
}

}  // namespace

Field Context::field(const std::string& name) const {
  if (parameters != nullptr) {
    const auto at = parameters->find(name);
    return at != parameters->end() ? at->second
                                   : Field{Value::invalid(DataType::string, name + " is not a parameter"), false, {}};
  }
  const Field* field = scope.find(name);
  return field != nullptr ? *field : Field{Value::invalid(DataType::string, "there is no field " + name), false, {}};
}

std::pair<std::deque<Value>*, Value> toRemember(Scope& scope, Node e) {
  const Context context{scope};
  std::deque<Value>& past = scope.session().lags[lagKey(scope, e)][blockOf(context, e)];
  return {&past, context.field(attributeOr(e, "field", "")).value};
}

Value evaluate(const Context& context, Node e) {
  const std::string_view name = localName(e);
  if (name == "Constant") return constant(e);
  if (name == "FieldRef") return fieldRef(context, e);
  if (name == "NormContinuous") return normContinuous(context, e);
  if (name == "NormDiscrete") return normDiscrete(context, e);
  if (name == "Discretize") return discretize(context, e);
  if (name == "MapValues") return mapValues(context, e);
  if (name == "TextIndex") return evaluateTextIndex(context, e);
  if (name == "Apply") return evaluateApply(context, e);
  if (name == "Aggregate") return aggregate(context, e);
  if (name == "Lag") return lag(context, e);
  return Value::invalid(DataType::string, std::string(name) + " is not an expression");
}

}  // namespace scorelet::reference
