#include "rows.hpp"

#include <utility>

namespace scorelet::cli {

std::optional<Format> formatOf(const std::string& path) {
  for (const char* extension : {".csv", ".tsv"}) {
    if (path.ends_with(extension)) return Format::csv;
  }
  for (const char* extension : {".ndjson", ".jsonl"}) {
    if (path.ends_with(extension)) return Format::ndjson;
  }
  return std::nullopt;
}

std::unique_ptr<OpenedRows> openRows(const Model& model, const std::string& path, const std::vector<std::string>& ids) {
  auto out = std::make_unique<OpenedRows>(OpenedRows{Input::ofFile(path), nullptr});
  if (!out->input.failure().empty()) return out;
  const Format format = formatOf(path).value_or(sniff(out->input));
  if (!out->input.failure().empty()) return out;
  RowOptions options;
  options.ids = ids;
  options.separator = path.ends_with(".tsv") ? '\t' : ',';
  out->rows = format == Format::csv ? csvRows(model, out->input, options) : ndjsonRows(model, out->input, options);
  return out;
}

Diagnostics badRecord(std::string message) {
  Diagnostic d;
  d.code = Code::badRecord;
  d.message = std::move(message);
  return {std::move(d)};
}

Diagnostic note(Code code, std::string field, std::string message) {
  Diagnostic d;
  d.code = code;
  d.severity = Severity::note;
  d.field = std::move(field);
  d.message = std::move(message);
  return d;
}

Format sniff(Input& input) {
  const std::string_view chunk = input.chunk();
  const std::size_t at = chunk.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && (chunk[at] == '{' || chunk[at] == '[') ? Format::ndjson : Format::csv;
}

}  // namespace scorelet::cli
