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
