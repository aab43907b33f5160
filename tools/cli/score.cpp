// scorelet score: what was asked for, checked against model and files.
#include <algorithm>
#include <utility>

#include "command.hpp"
#include "in_turns.hpp"
#include "parsing.hpp"
#include "score_rows.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kScoreHelp = R"(scorelet score - score CSV or NDJSON rows

Usage:
  scorelet score MODEL INPUT [-o OUTPUT] [options]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows: CSV with a header line, or NDJSON (one JSON object a line)
                         "-" is standard input, for MODEL or for INPUT

Output:
  -o, --output=OUTPUT    where to write (standard output)
  --output-format=FORMAT csv or ndjson (by the extension of OUTPUT, else as the input)
  --columns=NAMES        only these results, in this order: a,b (repeatable)
  --all-outputs          also outputs that the model does not call final
  --id=COLUMN            pass an input column through, before the results (repeatable)
  --details              add "@details" (NDJSON): probabilities, derived fields ...
  --no-diagnostics       leave out "@diagnostics"

Input:
  -f, --format=FORMAT    csv or ndjson (by the extension of INPUT, else by its first character)
  --separator=CHARACTER  between CSV cells, in and out (comma; tab for .tsv); "tab" is a tab
  --header=NAMES         column names of a CSV input that has no header line
  --missing=TOKENS       texts that mean missing, besides the empty cell: NA,? (repeatable)
  --group=COLUMN         rows with the same value of COLUMN are one record: fields that take lists
                         get all values, others the first (the model's own group field, if any)
  --no-group             every row is a record, whatever the model says
  --model=NAME           which model of the document (the first that can be scored)
  --horizon=N            forecast the steps 1 to N (1), where no field of the model says how many

Rows:
  --strict               end at the first bad row, with exit status 1
  --threads=N            score on at most N threads (as many as the machine runs at once); what
                         comes out is the same for every N
  -q, --quiet            no progress, notes and summary on standard error
  -h, --help             this text

Events (docs/telemetry.md), off unless asked for:
  --events=FOLDER        keep an event of each row in FOLDER, for scorelet send; of the inputs it
                         tells nothing but how many are missing, invalid or new
  --full=FIELDS          tell the values of these fields (repeatable)
  --binned=FIELDS        tell in which range, or category, of the baseline they are (repeatable)
  --baseline=FILE        what scorelet baseline made (the statistics in MODEL)
  --share=SHARE          of only this share of the rows, such as 0.1, chosen by chance
  --variant=NAME         the model's role, such as challenger
  --event-time=TIME      when the first row was scored, if not now: 2026-11-21T10:42:00Z

A bad row does not stop the others: its results are missing as far as they could not be computed,
and "@diagnostics" says why. A summary goes to standard error.

Examples:
  scorelet score loan.pmml customers.csv --id customer -o scores.csv
  scorelet score loan.pmml - --format ndjson --details < customers.ndjson
  scorelet score baskets.pmml purchases.csv --group receipt
)";

struct ScoreOptions {
  std::string model, input, output = "-";
  std::string modelName;
  std::uint32_t horizon = 1;
  std::uint32_t threads = 1;
  std::optional<Format> format, outputFormat;
  std::optional<char> separator;
  std::vector<std::string> columns, ids, missing, header;
  std::string group;     ///< column; empty: the model's own group field, if it reads lists
  bool noGroup = false;  ///< every row is a record
  EventOptions events;
  bool strict = false, allOutputs = false, details = false, noDiagnostics = false, quiet = false;
};

bool readFormat(const std::string& word, std::optional<Format>& format) {
  if (word == "csv") format = Format::csv;
  if (word == "ndjson") format = Format::ndjson;
  return format.has_value();
}

/// A single byte, or the word for one that shells make hard to type.
std::optional<char> readSeparator(const std::string& word) {
  if (word == "tab" || word == "\\t") return '\t';
  if (word.size() == 1 && word != "\"" && word != "\n" && word != "\r") return word[0];
  return std::nullopt;
}

