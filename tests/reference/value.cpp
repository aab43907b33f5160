#include "value.hpp"

#include <cmath>

#include <scorelet/records.hpp>
#include "base/number.hpp"
#include "calendar.hpp"

namespace scorelet::reference {

namespace {

bool isMoment(DataType type) { return type == DataType::date || type == DataType::time || type == DataType::dateTime; }

std::optional<int> dayEpoch(DataType type) {
  switch (type) {
    case DataType::dateDaysSince0: return 0;
    case DataType::dateDaysSince1960: return 1960;
    case DataType::dateDaysSince1970: return 1970;
    case DataType::dateDaysSince1980: return 1980;
    default: return std::nullopt;
  }
}

std::optional<int> secondEpoch(DataType type) {
  switch (type) {
    case DataType::dateTimeSecondsSince0: return 0;
    case DataType::dateTimeSecondsSince1960: return 1960;
    case DataType::dateTimeSecondsSince1970: return 1970;
    case DataType::dateTimeSecondsSince1980: return 1980;
    default: return std::nullopt;
  }
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

Value notCastable(std::string_view text, DataType type) {
  return Value::invalid(type, quoted(text) + " is not of type " + std::string(dataTypeName(type)));
}

Value moment(std::optional<double> count, std::string_view text, DataType type) {
  return count ? Value{Moment{*count}, type} : notCastable(text, type);
}

}  // namespace

Value Value::number(double x, DataType type) {
  if (x != x) return invalid(type, "not a number");
  return {type == DataType::float32 ? toFloat(x) : x, type};
}

double Value::asDouble() const {
  if (const bool* b = std::get_if<bool>(&data)) return *b ? 1 : 0;
  if (const Moment* m = std::get_if<Moment>(&data)) return m->count;
  return std::get<double>(data);
}

bool equals(const Value& a, const Value& b) {
  if (!a.isPresent() || !b.isPresent()) return false;
  if (a.isText() != b.isText() || a.isList() || b.isList()) return false;
  return a.isText() ? a.asText() == b.asText() : a.asDouble() == b.asDouble();
}

bool less(const Value& a, const Value& b) {
  if (a.isText() && b.isText()) return a.asText() < b.asText();
  if (a.isText() || b.isText()) return false;
  return a.asDouble() < b.asDouble();
}

std::string textOf(const Value& value) {
  std::string out;
  if (value.isText()) return value.asText();
  if (value.isList())
    for (std::size_t i = 0; i < value.items().size(); ++i) out += (i == 0 ? "" : ", ") + textOf(value.items()[i]);
  if (const bool* b = std::get_if<bool>(&value.data)) return *b ? "true" : "false";
  if (const Moment* m = std::get_if<Moment>(&value.data))
    return value.type == DataType::date   ? isoDate(m->count)
           : value.type == DataType::time ? isoTime(m->count)
                                          : isoDateTime(m->count);
  if (value.isNumber()) {
    const double x = value.asDouble();
    if (std::isinf(x)) return x > 0 ? "INF" : "-INF";
    appendNumber(out, x);
  }
  return out;
}

Value parse(std::string_view text, DataType type) {
  switch (type) {
    case DataType::string: return Value::text(std::string(text));
    case DataType::boolean: {
      const auto b = parseBoolean(trim(text));
      return b ? Value::boolean(*b) : notCastable(text, type);
    }
    case DataType::integer: {
      const auto x = parseInteger(text);
      return x ? Value::number(*x, type) : notCastable(text, type);
    }
    case DataType::float32:
    case DataType::float64: {
      const auto x = parseDouble(text);
      return x ? Value::number(*x, type) : notCastable(text, type);
    }
    case DataType::date: return moment(parseIsoDate(trim(text)), text, type);
    case DataType::time: return moment(parseIsoTime(trim(text)), text, type);
    case DataType::dateTime: {
      const auto t = parseIsoDateTime(trim(text));
      if (t) return moment(t, text, type);
      const auto d = parseIsoDate(trim(text));
      return moment(d ? std::optional(*d * 86400) : std::nullopt, text, type);
    }
    case DataType::list: return notCastable(text, type);
    default: break;
  }
  // Counts of days and seconds: a number, or the date that it counts to.
  if (const auto x = dayEpoch(type) ? parseInteger(text) : parseDouble(text)) return Value::number(*x, type);
  for (const DataType form : {DataType::date, DataType::dateTime, DataType::time})
    if (const Value v = parse(text, form); v.isPresent()) return cast(v, type);
  return notCastable(text, type);
}

Value parseReplacement(std::string_view text, DataType type) {
  const Value v = parse(text, type);
  return v.isInvalid() && type == DataType::integer ? parse(text, DataType::float64) : v;
}

Value cast(const Value& value, DataType type) {
  if (value.isMissing()) return Value::missing(type);
  if (value.isInvalid()) return Value::invalid(type, value.reason());
  if (value.type == type) return value;
  if (value.isList()) return Value::invalid(type, "a list is not a single value");
  if (value.isText()) return parse(value.asText(), type);
  if (type == DataType::string) return Value::text(textOf(value));
  const auto fail = [&] { return notCastable(textOf(value), type); };

  if (isMoment(value.type)) {
    const double count = value.asDouble();
    if (value.type == DataType::time) {
      if (type == DataType::timeSeconds) return Value::number(count, type);
      return fail();
    }
    const double seconds = value.type == DataType::date ? count * 86400 : count;
    const double days = value.type == DataType::date ? count : std::floor(count / 86400);
    if (type == DataType::date) return {Moment{days}, type};
    if (type == DataType::dateTime) return {Moment{seconds}, type};
    if (type == DataType::time) return {Moment{seconds - days * 86400}, type};
    if (const auto y = dayEpoch(type)) return Value::number(days - daysToYear(*y), type);
    if (const auto y = secondEpoch(type)) return Value::number(seconds - daysToYear(*y) * 86400, type);
    return fail();
  }
  const double x = value.asDouble();
  switch (type) {
    case DataType::boolean: return x == 0 || x == 1 ? Value::boolean(x == 1) : fail();
    case DataType::integer: return std::isinf(x) ? fail() : Value::number(roundHalfUp(x), type);
    case DataType::date:
      if (const auto y = dayEpoch(value.type)) return {Moment{x + daysToYear(*y)}, type};
      return fail();
    case DataType::dateTime:
      if (const auto y = secondEpoch(value.type)) return {Moment{x + daysToYear(*y) * 86400}, type};
      return fail();
    case DataType::time:
    case DataType::list: return fail();
    default: return Value::number(x, type);
  }
}

Value castItems(const Value& value, DataType type) {
  if (!value.isList()) return cast(value, type);
  std::vector<Value> items;
  for (const Value& item : value.items()) items.push_back(cast(item, type));
  return Value::list(std::move(items));
}

double roundHalfUp(double x) {
  const double down = std::floor(x);
  return x - down < 0.5 || std::isinf(x) ? down : down + 1;
}

DataType commonType(DataType a, DataType b) {
  if (a == b) return a;
  if (a == DataType::string || b == DataType::string) {
    const DataType other = a == DataType::string ? b : a;
    return isMoment(other) || other == DataType::boolean ? other : DataType::string;
  }
  if (isMoment(a) && isMoment(b)) return DataType::dateTime;
  const auto isSmall = [](DataType t) { return t == DataType::integer || t == DataType::float32; };
  return isSmall(a) && isSmall(b) ? DataType::float32 : DataType::float64;
}

}  // namespace scorelet::reference
