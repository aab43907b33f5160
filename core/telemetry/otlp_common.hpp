// Parts of messages that logs and metrics share (opentelemetry/proto/common/v1, resource/v1).
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <scorelet/telemetry/otlp.hpp>

#include "telemetry/otlp_writers.hpp"

namespace scorelet::telemetry {

/// Runs `body` with the writer of the encoding.
template <class Body>
[[nodiscard]] std::string written(Encoding encoding, const Body& body) {
  std::string out;
  if (encoding == Encoding::json) {
    JsonWriter w(out);
    w.root([&] { body(w); });
  } else {
    ProtobufWriter w(out);
    w.root([&] { body(w); });
  }
  return out;
}

/// A whole number among the values of attributes.
struct AttributeValue {
  enum class Kind : std::uint8_t { text, integer, event } kind;
  std::string_view text;
  std::int64_t integer = 0;
  const EventValue* event = nullptr;
};

class Attributes {
 public:
  /// Left out if empty.
  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) all_.push_back({key, {AttributeValue::Kind::text, value}});
  }
  void integer(std::string_view key, std::int64_t value) {
    all_.push_back({key, {AttributeValue::Kind::integer, {}, value}});
  }
  void value(std::string_view key, const EventValue& value) {
    all_.push_back({key, {AttributeValue::Kind::event, {}, 0, &value}});
  }
  void model(const ModelIdentity& model) {
    text("scoring.model.name", model.name);
    text("scoring.model.version", model.version);
    text("scoring.model.sha256", model.sha256);
    text("scoring.model.variant", model.variant);
  }
  template <class Writer>
  void write(Writer& w, int number) const {
    w.each(number, "attributes", all_, [&](const Attribute& a) {
      w.text(1, "key", a.key);
      w.message(2, "value", [&] { writeValue(w, a.value); });
    });
  }

 private:
  struct Attribute {
    std::string_view key;
    AttributeValue value;
  };
  template <class Writer>
  static void writeValue(Writer& w, const AttributeValue& value);
  std::vector<Attribute> all_;
};

/// An AnyValue; missing is an empty one.
template <class Writer>
void writeAnyValue(Writer& w, const EventValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) w.text(1, "stringValue", *text);
  if (const auto* flag = std::get_if<bool>(&value)) w.flag(2, "boolValue", *flag);
  if (const auto* number = std::get_if<double>(&value)) w.number(4, "doubleValue", *number);
}

template <class Writer>
void Attributes::writeValue(Writer& w, const AttributeValue& value) {
  switch (value.kind) {
    case AttributeValue::Kind::text: return w.text(1, "stringValue", value.text);
    case AttributeValue::Kind::integer: return w.integer(3, "intValue", value.integer);
    case AttributeValue::Kind::event: return writeAnyValue(w, *value.event);
  }
}

template <class Writer>
void writeResource(Writer& w, const Host& host) {
  w.message(1, "resource", [&] {
    Attributes attributes;
    attributes.text("service.name", host.serviceName);
    attributes.text("service.version", host.serviceVersion);
    attributes.text("service.instance.id", host.instanceId);
    attributes.text("deployment.environment.name", host.environment);
    attributes.text("scoring.host.kind", host.kind);
    attributes.text("scoring.host.version", host.version);
    attributes.write(w, 1);
  });
}

template <class Writer>
void writeScope(Writer& w) {
  w.message(1, "scope", [&] { w.text(1, "name", "scorelet.telemetry"); });
}

}  // namespace scorelet::telemetry