Parsed<ScoreOptions> parseScore(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text format{p.parser, "", "", {'f', "format"}}, outputFormat{p.parser, "", "", {"output-format"}};
  Text separator{p.parser, "", "", {"separator"}};
  Text horizon{p.parser, "", "", {"horizon"}}, threads{p.parser, "", "", {"threads"}};
  Texts columns{p.parser, "", "", {"columns"}}, ids{p.parser, "", "", {"id"}};
  Text group{p.parser, "", "", {"group"}};
  args::Flag noGroup{p.parser, "", "", {"no-group"}};
  Texts missing{p.parser, "", "", {"missing"}}, header{p.parser, "", "", {"header"}};
  args::Flag strict{p.parser, "", "", {"strict"}}, allOutputs{p.parser, "", "", {"all-outputs"}};
  args::Flag details{p.parser, "", "", {"details"}}, noDiagnostics{p.parser, "", "", {"no-diagnostics"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  Text events{p.parser, "", "", {"events"}}, baseline{p.parser, "", "", {"baseline"}},
      share{p.parser, "", "", {"share"}}, variant{p.parser, "", "", {"variant"}},
      time{p.parser, "", "", {"event-time"}};
  Texts full{p.parser, "", "", {"full"}}, binned{p.parser, "", "", {"binned"}};

  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model || !input) return UsageError{"MODEL and INPUT are needed"};

  ScoreOptions o;
  o.model = args::get(model);
  o.input = args::get(input);
  if (output) o.output = args::get(output);
  o.modelName = args::get(modelName);
  if (format && !readFormat(args::get(format), o.format)) return UsageError{"--format is csv or ndjson"};
  if (outputFormat && !readFormat(args::get(outputFormat), o.outputFormat)) {
    return UsageError{"--output-format is csv or ndjson"};
  }
  if (separator && !(o.separator = readSeparator(args::get(separator)))) {
    return UsageError{"--separator is one character other than a quote or a line end, or the word 'tab'"};
  }
  if (horizon) {
    const auto steps = readCount(args::get(horizon));  // the library knows the largest
    if (!steps) return UsageError{"--horizon is a number of steps, 1 or more"};
    o.horizon = *steps;
  }
  o.threads = defaultThreads();
  if (threads) {
    const auto count = readCount(args::get(threads));
    if (!count || *count > kMaxThreads) {
      return UsageError{kMaxThreads == 1 ? "this build has no threads; --threads can only be 1"
                                         : "--threads is a number from 1 to " + std::to_string(kMaxThreads)};
    }
    o.threads = *count;
  }
  o.columns = names(columns);
  o.ids = names(ids);
  o.missing = names(missing);
  o.header = names(header);
  o.group = args::get(group);
  o.noGroup = noGroup;
  if (group && o.group.empty()) return UsageError{"--group names a column"};
  if (group && noGroup) return UsageError{"--group and --no-group contradict each other"};
  o.strict = strict;
  o.allOutputs = allOutputs;
  o.details = details;
  o.noDiagnostics = noDiagnostics;
  o.quiet = quiet;
  if (!events && (baseline || share || full || binned || variant || time))
    return UsageError{"--baseline, --share, --full, --binned, --variant and --event-time are about --events"};
  if (events && args::get(events).empty()) return UsageError{"--events names a folder"};
  o.events = {args::get(events), args::get(baseline), names(full),    names(binned),
              o.model,           args::get(variant),  args::get(time)};
  if (share && !(readNumber(args::get(share), o.events.share) && o.events.share > 0 && o.events.share <= 1))
    return UsageError{"--share is a number above 0, at most 1"};
  if (o.model == "-" && o.input == "-") return UsageError{"only one of MODEL and INPUT can be standard input"};
  return o;
}

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

ExitCode usage(const std::string& why) { return complainOfUsage("score", why); }

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

}  // namespace

extern const Command kScore{"score", kScoreHelp, runCommand<parseScore, score>};

}  // namespace scorelet::cli
