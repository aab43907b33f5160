// opentelemetry/proto/logs/v1 and common/v1, read. Both encodings become the same plain records; what these mean is
// told once.
#include <scorelet/telemetry/otlp_reading.hpp>

#include <cmath>
#include <utility>

#include "api/json_reader.hpp"
#include "base/hexadecimal.hpp"
#include "base/number.hpp"
#include "telemetry/json_text.hpp"
#include "telemetry/otlp_common.hpp"
#include "telemetry/protobuf_reading.hpp"
#include "telemetry/refusal.hpp"

namespace scorelet::telemetry {

namespace {

constexpr int kDepth = 16;  // of lists in lists

/// An AnyValue: a scalar, or the members of a KeyValueList. Arrays and bytes are read as missing.
struct Member;
using Members = std::vector<Member>;
struct AnyValue {
  EventValue scalar;
  Members members;
};
struct Member {
  std::string key;
  AnyValue value;
};

struct Record {
  std::uint64_t time = 0, observed = 0;
  std::string name;
  Members attributes;
  AnyValue body;
};

// ---- protobuf

bool readValue(std::string_view bytes, AnyValue& out, int depth);

bool readMember(std::string_view bytes, Members& out, int depth) {
  auto& [key, value] = out.emplace_back();
  return ProtobufField::each(bytes, [&](const ProtobufField& f) {
    if (f.number == 1) key = f.bytes;
    return f.number != 2 || readValue(f.bytes, value, depth);
  });
}

bool readValue(std::string_view bytes, AnyValue& out, int depth) {
  if (depth > kDepth) return false;
  return ProtobufField::each(bytes, [&](const ProtobufField& f) {
    switch (f.number) {
      case 1: out.scalar = std::string(f.bytes); break;
      case 2: out.scalar = f.value != 0; break;
      case 3: out.scalar = static_cast<double>(static_cast<std::int64_t>(f.value)); break;
      case 4: out.scalar = f.number64(); break;
      case 6:
        return ProtobufField::each(f.bytes, [&](const ProtobufField& member) {
          return member.number != 1 || readMember(member.bytes, out.members, depth + 1);
        });
      default: break;
    }
    return true;
  });
}

bool readRecord(std::string_view bytes, Record& out) {
  return ProtobufField::each(bytes, [&](const ProtobufField& f) {
    switch (f.number) {
      case 1: out.time = f.fixed(); break;
      case 5: return readValue(f.bytes, out.body, 0);
      case 6: return readMember(f.bytes, out.attributes, 0);
      case 11: out.observed = f.fixed(); break;
      case 12: out.name = f.bytes; break;
      default: break;
    }
    return true;
  });
}

/// The attributes of a resource may come behind its records, so they are looked for first.
template <class Begin, class Take>
bool eachRecord(std::string_view body, const Begin& begin, const Take& take) {
  return ProtobufField::each(body, [&](const ProtobufField& resourceLogs) {
    if (resourceLogs.number != 1) return true;
    Members host;
    const bool hasHost = ProtobufField::each(resourceLogs.bytes, [&](const ProtobufField& f) {
      return f.number != 1 || ProtobufField::each(f.bytes, [&](const ProtobufField& attribute) {
               return attribute.number != 1 || readMember(attribute.bytes, host, 0);
             });
    });
    if (!hasHost) return false;
    begin(host);
    return ProtobufField::each(resourceLogs.bytes, [&](const ProtobufField& f) {
      return f.number != 2 || ProtobufField::each(f.bytes, [&](const ProtobufField& log) {
               Record record;
               if (log.number != 2) return true;
               if (!readRecord(log.bytes, record)) return false;
               take(record);
               return true;
             });
    });
  });
}

// ---- JSON

class JsonLogs {
 public:
  explicit JsonLogs(std::string_view body) { reader_.open(body); }

  template <class Begin, class Take>
  bool each(const Begin& begin, const Take& take) {
    const auto resourceLogs = [&] {
      Members host;
      std::vector<Record> records;
      const bool isRead = reader_.members([&](const std::string& name) {
        if (name == "resource")
          return reader_.members(
              [&](const std::string& n) { return n == "attributes" ? list(host, 0) : reader_.skip(); });
        if (name != "scopeLogs") return reader_.skip();
        return reader_.items([&] {
          return reader_.members([&](const std::string& n) {
            if (n != "logRecords") return reader_.skip();
            return reader_.items([&] { return record(records.emplace_back()); });
          });
        });
      });
      if (!isRead) return false;
      begin(host);
      for (Record& r : records) take(r);
      return true;
    };
    const bool isRead = reader_.members(
        [&](const std::string& name) { return name == "resourceLogs" ? reader_.items(resourceLogs) : reader_.skip(); });
    return isRead && reader_.isAtEnd();
  }

