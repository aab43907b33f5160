// Records scored under /model/{id}, in the shapes of Openscoring: one, many, CSV.
#include <algorithm>

#include "api/json_writer.hpp"
#include "service/csv_records.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

constexpr std::string_view kArguments = "arguments";  // a row, which is read but once

/// Reads {"id", "arguments"} into a row.
Answer<void> addRecord(Seat& seat, JsonValue record) {
  if (!record.is(JsonKind::object))
    return fail(400, "A request is to be an object with \"arguments\".", std::string(kArguments));
  const JsonValue arguments = record.member(kArguments);
  if (!arguments.is(JsonKind::object))
    return fail(400, "\"arguments\" is to be an object: {\"field\": value, ...}.", std::string(kArguments));
  if (auto ok = seat.records.add(arguments.raw()); !ok) return std::unexpected(failureOf(ok.error()));
  return {};
}

void beginRecord(JsonWriter& out, JsonValue record) {
  out.open('{');
  if (const JsonValue id = record.member("id"); id && !id.is(JsonKind::null)) out.name("id").raw(id.raw());
}

void appendResults(JsonWriter& out, const Scorer& scorer, std::size_t row) {
  RecordOptions options;
  options.diagnostics = false;
  appendResultJson(out.name("results").next(), scorer, row, options);
}

void appendFailure(JsonWriter& out, const Failure& failure) {
  out.name("message").text(failure.message);
  if (!failure.field.empty()) out.name("field").text(failure.field);
}

/// The character between the cells: told, or the one of comma, semicolon and tab that the header has most of.
Answer<char> separatorOf(const Target& target, std::string_view body) {
  const std::string_view told = target.parameter("delimiterChar");
  if (told.size() > 1) return fail(400, "\"delimiterChar\" is to be one character.", "delimiterChar");
  if (!told.empty()) return told[0];
  const std::string_view header = nextPart(body, '\n');
  const auto count = [&](char c) { return std::ranges::count(header, c); };
  char most = ',';
  for (const char c : {';', '\t'})
    if (count(c) > count(most)) most = c;
  return most;
}

}  // namespace

Answer<Response> evaluate(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const auto tree = call.json(kArguments);
  if (!tree) return std::unexpected(tree.error());
  const auto seat = (*deployment)->seat();
  if (auto ok = addRecord(*seat, tree->root()); !ok) return std::unexpected(ok.error());
  if (auto ok = scoreRows(call, *seat, seat->records.batch(), [](auto, auto) {}); !ok)
    return std::unexpected(ok.error());
  if (!seat->scorer.ok(0)) return std::unexpected(failureOf(seat->scorer.diagnostics(0)));
  JsonWriter out;
  beginRecord(out, tree->root());
  appendResults(out, seat->scorer, 0);
  out.close('}');
  return jsonResponse(out.take());
}

Answer<Response> evaluateBatch(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const auto tree = call.json(kArguments);
  if (!tree) return std::unexpected(tree.error());
  const JsonValue requests = tree->root().member("requests");
  if (!requests.is(JsonKind::array)) return fail(400, "\"requests\" is to be an array.", "requests");
  const auto seat = (*deployment)->seat();
  if (auto ok = call.checkRows(requests.size()); !ok) return std::unexpected(ok.error());

  std::vector<JsonWriter> answers;
  std::vector<std::size_t> places;  // of the rows that could be read
  for (const JsonValue record : requests) {
    JsonWriter& answer = answers.emplace_back();
    beginRecord(answer, record);
    if (const auto ok = addRecord(*seat, record))
      places.push_back(answers.size() - 1);
    else
      appendFailure(answer, ok.error());
  }
  if (!places.empty()) {
    call.places = &places;
    const auto scored = scoreRows(call, *seat, seat->records.batch(), [&](std::size_t row, std::size_t index) {
      JsonWriter& answer = answers[places[index]];
      if (seat->scorer.ok(row))
        appendResults(answer, seat->scorer, row);
      else
        appendFailure(answer, failureOf(seat->scorer.diagnostics(row)));
    });
    if (!scored) return std::unexpected(scored.error());
  }
  call.rows += answers.size() - places.size();
  call.badRows += answers.size() - places.size();
  JsonWriter out;
  beginRecord(out, tree->root());
  out.name("responses").open('[');
  for (JsonWriter& answer : answers) out.raw(answer.close('}').take());
  out.close(']').close('}');
  return jsonResponse(out.take());
}

Answer<Response> evaluateCsv(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const auto separator = separatorOf(call.target, call.request.body);
  if (!separator) return std::unexpected(separator.error());
  CsvRecords records((*deployment)->model(), call.request.body, *separator);
  if (auto ok = records.read(call.shared.settings.rows); !ok) return std::unexpected(ok.error());

  const auto seat = (*deployment)->seat();
  RecordOptions options;
  options.diagnostics = false;
  options.separator = *separator;
  std::vector<std::string> lead;
  std::string out;
  const auto cell = [&](const std::string& text) {
    std::string quoted;
    appendCsvCell(quoted, text, *separator);
    return quoted;
  };
  if (records.keptName()) lead = {cell(*records.keptName())};
  appendCsvHeader(out, (*deployment)->model(), options, lead);
  out += '\n';
  Failure firstBad;
  const auto scored = scoreRows(call, *seat, records.batch(), [&](std::size_t row, std::size_t index) {
    if (records.keptName()) lead = {cell(records.kept(index))};
    appendResultCsv(out, seat->scorer, row, options, lead);
    out += '\n';
    if (seat->scorer.ok(row) || !firstBad.message.empty()) return;
    firstBad = failureOf(seat->scorer.diagnostics(row));
    firstBad.message = "Row " + std::to_string(index + 1) + ": " + firstBad.message;
  });
  if (!scored) return std::unexpected(scored.error());
  if (!firstBad.message.empty()) return std::unexpected(firstBad);
  return Response{200, "text/csv", std::move(out), {}};
}

}  // namespace scorelet::service
