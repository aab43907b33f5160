#include "service/audit_record.hpp"

#include <cmath>

#include "api/json_writer.hpp"
#include "cli/digest.hpp"

namespace scorelet::service {
namespace {

constexpr std::string_view kBody = ",\"body\":";

/// To the bit: also the sign of a zero, which answers do not show.
void appendExact(std::string& out, double x) {
  if (x == 0 && std::signbit(x)) out += '-';
  appendNumber(out, x);
}

void appendExact(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::missing: out += "null"; break;
    case Cell::Kind::number: appendExact(out, cell.number); break;
    case Cell::Kind::boolean: out += cell.number != 0 ? "true" : "false"; break;
    case Cell::Kind::text: appendJsonString(out, cell.text); break;
    case Cell::Kind::list:
      out += '[';
      for (const Cell& item : cell.items) {
        if (out.back() != '[') out += ',';
        appendExact(out, item);
      }
      out += ']';
  }
}

void appendExact(std::string& out, const ResultValue& value) {
  if (value.kind == ResultValue::Kind::number && value.number == 0)
    appendExact(out, value.number);
  else
    appendJson(out, value);
}

/// A text as itself, whatever else as JSON: "7" and 7 are one key.
std::string plainText(const Cell& cell) {
  if (cell.kind == Cell::Kind::text) return std::string(cell.text);
  std::string out;
  appendExact(out, cell);
  return out;
}

/// Members of three kinds, side by side.
class Kept {
 public:
  Kept(const FieldKeeping& keeping, std::string_view salt) : keeping_(keeping), salt_(salt) {}

  template <class V>
  void add(std::string_view field, const V& value, std::string_view forDigest) {
    switch (keeping_.of(field)) {
      case Keeping::full: appendExact(full_.name(field).next(), value); break;
      case Keeping::hashed: hashed_.name(field).text(saltedDigest(salt_, field, forDigest)); break;
      case Keeping::omitted: omitted_.text(field); break;
    }
  }
  void write(JsonWriter& out, std::string_view full, std::string_view hashed, std::string_view omitted) {
    out.name(full).raw(full_.close('}').take());
    if (std::string members = hashed_.close('}').take(); members != "{}") out.name(hashed).raw(members);
    if (std::string names = omitted_.close(']').take(); names != "[]") out.name(omitted).raw(names);
  }

 private:
  const FieldKeeping& keeping_;
  std::string_view salt_;
  JsonWriter full_ = JsonWriter().open('{'), hashed_ = JsonWriter().open('{'), omitted_ = JsonWriter().open('[');
};

template <class IsMissing>
void writeTreatments(JsonWriter& out, const FieldKeeping& keeping,
                     const std::vector<telemetry::TreatmentReader::Treated>& treatments, const IsMissing& isMissing) {
  out.name("treatments").open('{');
  for (const auto& treated : treatments) {
    out.name(treated.field).open('{').name("treatment").text(treatmentName(treated.treatment));
    // What takes the place of no value is the model's; of a value that is not kept it could tell something.
    const bool isShown = keeping.of(treated.field) == Keeping::full || isMissing(treated.field);
    if (treated.treatment == Trace::Treatment::replaced && isShown) appendExact(out.name("used").next(), treated.used);
    out.close('}');
  }
  out.close('}');
}

}  // namespace

std::string recordBody(const FieldKeeping& keeping, const Scorer& scorer, telemetry::TreatmentReader& treatments,
                       const Batch& batch, std::size_t row, std::string_view salt) {
  const Model& model = scorer.model();
  const auto cellOfInput = [&](std::size_t i) {
    return i < batch.columns.size() ? batch.columns[i].cell(row) : Cell::none();
  };
  JsonWriter out;
  out.open('{').name("salt").text(salt);
  if (const int key = model.inputIndex(keeping.key); key >= 0) {
    const Cell cell = cellOfInput(static_cast<std::size_t>(key));
    if (cell.kind != Cell::Kind::missing) {
      out.name("key").open('{').name("field").text(keeping.key);
      out.name("sha256").text(saltedDigest(salt, "", plainText(cell))).close('}');
    }
  }
  Kept inputs(keeping, salt), outputs(keeping, salt);
  for (std::size_t i = 0; i < model.inputs().size(); ++i)
    if (const Cell cell = cellOfInput(i); cell.kind != Cell::Kind::missing)
      inputs.add(model.inputs()[i].name, cell, plainText(cell));
  inputs.write(out, "inputs", "hashedInputs", "omittedInputs");
  writeTreatments(out, keeping, treatments.read(batch, row), [&](std::string_view field) {
    return cellOfInput(static_cast<std::size_t>(model.inputIndex(field))).kind == Cell::Kind::missing;
  });
  for (std::size_t c = 0; c < model.results().size(); ++c) {
    const ResultValue value = scorer.value(c, row);
    outputs.add(model.results()[c].name, value, scorer.text(c, row));
  }
  outputs.write(out, "outputs", "hashedOutputs", "omittedOutputs");
  if (!scorer.ok(row)) {
    out.name("faults").open('[');
    for (const Diagnostic& fault : scorer.diagnostics(row))  // messages hold values
      out.open('{').name("code").text(codeName(fault.code)).name("field").text(fault.field).close('}');
    out.close(']');
  }
  return out.close('}').take();
}

FieldKeeping keepingOf(JsonValue body) {
  FieldKeeping out;
  out.key = body.member("key").member("field").text();
  for (const char* list : {"hashedInputs", "hashedOutputs"})
    for (const JsonValue field : body.member(list)) out.fields[std::string(field.name())] = Keeping::hashed;
  for (const char* list : {"omittedInputs", "omittedOutputs"})
    for (const JsonValue field : body.member(list)) out.fields[std::string(field.text())] = Keeping::omitted;
  return out;
}

std::string saltedDigest(std::string_view salt, std::string_view field, std::string_view value) {
  std::string all(salt);
  all.append(1, '\0').append(field).append(1, '\0').append(value);
  return cli::hexadecimal(cli::digestOf(all));
}

RecordLine splitRecord(std::string_view line) {
  // Nothing in a head has a quotation mark in it but as JSON's own, so the first one found is the body's.
  const std::size_t at = line.find(kBody);
  if (at == std::string_view::npos || !line.ends_with('}')) return {{}, std::string(line)};
  const std::string_view body = line.substr(at + kBody.size(), line.size() - at - kBody.size() - 1);
  return {body, std::string(line.substr(0, at)) + '}'};
}

std::string joinRecord(std::string_view head, std::string_view body) {
  std::string out(head.substr(0, head.size() - 1));
  return out.append(kBody).append(body).append("}");
}

}  // namespace scorelet::service
