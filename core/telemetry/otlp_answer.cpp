// collector/logs/v1 ExportLogsServiceResponse and its like of metrics: both have the same shape.
#include <scorelet/telemetry/otlp.hpp>

#include "api/json_reader.hpp"
#include "base/number.hpp"
#include "telemetry/json_text.hpp"
#include "telemetry/protobuf_reading.hpp"
#include "telemetry/refusal.hpp"

namespace scorelet::telemetry {

namespace {

/// A 64-bit integer of protobuf's JSON: a text or a number.
bool readCount(JsonReader& reader, std::uint64_t& out) {
  double x = 0;
  std::string_view text;
  if (reader.peek() == '"') {
    if (!reader.string(text)) return false;
    x = parseDouble(text).value_or(-1);
  } else if (!reader.number(x, text)) {
    return false;
  }
  if (!(x >= 0 && x < 0x1p63)) return false;
  out = static_cast<std::uint64_t>(x);
  return true;
}

bool readJson(std::string_view body, PartialSuccess& out) {
  JsonReader reader;
  reader.open(body);
  const auto partial = [&](const std::string& name) {
    if (name == "rejectedLogRecords" || name == "rejectedDataPoints") return readCount(reader, out.rejected);
    return name == "errorMessage" ? readText(reader, out.message) : reader.skip();
  };
  const bool isRead = reader.members([&](const std::string& name) {
    return name == "partialSuccess" && reader.peek() == '{' ? reader.members(partial) : reader.skip();
  });
  return isRead && reader.isAtEnd();
}

bool readProtobuf(std::string_view body, PartialSuccess& out) {
  while (!body.empty()) {
    auto response = ProtobufField::take(body);
    if (!response) return false;
    while (response->number == 1 && !response->bytes.empty()) {
      const auto field = ProtobufField::take(response->bytes);
      if (!field) return false;
      if (field->number == 1) out.rejected = field->value;
      if (field->number == 2) out.message = field->bytes;
    }
  }
  return true;
}

}  // namespace

Expected<PartialSuccess> readAnswer(Encoding encoding, std::string_view body) {
  PartialSuccess out;
  if (body.empty()) return out;
  if (encoding == Encoding::json ? readJson(body, out) : readProtobuf(body, out)) return out;
  return refusedBody("What was answered is no answer of OTLP: is this the address of a collector?");
}

}  // namespace scorelet::telemetry
