// opentelemetry/proto/logs/v1 and collector/logs/v1.
#include "telemetry/otlp_common.hpp"

namespace scorelet::telemetry {

namespace {

constexpr std::uint32_t kInformation = 9, kError = 17;  // SeverityNumber

/// A member of a KeyValueList whose value is such a list in turn; left out if it is empty.
template <class Writer, class List>
void writeMap(Writer& w, std::string_view key, const List& list) {
  w.text(1, "key", key);
  w.message(2, "value", [&] {
    w.message(6, "kvlistValue", [&] {
      w.each(1, "values", list, [&](const auto& item) {
        w.text(1, "key", item.first);
        w.message(2, "value", [&] { writeAnyValue(w, EventValue(item.second)); });
      });
    });
  });
}

template <class Writer>
void writeBody(Writer& w, const PredictionEvent& event) {
  w.message(5, "body", [&] {
    w.message(6, "kvlistValue", [&] {
      enum class Part : std::uint8_t { inputs, outputs, flags };
      std::vector<Part> parts;
      if (!event.inputs.empty()) parts.push_back(Part::inputs);
      if (!event.outputs.empty()) parts.push_back(Part::outputs);
      if (!event.flags.empty()) parts.push_back(Part::flags);
      w.each(1, "values", parts, [&](Part part) {
        switch (part) {
          case Part::inputs: return writeMap(w, "inputs", event.inputs);
          case Part::outputs: return writeMap(w, "outputs", event.outputs);
          case Part::flags: return writeMap(w, "flags", event.flags);
        }
      });
    });
  });
}

template <class Writer>
void writeHead(Writer& w, std::uint64_t nanoseconds, std::uint32_t severity) {
  w.fixed64(1, "timeUnixNano", nanoseconds);
  w.enumeration(2, "severityNumber", severity);
  w.text(3, "severityText", severity == kError ? "ERROR" : "INFO");
}

}  // namespace

std::string_view contentType(Encoding encoding) noexcept {
  return encoding == Encoding::json ? "application/json" : "application/x-protobuf";
}

std::string encodeRecord(Encoding encoding, const PredictionEvent& event) {
  const std::string id = event.id.text();
  Attributes attributes;
  attributes.text("scoring.prediction.id", id);
  attributes.model(event.model);
  attributes.integer("scoring.inputs.missing", event.missing);
  attributes.integer("scoring.inputs.invalid", event.invalid);
  attributes.integer("scoring.inputs.outside", event.outside);
  attributes.integer("scoring.inputs.novel", event.novel);
  attributes.text("error.type", event.errorType);
  attributes.text("scoring.error.field", event.errorField);
  const EventValue seconds = event.seconds, share = event.samplingShare;
  if (event.seconds == event.seconds) attributes.value("scoring.duration", seconds);
  if (event.samplingShare < 1) attributes.value("scoring.sampling.share", share);
  return written(encoding, [&](auto& w) {
    writeHead(w, event.unixNanoseconds, event.errorType.empty() ? kInformation : kError);
    writeBody(w, event);
    attributes.write(w, 6);
    w.text(12, "eventName", "scoring.prediction");
  });
}

std::string encodeRecord(Encoding encoding, const OutcomeEvent& event) {
  const std::string id = event.id.text();
  Attributes attributes;
  attributes.text("scoring.prediction.id", id);
  attributes.model(event.model);
  attributes.value("scoring.outcome.value", event.outcome);
  return written(encoding, [&](auto& w) {
    writeHead(w, event.unixNanoseconds, kInformation);
    attributes.write(w, 6);
    w.text(12, "eventName", "scoring.outcome");
  });
}

std::string encodeLogs(Encoding encoding, const Host& host, std::span<const std::string> records) {
  return written(encoding, [&](auto& w) {
    w.each(1, "resourceLogs", std::span(&host, 1), [&](const Host& of) {
      writeResource(w, of);
      w.each(2, "scopeLogs", std::span(&host, 1), [&](const Host&) {
        writeScope(w);
        w.raw(2, "logRecords", records);
      });
    });
  });
}

std::size_t logsOverhead(const Host& host, std::size_t records) noexcept {
  // Escapes make a byte of JSON up to six; names and brackets of six attributes and what is around them.
  const std::size_t texts = host.serviceName.size() + host.serviceVersion.size() + host.instanceId.size() +
                            host.environment.size() + host.kind.size() + host.version.size();
  return 1024 + 6 * texts + 11 * records;  // a tag and a length, or a comma
}

}  // namespace scorelet::telemetry
