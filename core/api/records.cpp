// JSON: texts, values, result rows.
#include <scorelet/records.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_plain.hpp"
#include "api/result_columns.hpp"
#include "base/hexadecimal.hpp"
#include "base/text.hpp"

namespace scorelet {
namespace {

/// The escape of a byte that JSON strings must not hold, nullptr if there is no short one.
const char* shortEscape(char c) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return nullptr;
  }
}

bool needsEscape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

/// Writes the commas of one object or array.
class Members {
 public:
  explicit Members(std::string& out) : out_(out), start_(out.size()) {}
  void next() {
    if (out_.size() > start_) out_ += ',';
  }
  void all(std::span<const std::string> readyMade) {
    for (const std::string& member : readyMade) next(), out_ += member;
  }
  void name(std::string_view name) {
    next();
    appendJsonString(out_, name);
    out_ += ':';
  }

 private:
  std::string& out_;
  std::size_t start_;
};

void appendWeighted(std::string& out, Members& members, std::string_view name,
                    const std::vector<RowDetails::Weighted>& list) {
  if (list.empty()) return;
  members.name(name);
  out += '{';
  Members keys(out);
  for (const auto& [key, value] : list) {
    keys.name(key);
    ResultValue number;
    if (!std::isnan(value)) number.kind = ResultValue::Kind::number, number.number = value;
    appendJson(out, number);
  }
  out += '}';
}

void appendDetails(std::string& out, const RowDetails& details) {
  out += '{';
  Members members(out);
  for (const auto& [name, value] :
       {std::pair<const char*, const ResultValue*>{"predictedValue", &details.predictedValue},
        {"predictedDisplayValue", &details.predictedDisplayValue},
        {"entityId", &details.entityId}}) {
    if (value->kind == ResultValue::Kind::missing) continue;
    members.name(name);
    appendJson(out, *value);
  }
  appendWeighted(out, members, "probability", details.probability);
  appendWeighted(out, members, "confidence", details.confidence);
  appendWeighted(out, members, "affinity", details.affinity);
  if (!details.derived.empty()) {
    members.name("derived");
    out += '{';
    Members fields(out);
    for (const auto& [name, value] : details.derived) {
      fields.name(name);
      appendJson(out, value);
    }
    out += '}';
  }
  out += '}';
}

void appendJsonNumber(std::string& out, double x) {
  if (std::isinf(x)) {
    out += x > 0 ? "\"INF\"" : "\"-INF\"";
  } else {
    appendNumber(out, x);
  }
}

/// A cell of the last batch; the frequent types without an allocation.
void appendCell(std::string& out, const Scorer& scorer, std::size_t c, std::size_t row) {
  if (scorer.isMissing(c, row)) {
    out += "null";
    return;
  }
  switch (scorer.model().results()[c].dataType) {
    case DataType::string: return appendJsonString(out, scorer.view(c, row));
    case DataType::boolean: out += scorer.column(c)[row] != 0 ? "true" : "false"; return;
    case DataType::integer:
    case DataType::float32:
    case DataType::float64: return appendJsonNumber(out, scorer.column(c)[row]);
    default: return appendJson(out, scorer.value(c, row));
  }
}

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
  out += '"';
  if (std::ranges::all_of(text, isPlainJson)) {
    out.append(text) += '"';
    return;
  }
  std::size_t plain = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !needsEscape(text[i])) continue;
    appendValidUtf8(out, text.substr(plain, i - plain));
    plain = i + 1;
    if (i == text.size()) break;
    if (const char* escape = shortEscape(text[i])) {
      out += escape;
    } else {
      out += "\\u00";
      appendHex(out, static_cast<std::byte>(text[i]));
    }
  }
  out += '"';
}

void appendJson(std::string& out, const ResultValue& value) {
  switch (value.kind) {
    case ResultValue::Kind::missing: out += "null"; return;
    case ResultValue::Kind::boolean: out += value.number != 0 ? "true" : "false"; return;
    case ResultValue::Kind::text: return appendJsonString(out, value.text);
    case ResultValue::Kind::number: return appendJsonNumber(out, value.number);
    case ResultValue::Kind::list: {
      out += '[';
      Members items(out);
      for (const ResultValue& item : value.items) {
        items.next();
        appendJson(out, item);
      }
      out += ']';
    }
  }
}

void appendVerificationJson(std::string& out, const VerificationReport& report) {
  out += "{\"records\":";
  appendNumber(out, static_cast<double>(report.records));
  out += ",\"fields\":";
  appendNumber(out, static_cast<double>(report.fields));
  out += report.passed() ? ",\"passed\":true,\"mismatches\":[" : ",\"passed\":false,\"mismatches\":[";
  Members mismatches(out);
  for (const VerificationMismatch& m : report.mismatches) {
    mismatches.next();
    out += "{\"record\":";
    appendNumber(out, static_cast<double>(m.record));
    out += ",\"field\":";
    appendJsonString(out, m.field);
    out += ",\"expected\":";
    appendJsonString(out, m.expected);
    out += ",\"actual\":";
    appendJsonString(out, m.actual);
    out += '}';
  }
  out += "],\"diagnostics\":";
  appendDiagnosticsJson(out, report.diagnostics);
  out += '}';
}

void appendResultJson(std::string& out, const Scorer& scorer, std::size_t row, const RecordOptions& options,
                      std::span<const std::string> lead) {
  out += '{';
  Members members(out);
  members.all(lead);
  forEachColumn(scorer.model(), options, [&](std::size_t c) {
    members.name(scorer.model().results()[c].name);
    appendCell(out, scorer, c, row);
  });
  if (options.details) {
    members.name("@details");
    appendDetails(out, scorer.details(row));
  }
  if (options.diagnostics && !scorer.ok(row)) {
    members.name("@diagnostics");
    appendDiagnosticsJson(out, scorer.diagnostics(row));
  }
  out += '}';
}

void appendRefusedJson(std::string& out, const Model& model, const Diagnostics& diagnostics,
                       const RecordOptions& options, std::span<const std::string> lead) {
  out += '{';
  Members members(out);
  members.all(lead);
  forEachColumn(model, options, [&](std::size_t c) {
    members.name(model.results()[c].name);
    out += "null";
  });
  if (options.diagnostics) {
    members.name("@diagnostics");
    appendDiagnosticsJson(out, diagnostics);
  }
  out += '}';
}

}  // namespace scorelet
