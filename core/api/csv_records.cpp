// CSV result rows (RFC 4180).
#include <cmath>

#include "api/result_columns.hpp"

namespace scorelet {
namespace {

constexpr std::string_view kDiagnostics = "@diagnostics";

/// Writes the separators of one line.
class Cells {
 public:
  Cells(std::string& out, const RecordOptions& options, std::span<const std::string> lead)
      : out_(out), separator_(options.separator) {
    for (const std::string& cell : lead) next(), out_ += cell;
  }
  void next() {
    if (!empty_) out_ += separator_;
    empty_ = false;
  }
  void text(std::string_view text) {
    next();
    appendCsvCell(out_, text, separator_);
  }

 private:
  std::string& out_;
  char separator_;
  bool empty_ = true;
};

void appendCell(std::string& out, Cells& cells, const Scorer& scorer, std::size_t c, std::size_t row) {
  if (scorer.isMissing(c, row)) return cells.next();
  if (scorer.model().results()[c].dataType == DataType::string) return cells.text(scorer.view(c, row));
  const ResultValue value = scorer.value(c, row);
  switch (value.kind) {
    case ResultValue::Kind::text: return cells.text(value.text);
    case ResultValue::Kind::number:
      if (std::isinf(value.number)) return cells.text(value.number > 0 ? "INF" : "-INF");
      break;
    case ResultValue::Kind::list: {
      std::string json;
      appendJson(json, value);
      return cells.text(json);
    }
    default: break;
  }
  cells.next();
  if (value.kind != ResultValue::Kind::missing) appendJson(out, value);
}

void appendDiagnosticsCell(Cells& cells, const RecordOptions& options, const Diagnostics& diagnostics) {
  if (!options.diagnostics) return;
  std::string json;
  if (!diagnostics.empty()) appendDiagnosticsJson(json, diagnostics);
  cells.text(json);
}

}  // namespace

void appendCsvCell(std::string& out, std::string_view text, char separator) {
  bool quoted = false;
  for (const char c : text) quoted |= c == separator || c == '"' || c == '\n' || c == '\r';
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void appendCsvHeader(std::string& out, const Model& model, const RecordOptions& options,
                     std::span<const std::string> lead) {
  Cells cells(out, options, lead);
  forEachColumn(model, options, [&](std::size_t c) { cells.text(model.results()[c].name); });
  if (options.diagnostics) cells.text(kDiagnostics);
}

void appendResultCsv(std::string& out, const Scorer& scorer, std::size_t row, const RecordOptions& options,
                     std::span<const std::string> lead) {
  Cells cells(out, options, lead);
  forEachColumn(scorer.model(), options, [&](std::size_t c) { appendCell(out, cells, scorer, c, row); });
  appendDiagnosticsCell(cells, options, scorer.ok(row) ? Diagnostics{} : scorer.diagnostics(row));
}

void appendRefusedCsv(std::string& out, const Model& model, const Diagnostics& diagnostics,
                      const RecordOptions& options, std::span<const std::string> lead) {
  Cells cells(out, options, lead);
  forEachColumn(model, options, [&](std::size_t) { cells.next(); });
  appendDiagnosticsCell(cells, options, diagnostics);
}

}  // namespace scorelet
