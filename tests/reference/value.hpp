// The reference interpreter's own values: what they are is written out, nothing is packed.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <scorelet/fields.hpp>

namespace scorelet::reference {

struct Missing {};
/// Why a value is invalid, in words.
struct Invalid {
  std::string reason;
};
/// date: days since 1970-01-01; time: seconds since midnight; dateTime: seconds since 1970-01-01T00:00:00.
struct Moment {
  double count = 0;
};

/// A value with the data type of the field or expression that it came from. Missing and invalid values keep
/// the type, since the type of a function's result follows from those of its arguments.
struct Value {
  std::variant<Missing, Invalid, double, bool, std::string, Moment, std::vector<Value>> data;
  DataType type = DataType::string;

  static Value missing(DataType type) { return {Missing{}, type}; }
  static Value invalid(DataType type, std::string reason) { return {Invalid{std::move(reason)}, type}; }
  static Value number(double x, DataType type = DataType::float64);
  static Value boolean(bool b) { return {b, DataType::boolean}; }
  static Value text(std::string s) { return {std::move(s), DataType::string}; }
  static Value list(std::vector<Value> items) { return {std::move(items), DataType::list}; }

  [[nodiscard]] bool isMissing() const { return std::holds_alternative<Missing>(data); }
  [[nodiscard]] bool isInvalid() const { return std::holds_alternative<Invalid>(data); }
  [[nodiscard]] bool isPresent() const { return !isMissing() && !isInvalid(); }
  [[nodiscard]] bool isNumber() const { return std::holds_alternative<double>(data); }
  [[nodiscard]] bool isText() const { return std::holds_alternative<std::string>(data); }
  [[nodiscard]] bool isList() const { return std::holds_alternative<std::vector<Value>>(data); }
  /// Numbers, booleans as 0/1 and moments as their count; only for present values of these kinds.
  [[nodiscard]] double asDouble() const;
  [[nodiscard]] const std::string& asText() const { return std::get<std::string>(data); }
  [[nodiscard]] const std::vector<Value>& items() const { return std::get<std::vector<Value>>(data); }
  [[nodiscard]] const std::string& reason() const { return std::get<Invalid>(data).reason; }
};

/// Same kind and same content (numbers and moments by ==); missing and invalid equal nothing.
[[nodiscard]] bool equals(const Value& a, const Value& b);
/// Ascending order of two present values of one kind.
[[nodiscard]] bool less(const Value& a, const Value& b);
/// The text of a present value: numbers in shortest form, booleans true/false, moments in ISO form, lists with commas.
[[nodiscard]] std::string textOf(const Value& value);
/// Text as a value of `type`; invalid if it is none.
[[nodiscard]] Value parse(std::string_view text, DataType type);
/// The same for what may stand in the place of an expression's value: an integer one may become real.
[[nodiscard]] Value parseReplacement(std::string_view text, DataType type);
/// A value as a value of another type; missing and invalid stay what they are.
[[nodiscard]] Value cast(const Value& value, DataType type);
/// The same for each item of a list; a single value is cast.
[[nodiscard]] Value castItems(const Value& value, DataType type);
/// The type in which two values are compared.
[[nodiscard]] DataType commonType(DataType a, DataType b);

/// Nearest integer, halves upward; exact where x + 0.5 is not.
[[nodiscard]] double roundHalfUp(double x);
[[nodiscard]] inline double toFloat(double x) { return static_cast<double>(static_cast<float>(x)); }

}  // namespace scorelet::reference
