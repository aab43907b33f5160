// Text records in, text records out: the conversions that every host needs, without a JSON library.
#pragma once

#include <string>
#include <string_view>

#include <scorelet/model.hpp>

namespace scorelet {

/// Appends the shortest decimal that reads back to the same double, laid out as JavaScript's
/// Number.prototype.toString does ("100000", "1e+21", "-0" as "0").
void appendNumber(std::string& out, double x);

/// Appends `text` as a JSON string with quotes and escapes.
void appendJsonString(std::string& out, std::string_view text);

/// Appends a value as JSON: null, number, true/false, string or array. Infinities become strings ("INF").
void appendJson(std::string& out, const ResultValue& value);

/// One result row of the last batch as a JSON object: the output contract of docs/output-contract.md.
struct RecordOptions {
  bool allOutputs = false;  ///< include OutputFields with isFinalResult="false"
  bool details = false;     ///< add "@details"
  bool diagnostics = true;  ///< add "@diagnostics" to rows that have any
};
void appendResultJson(std::string& out, const Scorer& scorer, std::size_t row, const RecordOptions& options = {});

}  // namespace scorelet
