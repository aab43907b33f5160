#include "monitor/outcome_rows.hpp"

#include <algorithm>

#include "cli/bytes.hpp"
#include "cli/csv.hpp"
#include "monitor/wording.hpp"
#include "service/json_tree.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using service::JsonKind;
using service::JsonTree;
using service::JsonValue;

constexpr std::size_t kMostOutcomes = 100'000, kCsvRecordBytes = 1 << 16;

/// A text, a number or a truth value as outcomes are kept.
std::string scalarText(JsonValue value) {
  if (value.is(JsonKind::text)) return std::string(value.text());
  if (value.is(JsonKind::boolean)) return value.node().number != 0 ? "true" : "false";
  if (!value.is(JsonKind::number)) return {};
  return textOf(telemetry::EventValue(value.node().number));
}

Answer<Outcome> outcomeOf(std::string_view id, std::string_view key, std::string_view model, std::string_view value,
                          std::string_view time) {
  Outcome out{{}, std::string(key), std::string(model), std::string(value)};
  if (!id.empty()) {
    out.id = telemetry::readPredictionId(id);
    if (!out.id) return fail(400, "The id is no UUID.", "id");
  }
  if (id.empty() == key.empty()) return fail(400, "An outcome has either an id or a key.");
  if (value.empty()) return fail(400, "There is no outcome.", "outcome");
  if (!time.empty()) {
    const auto read = readTime(time);
    if (!read) return fail(400, "A time is such as 2026-11-21T10:42:00Z.", "time");
    out.time = *read;
  }
  return out;
}

}  // namespace

Answer<OutcomeRows> readJsonOutcomes(std::string_view body) {
  const auto tree = JsonTree::read(body, 10 * kMostOutcomes);
  if (!tree) return std::unexpected(tree.error());
  const JsonValue root = tree->root(), list = root.is(JsonKind::array) ? root : root.member("outcomes");
  if (!list.is(JsonKind::array)) return fail(400, R"(The body is a list of outcomes, or {"outcomes":[...]}.)");
  OutcomeRows out;
  std::size_t row = 0;
  for (const JsonValue item : list)
    out.add(++row, outcomeOf(item.member("id").text(), scalarText(item.member("key")), item.member("model").text(),
                             scalarText(item.member("outcome")), item.member("time").text()));
  return out;
}

Answer<OutcomeRows> readCsvOutcomes(const std::string& body) {
  cli::Bytes bytes(body);
  cli::CsvReader reader(bytes, ',', kCsvRecordBytes);
  OutcomeRows out;
  std::vector<std::string> names;
  for (std::size_t row = 0; reader.next();) {
    if (reader.isBlank()) continue;
    if (!reader.fault().empty()) {
      if (names.empty()) return fail(400, "The first line names the columns: id or key, outcome, and model and time.");
      out.refused.emplace_back(++row, reader.fault());
      continue;
    }
    if (names.empty()) {
      for (std::size_t i = 0; i < reader.size(); ++i) names.emplace_back(reader[i]);
      const auto has = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
      if (!has("outcome") || !(has("id") || has("key")))
        return fail(400, "The first line names the columns: id or key, outcome, and model and time.");
      continue;
    }
    ++row;
    if (reader.size() != names.size()) {
      out.refused.emplace_back(
          row, "The row has " + std::to_string(reader.size()) + " cells, not " + std::to_string(names.size()) + ".");
      continue;
    }
    const auto cell = [&](std::string_view name) {
      const auto found = std::ranges::find(names, name);
      return found == names.end() ? std::string_view() : reader[static_cast<std::size_t>(found - names.begin())];
    };
    out.add(row, outcomeOf(cell("id"), cell("key"), cell("model"), cell("outcome"), cell("time")));
  }
  if (names.empty()) return fail(400, "The body is empty.");
  return out;
}

}  // namespace scorelet::monitor
