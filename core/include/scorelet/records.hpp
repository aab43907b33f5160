// Text records in, text records out: the conversions that every host needs, without a JSON library.
// The layout of result rows is a contract: docs/output-contract.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/model.hpp>

namespace scorelet {

/// Appends the shortest decimal that reads back to the same double, laid out as JavaScript's
/// Number.prototype.toString does ("100000", "1e+21", "-0" as "0").
void appendNumber(std::string& out, double x);

/// Appends `text` as a JSON string with quotes and escapes.
void appendJsonString(std::string& out, std::string_view text);

/// Appends a value as JSON: null, number, true/false, string or array. Infinities become strings ("INF").
void appendJson(std::string& out, const ResultValue& value);

/// [{"code", "severity", "message", "path", "line", "column", "field"}]; what is empty is left out.
void appendDiagnosticsJson(std::string& out, const Diagnostics& diagnostics);

/// {"records", "fields", "passed", "mismatches": [{"record", "field", "expected", "actual"}], "diagnostics"}.
void appendVerificationJson(std::string& out, const VerificationReport& report);

/// Appends one CSV cell (RFC 4180), quoted only if it must be.
void appendCsvCell(std::string& out, std::string_view text, char separator = ',');

/// Which parts of a result row are written.
struct RecordOptions {
  bool allOutputs = false;   ///< include OutputFields with isFinalResult="false"
  bool details = false;      ///< JSON: add "@details"
  bool diagnostics = true;   ///< JSON: add "@diagnostics" to rows that have any; CSV: a last column of that name
  char separator = ',';      ///< CSV
  std::vector<int> columns;  ///< indices into `Model::results()`, in this order; empty: all (final) ones
};

/// One result row of the last batch as a JSON object or as the cells of a CSV line, without a line end.
/// `lead`: members (`"id":7`) or cells (`7`) to put first, ready-made.
void appendResultJson(std::string& out, const Scorer& scorer, std::size_t row, const RecordOptions& options = {},
                      std::span<const std::string> lead = {});
void appendResultCsv(std::string& out, const Scorer& scorer, std::size_t row, const RecordOptions& options = {},
                     std::span<const std::string> lead = {});

/// The row of a record that could not even be scored: results missing, `diagnostics` (not empty) say why.
void appendRefusedJson(std::string& out, const Model& model, const Diagnostics& diagnostics,
                       const RecordOptions& options = {}, std::span<const std::string> lead = {});
void appendRefusedCsv(std::string& out, const Model& model, const Diagnostics& diagnostics,
                      const RecordOptions& options = {}, std::span<const std::string> lead = {});

/// The names of a CSV result row.
void appendCsvHeader(std::string& out, const Model& model, const RecordOptions& options = {},
                     std::span<const std::string> lead = {});

}  // namespace scorelet
