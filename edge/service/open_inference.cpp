// Open Inference Protocol v2 over HTTP. Its text leaves open what is decided here: null is a missing value, tensors
// have one value a row, and what is wrong with a row stands in one more output.
#include <algorithm>

#include "api/json_writer.hpp"
#include "service/protocols.hpp"
#include "service/tensors.hpp"

namespace scorelet::service {
namespace {

/// "error", unless a result has that name.
std::string_view errorName(const Model& model) { return model.resultIndex("error") < 0 ? "error" : "@error"; }

void describeTensor(JsonWriter& out, std::string_view name, std::string_view type, bool isList) {
  out.open('{').name("name").text(name).name("datatype").text(type);
  out.name("shape").raw(isList ? "[-1,-1]" : "[-1,1]").close('}');
}

/// The outputs that a request names, or all final results; the last one of no result is that of errors.
struct Outputs {
  std::vector<std::size_t> results;
  bool hasErrors = true;
};

Answer<Outputs> outputsOf(const Model& model, JsonValue asked) {
  Outputs out;
  if (!asked || asked.is(JsonKind::null)) {
    for (std::size_t c = 0; c < model.results().size(); ++c)
      if (model.results()[c].isFinalResult) out.results.push_back(c);
    return out;
  }
  if (!asked.is(JsonKind::array)) return fail(400, "\"outputs\" is to be an array.", "outputs");
  out.hasErrors = false;
  for (const JsonValue output : asked) {
    const JsonValue name = output.member("name");
    if (!name.is(JsonKind::text)) return fail(400, "An output has a \"name\", which is a text.", "outputs");
    const int result = model.resultIndex(name.text());
    if (result >= 0)
      out.results.push_back(static_cast<std::size_t>(result));
    else if (name.text() == errorName(model))
      out.hasErrors = true;
    else
      return fail(400, "The model has no output \"" + std::string(name.text()) + "\".", std::string(name.text()));
  }
  return out;
}

void appendValue(JsonWriter& out, const Scorer& scorer, std::size_t c, std::size_t row) {
  if (scorer.isMissing(c, row)) {
    out.raw("null");
    return;
  }
  const bool isText = tensorType(scorer.model().results()[c].dataType) == "BYTES";
  const ResultValue value = scorer.value(c, row);
  if (!isText || value.kind == ResultValue::Kind::text) {
    out.value(value);
  } else {  // a list
    std::string asText;
    appendJson(asText, value);
    out.text(asText);
  }
}

void openOutput(JsonWriter& out, std::string_view name, std::string_view type, std::size_t rows) {
  out.open('{').name("name").text(name).name("datatype").text(type).name("shape").open('[');
  out.number(static_cast<double>(rows)).number(1).close(']').name("data");
}

bool failsAtBadRow(JsonValue request) { return request.member("parameters").member("on_error").text() == "fail"; }

}  // namespace

Answer<Response> describeServer(Call&) {
  JsonWriter out;
  out.open('{').name("name").text("scorelet").name("version").text(SCORELET_VERSION_TEXT);
  out.name("extensions").open('[').close(']').close('}');
  return jsonResponse(out.take());
}

Answer<Response> describeTensors(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const Model& model = (*deployment)->model();
  JsonWriter out;
  out.open('{')
      .name("name")
      .text((*deployment)->name())
      .name("versions")
      .open('[')
      .text((*deployment)->version())
      .close(']');
  out.name("platform").text("pmml").name("inputs").open('[');
  for (const InputField& field : model.inputs())
    describeTensor(out, field.name, tensorType(field.dataType), field.isList);
  out.close(']').name("outputs").open('[');
  for (const ResultField& field : model.results())
    if (field.isFinalResult) describeTensor(out, field.name, tensorType(field.dataType), false);
  describeTensor(out, errorName(model), "BYTES", false);
  out.close(']').close('}');
  return jsonResponse(out.take());
}

Answer<Response> tellModelReady(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const bool isReady = (*deployment)->isReady(call.began);
  JsonWriter out;
  out.open('{').name("name").text((*deployment)->name()).name("ready").truth(isReady).close('}');
  Response response = jsonResponse(out.take());
  if (!isReady) response.status = 503;
  return response;
}

Answer<Response> infer(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  if (!call.request.header("inference-header-content-length").empty())
    return fail(400, "Binary tensors are an extension that this service does not have; send JSON (binary_data=False).");
  const auto tree = call.json();
  if (!tree) return std::unexpected(tree.error());
  const JsonValue request = tree->root();
  const Model& model = (*deployment)->model();
  InputTensors inputs(model);
  if (auto ok = inputs.read(request.member("inputs")); !ok) return std::unexpected(ok.error());
  const auto outputs = outputsOf(model, request.member("outputs"));
  if (!outputs) return std::unexpected(outputs.error());
  const bool isFailing = failsAtBadRow(request);

  const auto seat = (*deployment)->seat();
  std::vector<JsonWriter> columns(outputs->results.size());
  for (JsonWriter& column : columns) column.open('[');
  JsonWriter errors;
  errors.open('[');
  Failure firstBad;
  const auto scored = scoreRows(call, *seat, inputs.batch(), [&](std::size_t row, std::size_t index) {
    for (std::size_t i = 0; i < columns.size(); ++i) appendValue(columns[i], seat->scorer, outputs->results[i], row);
    if (seat->scorer.ok(row)) return void(errors.text(""));
    const Failure bad = failureOf(seat->scorer.diagnostics(row));
    errors.text(bad.message);
    if (firstBad.message.empty()) firstBad = {400, "Row " + std::to_string(index) + ": " + bad.message, bad.field};
  });
  if (!scored) return std::unexpected(scored.error());
  if (isFailing && !firstBad.message.empty()) return std::unexpected(firstBad);

  JsonWriter out;
  out.open('{').name("model_name").text((*deployment)->name()).name("model_version").text((*deployment)->version());
  if (const JsonValue id = request.member("id"); id.is(JsonKind::text)) out.name("id").text(id.text());
  out.name("outputs").open('[');
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ResultField& field = model.results()[outputs->results[i]];
    openOutput(out, field.name, tensorType(field.dataType), inputs.rows());
    out.raw(columns[i].close(']').take()).close('}');
  }
  if (outputs->hasErrors) {
    openOutput(out, errorName(model), "BYTES", inputs.rows());
    out.raw(errors.close(']').take()).close('}');
  }
  out.close(']').close('}');
  return jsonResponse(out.take());
}

}  // namespace scorelet::service
