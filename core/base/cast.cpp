// Conversions between data types (spec: Transformations, "Conversions").
#include <cmath>

#include <scorelet/records.hpp>

#include "base/datetime.hpp"
#include "base/number.hpp"

namespace scorelet {

namespace {

/// What the lanes of a data type count.
enum class Kind : std::uint8_t { text, number, boolean, days, seconds, clock, list };

struct Traits {
  Kind kind;
  bool isNumber;  // the lanes are numbers of the model (the …Since families, timeSeconds)
  bool isWhole;
  std::int64_t epoch;  // days from 1970-01-01 to the type's own zero
};

Traits traitsOf(DataType type) noexcept {
  constexpr std::int64_t k0 = -719528, k1960 = -3653, k1980 = 3652;
  switch (type) {
    case DataType::string: return {Kind::text, false, false, 0};
    case DataType::integer: return {Kind::number, true, true, 0};
    case DataType::float32:
    case DataType::float64: return {Kind::number, true, false, 0};
    case DataType::boolean: return {Kind::boolean, false, true, 0};
    case DataType::date: return {Kind::days, false, true, 0};
    case DataType::time: return {Kind::clock, false, false, 0};
    case DataType::dateTime: return {Kind::seconds, false, false, 0};
    case DataType::dateDaysSince0: return {Kind::days, true, true, k0};
    case DataType::dateDaysSince1960: return {Kind::days, true, true, k1960};
    case DataType::dateDaysSince1970: return {Kind::days, true, true, 0};
    case DataType::dateDaysSince1980: return {Kind::days, true, true, k1980};
    case DataType::timeSeconds: return {Kind::clock, true, false, 0};
    case DataType::dateTimeSecondsSince0: return {Kind::seconds, true, false, k0};
    case DataType::dateTimeSecondsSince1960: return {Kind::seconds, true, false, k1960};
    case DataType::dateTimeSecondsSince1970: return {Kind::seconds, true, false, 0};
    case DataType::dateTimeSecondsSince1980: return {Kind::seconds, true, false, k1980};
    case DataType::list: break;
  }
  return {Kind::list, false, false, 0};
}

constexpr double kDay = 86400;

Value notCastable() noexcept { return invalid(Reason::notCastable); }

Value orInvalid(const std::optional<double>& x) noexcept {
  return x ? checked(*x, Reason::notCastable) : notCastable();
}

Value numberAs(double x, DataType to, const Traits& traits) noexcept {
  if (traits.isWhole) return std::isinf(x) ? notCastable() : roundHalfUp(x);
  return to == DataType::float32 ? toFloat(x) : x;
}

/// Dates and times among each other: by seconds since 1970-01-01T00:00:00.
Value momentAs(double x, const Traits& from, const Traits& to) noexcept {
  if (from.kind == Kind::clock || to.kind == Kind::clock) {
    if (from.kind == to.kind) return x;
    if (from.kind != Kind::seconds) return notCastable();
    return x - std::floor(x / kDay) * kDay;  // every epoch is a midnight
  }
  // Whole days apart from the time of day, so that no precision is lost on the way between epochs.
  const double days = from.kind == Kind::days ? x : std::floor(x / kDay);
  const double rest = from.kind == Kind::days ? 0 : x - days * kDay;
  const double shifted = days + static_cast<double>(from.epoch - to.epoch);
  return to.kind == Kind::days ? shifted : shifted * kDay + rest;
}

/// A date, or a dateTime of which the day is wanted; days since 1970-01-01.
std::optional<double> parseDay(std::string_view text) noexcept {
  if (const auto days = parseDate(text)) return days;
  const auto seconds = parseDateTime(text);
  return seconds ? std::optional(std::floor(*seconds / kDay)) : std::nullopt;
}

/// A dateTime, or a date as its midnight; seconds since 1970-01-01T00:00:00.
std::optional<double> parseInstant(std::string_view text) noexcept {
  if (const auto seconds = parseDateTime(text)) return seconds;
  const auto days = parseDate(text);
  return days ? std::optional(*days * kDay) : std::nullopt;
}

}  // namespace

Value parseText(std::string_view text, DataType type) {
  const Traits traits = traitsOf(type);
  if (traits.isNumber && traits.kind != Kind::number) {
    if (const auto x = traits.isWhole ? parseInteger(text) : parseDouble(text)) return checked(*x, Reason::notCastable);
    if (type == DataType::timeSeconds) return orInvalid(parseTime(text));
    const bool isDays = traits.kind == Kind::days;
    const auto x = isDays ? parseDay(text) : parseInstant(text);
    return x ? *x - static_cast<double>(traits.epoch) * (isDays ? 1 : kDay) : notCastable();
  }
  switch (type) {
    case DataType::integer: return orInvalid(parseInteger(text));
    case DataType::float32: return toFloat(orInvalid(parseDouble(text)));
    case DataType::float64: return orInvalid(parseDouble(text));
    case DataType::boolean: {
      const auto b = parseBoolean(text);
      return b ? fromBool(*b) : notCastable();
    }
    case DataType::date: return orInvalid(parseDate(text));
    case DataType::time: {
      const auto seconds = parseTime(text);
      return seconds && *seconds >= 0 && *seconds < kDay ? *seconds : notCastable();
    }
    case DataType::dateTime: return orInvalid(parseInstant(text));
    default: return notCastable();
  }
}

Value castText(std::string_view text, DataType type, Strings& strings) {
  return type == DataType::string ? strings.intern(text) : parseText(text, type);
}

Value castValue(Value value, DataType from, DataType to, Strings& strings) {
  if (from == to) return value;
  const Traits a = traitsOf(from), b = traitsOf(to);
  if (a.kind == Kind::list || b.kind == Kind::list) return notCastable();
  if (a.kind == Kind::text) {
    // The text may live in the pool that `intern` appends to; parsing does not intern.
    return castText(strings.text(value), to, strings);
  }
  if (b.kind == Kind::text) {
    std::string& text = strings.buffer();
    appendText(text, value, from, strings);
    return strings.intern(text);
  }
  if (a.kind == Kind::boolean) return b.kind == Kind::number ? value : notCastable();
  if (b.kind == Kind::boolean) return a.kind == Kind::number && (value == 0 || value == 1) ? value : notCastable();
  const bool areMoments = a.kind != Kind::number && b.kind != Kind::number;
  if (areMoments) return momentAs(value, a, b);
  return a.isNumber && b.isNumber ? numberAs(value, to, b) : notCastable();
}

void appendText(std::string& out, Value value, DataType type, const Strings& strings) {
  switch (type) {
    case DataType::string: out += strings.text(value); break;
    case DataType::boolean: out += value != 0 ? "true" : "false"; break;
    case DataType::date: appendDate(out, value); break;
    case DataType::time: appendTime(out, value); break;
    case DataType::dateTime: appendDateTime(out, value); break;
    case DataType::list: break;  // lists are printed item by item by those who hold them
    default: appendNumber(out, value); break;
  }
}

}  // namespace scorelet