 private:
  /// A number, or one as text: 64-bit integers, and what JSON's numbers cannot say.
  bool number(double& out) {
    std::string_view written;
    if (reader_.peek() != '"') return reader_.number(out, written);
    if (!reader_.string(written)) return false;
    if (written == "NaN") return out = std::nan(""), true;
    if (written == "Infinity" || written == "-Infinity") return out = written[0] == '-' ? -HUGE_VAL : HUGE_VAL, true;
    const auto x = parseDouble(written);
    if (!x) return false;
    out = *x;
    return true;
  }
  bool time(std::uint64_t& out) {
    std::string_view written;
    double x = 0;
    if (reader_.peek() == '"' ? !reader_.string(written) : !reader_.number(x, written)) return false;
    out = 0;
    for (const char c : written) {
      if (c < '0' || c > '9' || out > (UINT64_MAX - 9) / 10) return false;
      out = out * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
  }
  bool value(AnyValue& out, int depth) {
    if (depth > kDepth) return false;
    return reader_.members([&](const std::string& name) {
      if (name == "stringValue") return readText(reader_, out.scalar.emplace<std::string>());
      if (name == "boolValue") {
        const bool isTrue = reader_.peek() == 't';
        out.scalar = isTrue;
        return reader_.word(isTrue ? "true" : "false");
      }
      if (name == "intValue" || name == "doubleValue") return number(out.scalar.emplace<double>());
      if (name == "kvlistValue")
        return reader_.members(
            [&](const std::string& n) { return n == "values" ? list(out.members, depth + 1) : reader_.skip(); });
      return reader_.skip();
    });
  }
  bool list(Members& out, int depth) {
    return reader_.items([&] {
      auto& [key, val] = out.emplace_back();
      return reader_.members([&](const std::string& name) {
        if (name == "key") return readText(reader_, key);
        return name == "value" ? value(val, depth) : reader_.skip();
      });
    });
  }
  bool record(Record& out) {
    return reader_.members([&](const std::string& name) {
      if (name == "timeUnixNano") return time(out.time);
      if (name == "observedTimeUnixNano") return time(out.observed);
      if (name == "eventName") return readText(reader_, out.name);
      if (name == "attributes") return list(out.attributes, 0);
      if (name == "body") return value(out.body, 0);
      return reader_.skip();
    });
  }

  JsonReader reader_;
};

// ---- what records mean

void setText(std::string& out, const AnyValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.scalar)) out = *text;
}

std::uint32_t countOf(const AnyValue& value) {
  const auto* x = std::get_if<double>(&value.scalar);
  return x != nullptr && *x >= 0 && *x <= 1e9 ? static_cast<std::uint32_t>(*x) : 0;
}

Host hostOf(const Members& attributes) {
  Host host;
  host.serviceName.clear();
  for (const auto& [key, value] : attributes) {
    if (key == "service.name") setText(host.serviceName, value);
    if (key == "service.version") setText(host.serviceVersion, value);
    if (key == "service.instance.id") setText(host.instanceId, value);
    if (key == "deployment.environment.name") setText(host.environment, value);
    if (key == "scoring.host.kind") setText(host.kind, value);
    if (key == "scoring.host.version") setText(host.version, value);
  }
  return host;
}

bool takeModel(ModelIdentity& model, const std::string& key, const AnyValue& value) {
  if (key == "scoring.model.name") return setText(model.name, value), true;
  if (key == "scoring.model.version") return setText(model.version, value), true;
  if (key == "scoring.model.sha256") return setText(model.sha256, value), true;
  if (key == "scoring.model.variant") return setText(model.variant, value), true;
  return false;
}

void takeId(std::optional<PredictionId>& id, const AnyValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.scalar)) id = readPredictionId(*text);
}

void takeBody(PredictionEvent& event, AnyValue& body) {
  for (auto& [part, list] : body.members) {
    for (auto& [field, value] : list.members) {
      auto* text = std::get_if<std::string>(&value.scalar);
      if (part == "inputs")
        event.inputs.emplace_back(std::move(field), std::move(value.scalar));
      else if (part == "outputs")
        event.outputs.emplace_back(std::move(field), std::move(value.scalar));
      else if (part == "flags" && text != nullptr)
        event.flags.emplace_back(std::move(field), std::move(*text));
    }
  }
}

