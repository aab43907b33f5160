#include "corpus/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace scorelet::test {
namespace {

using nlohmann::json;
using Weights = std::vector<RowDetails::Weighted>;

std::optional<double> numberIn(const std::string& text) {
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double x = std::strtod(text.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return x;
}

bool close(double expected, double actual, double absolute, double relative) {
  if (expected == actual) return true;
  if (std::isnan(expected) || std::isnan(actual)) return std::isnan(expected) && std::isnan(actual);
  const double error = std::fabs(expected - actual);
  return error <= absolute || error <= relative * std::max(std::fabs(expected), std::fabs(actual));
}

ResultValue weightOf(const Weights& weights, const std::string& key) {
  ResultValue value;
  const auto found = std::ranges::find(weights, key, &RowDetails::Weighted::key);
  if (found != weights.end() && !std::isnan(found->value)) {
    value.kind = ResultValue::Kind::number;
    value.number = found->value;
  }
  return value;
}

/// `@name` or `@name:key`; without a key, that of the winning class (or the entity, for an affinity).
std::optional<ResultValue> detail(const std::string& name, const RowDetails& details) {
  const auto colon = name.find(':');
  const std::string head = name.substr(0, colon);
  const bool hasKey = colon != std::string::npos;
  const std::string key = hasKey ? name.substr(colon + 1) : toText(details.predictedValue);
  if (head == "@predictedValue") return details.predictedValue;
  if (head == "@predictedDisplayValue") return details.predictedDisplayValue;
  if (head == "@entityId") return details.entityId;
  if (head == "@probability") return weightOf(details.probability, key);
  if (head == "@confidence") return weightOf(details.confidence, key);
  if (head == "@affinity") return weightOf(details.affinity, hasKey ? key : toText(details.entityId));
  if (head == "@derived")
    for (const auto& [field, value] : details.derived)
      if (field == key) return value;
  return std::nullopt;
}

std::string sentence(std::size_t row, const std::string& field, const std::string& expected, const std::string& actual,
                     const Scorer& scorer) {
  std::string text = "row " + std::to_string(row + 1) + ", " + field + ": expected " + expected + ", got " + actual;
  for (const Diagnostic& diagnostic : scorer.diagnostics(row)) text += "\n      " + diagnostic.text();
  return text;
}

}  // namespace

std::string toText(const ResultValue& value) {
  std::string text;
  switch (value.kind) {
    case ResultValue::Kind::missing: return "missing";
    case ResultValue::Kind::boolean: return value.number != 0 ? "true" : "false";
    case ResultValue::Kind::text: return value.text;
    case ResultValue::Kind::number: appendNumber(text, value.number); return text;
    case ResultValue::Kind::list: break;
  }
  for (const ResultValue& item : value.items) text += (text.empty() ? "[" : ", ") + toText(item);
  return (text.empty() ? "[" : text) + "]";
}

bool matches(const json& expected, const ResultValue& actual, double absolute, double relative) {
  using Kind = ResultValue::Kind;
  if (expected == "@notNull") return actual.kind != Kind::missing;
  if (expected.is_null()) return actual.kind == Kind::missing;
  if (expected.is_array()) {
    if (actual.kind != Kind::list || actual.items.size() != expected.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (!matches(expected[i], actual.items[i], absolute, relative)) return false;
    return true;
  }
  switch (actual.kind) {
    case Kind::missing:
    case Kind::list: return false;
    case Kind::boolean:
      if (expected.is_number()) return expected.get<double>() == actual.number;
      return expected == (actual.number != 0) || expected == toText(actual);
    case Kind::text:  // a class whose name is a number may be written as one
      return expected == actual.text || (expected.is_number() && numberIn(actual.text) == expected.get<double>());
    case Kind::number: break;
  }
  if (expected.is_number()) return close(expected.get<double>(), actual.number, absolute, relative);
  const auto number = expected.is_string() ? numberIn(expected.get<std::string>()) : std::nullopt;
  return number && close(*number, actual.number, absolute, relative);
}

Comparison compare(const Case& testCase, const Table& expected, const Scorer& scorer) {
  Comparison result;
  if (expected.rows.size() != scorer.rows())
    result.differences.push_back(std::to_string(expected.rows.size()) + " expected rows for " +
                                 std::to_string(scorer.rows()) + " scored ones");
  const std::size_t rows = std::min(expected.rows.size(), scorer.rows());
  for (std::size_t c = 0; c < expected.columns.size(); ++c) {
    // A file with a single column of a name that the model does not know holds the predictions.
    const bool isPrediction = testCase.ignoresUnknownColumns && expected.columns.size() == 1 &&
                              scorer.model().resultIndex(expected.columns[0]) < 0;
    const std::string name = isPrediction ? "@predictedValue" : expected.columns[c];
    const int resultIndex = scorer.model().resultIndex(name);
    if (resultIndex < 0 && !name.starts_with('@') && testCase.ignoresUnknownColumns) continue;
    const auto exception = testCase.tolerance.relativeOf.find(name);
    const double relative =
        exception == testCase.tolerance.relativeOf.end() ? testCase.tolerance.relative : exception->second;
    for (std::size_t row = 0; row < rows; ++row) {
      const json& wanted = expected.rows[row][c];
      if (wanted.is_discarded()) continue;
      ++result.values;
      if (name == "@error") {
        if (scorer.ok(row)) result.differences.push_back(sentence(row, name, "invalid", "an answer", scorer));
        continue;
      }
      std::optional<ResultValue> actual;
      if (resultIndex >= 0)
        actual = scorer.value(static_cast<std::size_t>(resultIndex), row);
      else
        actual = detail(name, scorer.details(row));
      if (!actual)
        result.differences.push_back(sentence(row, name, wanted.dump(), "no such result", scorer));
      else if (!matches(wanted, *actual, testCase.tolerance.absolute, relative))
        result.differences.push_back(sentence(row, name, wanted.dump(), toText(*actual), scorer));
    }
  }
  return result;
}

}  // namespace scorelet::test
