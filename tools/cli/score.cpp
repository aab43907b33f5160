// scorelet score: what was asked for, checked against model and files.
#include <algorithm>
#include <utility>

#include "commands.hpp"
#include "digest.hpp"
#include "score_rows.hpp"

namespace scorelet::cli {
namespace {

/// What is wrong with the wishes, given the model; empty if nothing.
std::string resolveColumns(const Model& model, const ScoreOptions& options, RecordOptions& record) {
  for (const std::string& name : options.columns) {
    const int column = model.resultIndex(name);
    if (column < 0) {
      std::string message = "the model has no result '" + name + "' (--columns); it has:";
      for (const ResultField& field : model.results()) message += ' ' + field.name;
      return message;
    }
    record.columns.push_back(column);
  }
  for (const std::string& id : options.ids) {
    const int column = model.resultIndex(id);
    if (column >= 0 && (record.columns.empty() ||
                        std::find(record.columns.begin(), record.columns.end(), column) != record.columns.end())) {
      return "--id '" + id + "' has the name of a result; choose other results with --columns";
    }
  }
  return {};
}

/// The field by which a model that reads lists wants its rows collected; empty if there is none.
std::string groupFieldOf(const Model& model) {
  std::string group;
  bool readsLists = false;
  for (const InputField& field : model.inputs()) {
    readsLists |= field.isList;
    if (field.usageType == UsageType::group && group.empty()) group = field.name;
  }
  return readsLists ? group : std::string();
}

/// Of what events tell nothing is told that the model does not have.
std::string unknownField(const Model& model, const EventOptions& events) {
  for (const auto* names : {&events.full, &events.binned})
    for (const std::string& name : *names)
      if (model.inputIndex(name) < 0 && model.resultIndex(name) < 0) return name;
  return {};
}

ExitCode usage(const std::string& why) {
  complain(why + "\nTry 'scorelet help score'.");
  return ExitCode::usage;
}

}  // namespace

ExitCode score(const ScoreOptions& options) {
  Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName, .horizon = options.horizon});
  if (!loaded.model) return loaded.exit;
  const Model& model = *loaded.model;

  RecordOptions record;
  record.allOutputs = options.allOutputs;
  record.details = options.details;
  record.diagnostics = !options.noDiagnostics;
  if (auto wrong = resolveColumns(model, options, record); !wrong.empty()) return usage(wrong);
  if (const auto name = unknownField(model, options.events); !name.empty())
    return usage("the model has no field '" + name + "' (--full, --binned)");
  for (const std::string& path : {options.input, options.model}) {
    if (isSameFile(options.output, path)) return usage("OUTPUT '" + path + "' would overwrite what is read");
  }

  Input input = Input::ofFile(options.input);
  Format format = options.format.value_or(Format::csv);
  if (!options.format) {
    const auto byName = formatOf(options.input);
    format = byName ? *byName : sniff(input);
  }
  if (!input.failure().empty()) return failFile(input.failure());
  Format outputFormat = options.outputFormat.value_or(formatOf(options.output).value_or(format));
  if (options.details && outputFormat == Format::csv) return usage("--details needs NDJSON output");
  record.separator = options.separator.value_or(options.output.ends_with(".tsv") ? '\t' : ',');

  RowOptions rows;
  rows.ids = options.ids;
  rows.missing = options.missing;
  rows.header = options.header;
  rows.separator = options.separator.value_or(options.input.ends_with(".tsv") ? '\t' : ',');
  rows.group = options.noGroup ? "" : options.group.empty() ? groupFieldOf(model) : options.group;
  rows.isGroupRequired = !options.group.empty();
  auto source = format == Format::csv ? csvRows(model, input, rows) : ndjsonRows(model, input, rows);
  if (!source->failure().empty()) return failFile(source->failure());
  std::vector<std::string> ids = options.ids;
  if (!rows.group.empty() && source->hasGroup()) {
    const bool addsKey =
        model.resultIndex(rows.group) < 0 && std::find(ids.begin(), ids.end(), rows.group) == ids.end();
    source = groupedRows(model, std::move(source), addsKey);
    if (addsKey) ids.push_back(rows.group);
  }

  std::optional<EventLog> events;
  if (!options.events.folder.empty()) {
    auto baseline = readBaseline(model, options.events.baseline);
    if (!baseline) return failFile(baseline.error());
    events.emplace(model, std::move(*baseline), options.events, digestOfDocument(model, options.model));
    if (!events->failure().empty()) return failFile(events->failure());
  }
  Output output(options.output);
  if (!output.failure().empty()) return failFile(output.failure());
  const ExitCode exit = scoreRows({
      .model = model,
      .input = input,
      .rows = std::move(source),
      .output = output,
      .format = {outputFormat, std::move(record), std::move(ids)},
      .threads = options.threads,
      .strict = options.strict,
      .quiet = options.quiet,
      .events = events ? &*events : nullptr,
  });
  if (events)
    if (const std::string lost = events->finish(); !lost.empty()) complain(lost);
  return exit;
}

}  // namespace scorelet::cli
