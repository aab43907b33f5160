#include <scorelet/records.hpp>

namespace scorelet {
namespace {

void appendMember(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += ",\"";
  out += name;
  out += "\":";
  appendJsonString(out, value);
}

void appendMember(std::string& out, std::string_view name, std::uint32_t value) {
  if (value == 0) return;
  out += ",\"";
  out += name;
  out += "\":";
  appendNumber(out, value);
}

}  // namespace

void appendDiagnosticsJson(std::string& out, const Diagnostics& diagnostics) {
  out += '[';
  for (const Diagnostic& d : diagnostics) {
    if (&d != &diagnostics.front()) out += ',';
    out += "{\"code\":";
    appendJsonString(out, codeName(d.code));
    appendMember(out, "severity", severityName(d.severity));
    appendMember(out, "message", d.message);
    appendMember(out, "path", d.path);
    appendMember(out, "line", d.line);
    appendMember(out, "column", d.column);
    appendMember(out, "field", d.field);
    out += '}';
  }
  out += ']';
}

}  // namespace scorelet