/// What the record lacks to be one of ours, or null.
const char* toPrediction(Record& record, PredictionEvent& event) {
  std::optional<PredictionId> id;
  event.unixNanoseconds = record.time != 0 ? record.time : record.observed;
  for (const auto& [key, value] : record.attributes) {
    const auto* number = std::get_if<double>(&value.scalar);
    if (takeModel(event.model, key, value)) continue;
    if (key == "scoring.prediction.id") takeId(id, value);
    if (key == "scoring.inputs.missing") event.missing = countOf(value);
    if (key == "scoring.inputs.invalid") event.invalid = countOf(value);
    if (key == "scoring.inputs.outside") event.outside = countOf(value);
    if (key == "scoring.inputs.novel") event.novel = countOf(value);
    if (key == "error.type") setText(event.errorType, value);
    if (key == "scoring.error.field") setText(event.errorField, value);
    if (key == "scoring.duration" && number != nullptr && *number >= 0 && std::isfinite(*number))
      event.seconds = *number;
    if (key == "scoring.sampling.share" && number != nullptr && *number > 0 && *number <= 1)
      event.samplingShare = *number;
  }
  if (!id) return "scoring.prediction.id is no UUID";
  if (event.unixNanoseconds == 0) return "a record has no time";
  if (event.model.name.empty()) return "scoring.model.name is missing";
  event.id = *id;
  takeBody(event, record.body);
  return nullptr;
}

const char* toOutcome(const Record& record, OutcomeEvent& event) {
  std::optional<PredictionId> id;
  event.unixNanoseconds = record.time != 0 ? record.time : record.observed;
  for (const auto& [key, value] : record.attributes) {
    if (takeModel(event.model, key, value)) continue;
    if (key == "scoring.prediction.id") takeId(id, value);
    if (key == "scoring.outcome.value") event.outcome = value.scalar;
  }
  if (!id) return "scoring.prediction.id is no UUID";
  if (event.unixNanoseconds == 0) return "a record has no time";
  if (std::holds_alternative<std::monostate>(event.outcome)) return "scoring.outcome.value is missing";
  event.id = *id;
  return nullptr;
}

}  // namespace

Expected<ReceivedLogs> readLogs(Encoding encoding, std::string_view body) {
  ReceivedLogs out;
  const auto begin = [&](const Members& host) { out.hosts.emplace_back().host = hostOf(host); };
  const auto take = [&](Record& record) {
    ReceivedEvents& to = out.hosts.back();
    const char* lacks = "a record is no scoring event";
    if (record.name == "scoring.prediction") {
      lacks = toPrediction(record, to.predictions.emplace_back());
      if (lacks != nullptr) to.predictions.pop_back();
    } else if (record.name == "scoring.outcome") {
      lacks = toOutcome(record, to.outcomes.emplace_back());
      if (lacks != nullptr) to.outcomes.pop_back();
    }
    if (lacks != nullptr && out.refused++ == 0) out.why = lacks;
  };
  if (encoding == Encoding::json ? JsonLogs(body).each(begin, take) : eachRecord(body, begin, take)) return out;
  return refusedBody("The body is no ExportLogsServiceRequest of OTLP in the encoding that its content type says.");
}

std::optional<PredictionEvent> readPrediction(std::string_view record) {
  Record read;
  PredictionEvent event;
  if (!readRecord(record, read) || toPrediction(read, event) != nullptr) return std::nullopt;
  return event;
}

std::optional<PredictionId> readPredictionId(std::string_view text) noexcept {
  if (text.size() != 36) return std::nullopt;
  PredictionId id;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return std::nullopt;
      continue;
    }
    const int digit = hexValue(c);
    if (digit < 0) return std::nullopt;
    std::uint8_t& byte = id.bytes[digits++ / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | digit);
  }
  return id;
}

std::string encodeAnswer(Encoding encoding, const PartialSuccess& answer, Signal signal) {
  return written(encoding, [&](auto& w) {
    if (answer.rejected == 0) return;
    w.message(1, "partialSuccess", [&] {
      w.integer(1, signal == Signal::logs ? "rejectedLogRecords" : "rejectedDataPoints",
                static_cast<std::int64_t>(answer.rejected));
      w.text(2, "errorMessage", answer.message);
    });
  });
}

}  // namespace scorelet::telemetry
