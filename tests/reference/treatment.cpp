// Data Dictionary and Mining Schema: what becomes of one input value.
#include <limits>

#include "scope.hpp"

namespace scorelet::reference {

namespace {

enum class Standing { valid, invalid, missing };

bool isInside(Node interval, double x) {
  const double inf = std::numeric_limits<double>::infinity();
  const double left = numberOr(interval, "leftMargin", -inf), right = numberOr(interval, "rightMargin", inf);
  const std::string closure = attributeOr(interval, "closure", "openClosed");
  const bool leftClosed = closure.starts_with("closed"), rightClosed = closure.ends_with("Closed");
  return (leftClosed ? x >= left : x > left) && (rightClosed ? x <= right : x < right);
}

Standing standingOf(const Value& value, const std::string* raw, Node field, std::string& reason) {
  // A text that stands for "missing" or "invalid" need not be of the field's type ("N/A" for a number).
  const auto meets = [&](Node listed) {
    const std::string text = attributeOr(listed, "value", "");
    return (raw != nullptr && *raw == text) || equals(value, parse(text, value.type));
  };
  bool hasDomain = false, isListed = false;
  for (Node v : children(field, "Value")) {
    const std::string property = attributeOr(v, "property", "valid");
    const bool isMet = meets(v);
    if (property == "missing" && isMet) return Standing::missing;
    if (property == "invalid" && isMet) {
      reason = "declared invalid";
      return Standing::invalid;
    }
    if (property == "valid") {
      hasDomain = true;
      isListed |= value.isPresent() && isMet;
    }
  }
  if (value.isInvalid()) {
    reason = value.reason();
    return Standing::invalid;
  }
  for (Node i : children(field, "Interval")) {
    hasDomain = true;
    isListed |= (value.isNumber() || std::holds_alternative<Moment>(value.data)) && isInside(i, value.asDouble());
  }
  if (hasDomain && !isListed) {
    reason = "not in the domain";
    return Standing::invalid;
  }
  return Standing::valid;
}

}  // namespace

Value treat(Value value, const std::string* raw, Node field, Node mining, bool isInner) {
  if (isInner && value.isInvalid()) return value;
  const DataType type = value.type;
  if (!value.isMissing()) {
    std::string reason;
    const bool isForeign = value.isInvalid();  // not of the data type
    const Standing standing = standingOf(value, raw, field, reason);
    const bool isChecked = !isInner || mining.attribute("invalidValueTreatment");
    if (standing == Standing::missing) {
      value = Value::missing(type);
    } else if (standing == Standing::invalid && isChecked) {
      const std::string treatment = attributeOr(mining, "invalidValueTreatment", "returnInvalid");
      if (treatment == "asMissing")
        value = Value::missing(type);
      else if (treatment == "asValue")
        return parse(attributeOr(mining, "invalidValueReplacement", ""), type);
      else if (treatment == "asIs" && !isForeign)
        return value;
      else
        return Value::invalid(type, reason);
    } else if (value.isNumber()) {
      const std::string outliers = attributeOr(mining, "outliers", "asIs");
      const auto low = number(mining, "lowValue"), high = number(mining, "highValue");
      const double x = value.asDouble();
      if (const bool isLow = low && x < *low; outliers != "asIs" && (isLow || (high && x > *high)))
        value = outliers == "asMissingValues" ? Value::missing(type) : Value::number(isLow ? *low : *high, type);
    }
  }
  if (!value.isMissing()) return value;
  if (attributeOr(mining, "missingValueTreatment", "") == "returnInvalid")
    return Value::invalid(type, "missing where the model demands a value");
  const auto replacement = attribute(mining, "missingValueReplacement");
  return replacement ? parse(*replacement, type) : value;
}

}  // namespace scorelet::reference
