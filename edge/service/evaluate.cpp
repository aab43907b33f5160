// Records scored under /model/{id}, in the shapes of Openscoring: one, many, CSV.
#include <algorithm>

#include "api/json_writer.hpp"
#include "service/csv_records.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

constexpr std::string_view kArguments = "arguments";

/// The rows of a body. They are read while it is taken apart, when it is not known yet which of them it asks for: of a
/// name given twice the last counts, and some may stand where nobody looks.
class Arguments {
 public:
  Arguments(JsonRows& rows, std::size_t most) : rows_(rows), most_(most) {}

  [[nodiscard]] ClosedMembers members() {
    return {kArguments, [this](std::string_view text) { return read(text); }};
  }

  /// Takes the row of a record {"id", "arguments"}.
  Answer<void> take(JsonValue record) {
    if (!record.is(JsonKind::object))
      return fail(400, "A request is to be an object with \"arguments\".", std::string(kArguments));
    const JsonValue arguments = record.member(kArguments);
    if (!arguments.is(JsonKind::object))
      return fail(400, "\"arguments\" is to be an object: {\"field\": value, ...}.", std::string(kArguments));
    if (taken_ < read_.size() && read_[taken_] == arguments.raw().data()) {
      ++taken_;
      return {};
    }
    if (auto ok = rows_.add(arguments.raw()); !ok) return std::unexpected(failureOf(ok.error()));
    hasOthers_ = true;
    return {};
  }

  /// Whether the rows are those taken, in their order. If not, there are none now, and each is to be taken once more.
  [[nodiscard]] bool areTaken() {
    if (!hasOthers_ && taken_ == read_.size()) return true;
    rows_.clear();
    read_.clear();
    taken_ = 0;
    return false;
  }

 private:
  std::size_t read(std::string_view text) {
    if (!text.starts_with('{') || read_.size() == most_) return 0;
    const std::size_t length = rows_.addFirst(text);
    if (length > 0) read_.push_back(text.data());
    return length;
  }

  JsonRows& rows_;
  std::size_t most_;
  std::vector<const char*> read_;  // where each row stands
  std::size_t taken_ = 0;          // of them
  bool hasOthers_ = false;         // a row was taken that is not the next of them
};

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
  const auto seat = (*deployment)->seat();
  Arguments arguments(seat->records, 1);
  const auto tree = call.json(arguments.members());
  if (!tree) return std::unexpected(tree.error());
  auto ok = arguments.take(tree->root());
  if (ok && !arguments.areTaken()) ok = arguments.take(tree->root());
  if (!ok) return std::unexpected(ok.error());
  if (ok = scoreRows(call, *seat, seat->records.batch(), [](auto, auto) {}); !ok) return std::unexpected(ok.error());
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
  const auto seat = (*deployment)->seat();
  Arguments arguments(seat->records, call.shared.settings.rows);
  const auto tree = call.json(arguments.members());
  if (!tree) return std::unexpected(tree.error());
  const JsonValue requests = tree->root().member("requests");
  if (!requests.is(JsonKind::array)) return fail(400, "\"requests\" is to be an array.", "requests");
  const std::size_t count = requests.size();
  if (auto ok = call.checkRows(count); !ok) return std::unexpected(ok.error());

  std::vector<std::size_t> places;  // of the rows that could be read
  std::vector<Failure> refusals;    // of the others
  const auto takeAll = [&] {
    places.clear();
    refusals.clear();
    std::size_t place = 0;
    for (const JsonValue record : requests) {
      if (auto ok = arguments.take(record))
        places.push_back(place);
      else
        refusals.push_back(std::move(ok.error()));
      ++place;
    }
  };
  takeAll();
  if (!arguments.areTaken()) takeAll();

  JsonWriter out;
  beginRecord(out, tree->root());
  out.name("responses").open('[');
  std::size_t place = 0, refused = 0;  // the next response, the next refusal
  auto record = requests.begin();
  const auto beginNext = [&] {
    beginRecord(out, *record);
    ++record;
    ++place;
  };
  const auto refuseBefore = [&](std::size_t end) {
    while (place < end) {
      beginNext();
      appendFailure(out, refusals[refused++]);
      out.close('}');
    }
  };
  if (!places.empty()) {
    call.places = &places;
    const auto scored = scoreRows(call, *seat, seat->records.batch(), [&](std::size_t row, std::size_t index) {
      refuseBefore(places[index]);
      beginNext();
      if (seat->scorer.ok(row))
        appendResults(out, seat->scorer, row);
      else
        appendFailure(out, failureOf(seat->scorer.diagnostics(row)));
      out.close('}');
    });
    if (!scored) return std::unexpected(scored.error());
  }
  refuseBefore(count);
  call.rows += refusals.size();
  call.badRows += refusals.size();
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
