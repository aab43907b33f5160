// scorelet score: rows in, one result row out for each.
#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

#include "commands.hpp"
#include "files.hpp"
#include "progress.hpp"
#include "rows.hpp"

namespace scorelet::cli {
namespace {

std::string counted(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

/// CSV or NDJSON by the first character that is not blank.
Format sniff(Input& input) {
  const std::string_view chunk = input.chunk();
  const std::size_t at = chunk.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && (chunk[at] == '{' || chunk[at] == '[') ? Format::ndjson : Format::csv;
}

/// Writes result rows in one of the formats, by block.
class Writer {
 public:
  Writer(const Model& model, Output& output, Format format, RecordOptions options, std::vector<std::string> ids)
      : model_(model), output_(output), format_(format), options_(std::move(options)), ids_(std::move(ids)) {
    if (format_ != Format::csv) return;
    for (const std::string& id : ids_) appendCsvCell(lead_.emplace_back(), id, options_.separator);
    appendCsvHeader(text_, model_, options_, lead_);
    text_ += '\n';
  }

  void scored(const Scorer& scorer, const Row& row) {
    makeLead(row);
    if (format_ == Format::csv) {
      appendResultCsv(text_, scorer, row.index, options_, lead_);
    } else {
      appendResultJson(text_, scorer, row.index, options_, lead_);
    }
    text_ += '\n';
  }

  void refused(const Row& row) {
    makeLead(row);
    if (format_ == Format::csv) {
      appendRefusedCsv(text_, model_, row.refused, options_, lead_);
    } else {
      appendRefusedJson(text_, model_, row.refused, options_, lead_);
    }
    text_ += '\n';
  }

  bool flush() {
    const bool written = output_.write(text_);
    text_.clear();
    return written;
  }

 private:
  void makeLead(const Row& row) {
    lead_.clear();
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      std::string& out = lead_.emplace_back();
      const IdValue& id = row.ids[i];
      if (format_ == Format::csv) {
        if (id.isText || id.value != "null") appendCsvCell(out, id.value, options_.separator);
      } else {
        appendJsonString(out, ids_[i]);
        out += ':';
        if (id.isText) {
          appendJsonString(out, id.value);
        } else {
          out += id.value;
        }
      }
    }
  }

  const Model& model_;
  Output& output_;
  Format format_;
  RecordOptions options_;
  std::vector<std::string> ids_;
  std::vector<std::string> lead_;
  std::string text_;
};

/// Counts for the last word on standard error.
class Summary {
 public:
  void row() { ++rows_; }
  void bad(const Row& row, const Diagnostics& why) {
    ++bad_;
    if (why.empty()) return;
    ++byCode_[std::string(codeName(why.front().code))];
    if (first_.empty())
      first_ = "first bad row: number " + std::to_string(rows_) + ", line " + std::to_string(row.line) + ": " +
               why.front().message;
  }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

  void print() const {
    std::string codes;
    for (const auto& [code, n] : byCode_) codes += (codes.empty() ? "" : ", ") + code + " " + std::to_string(n);
    complain(counted(rows_, "row") + " scored" +
             (bad_ == 0 ? "" : "; " + std::to_string(bad_) + " with diagnostics (" + codes + ")"));
    if (!first_.empty()) complain(first_);
  }

 private:
  std::uint64_t rows_ = 0, bad_ = 0;
  std::map<std::string, std::uint64_t> byCode_;
  std::string first_;
};

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

class ScoreRun {
 public:
  explicit ScoreRun(const ScoreOptions& options) : options_(options) {}

  ExitCode operator()() {
    Loaded loaded =
        loadModel(options_.model, {.limits = {}, .modelName = options_.modelName, .horizon = options_.horizon});
    if (!loaded.model) return loaded.exit;
    const Model& model = *loaded.model;

    RecordOptions record;
    record.allOutputs = options_.allOutputs;
    record.details = options_.details;
    record.diagnostics = !options_.noDiagnostics;
    if (auto wrong = resolveColumns(model, options_, record); !wrong.empty()) return usage(wrong);
    for (const std::string& path : {options_.input, options_.model}) {
      if (isSameFile(options_.output, path)) return usage("OUTPUT '" + path + "' would overwrite what is read");
    }

    Input input = Input::ofFile(options_.input);
    Format format = options_.format.value_or(Format::csv);
    if (!options_.format) {
      const auto byName = formatOf(options_.input);
      format = byName ? *byName : sniff(input);
    }
    if (!input.failure().empty()) return fail(input.failure());
    Format outputFormat = options_.outputFormat.value_or(formatOf(options_.output).value_or(format));
    if (options_.details && outputFormat == Format::csv) return usage("--details needs NDJSON output");
    record.separator = options_.separator.value_or(options_.output.ends_with(".tsv") ? '\t' : ',');

    RowOptions rows;
    rows.ids = options_.ids;
    rows.missing = options_.missing;
    rows.header = options_.header;
    rows.separator = options_.separator.value_or(options_.input.ends_with(".tsv") ? '\t' : ',');
    rows.group = options_.noGroup ? "" : options_.group.empty() ? groupFieldOf(model) : options_.group;
    rows.isGroupRequired = !options_.group.empty();
    auto source = format == Format::csv ? csvRows(model, input, rows) : ndjsonRows(model, input, rows);
    if (!source->failure().empty()) return fail(source->failure());
    std::vector<std::string> ids = options_.ids;
    if (!rows.group.empty() && source->hasGroup()) {
      const bool addsKey =
          model.resultIndex(rows.group) < 0 && std::find(ids.begin(), ids.end(), rows.group) == ids.end();
      source = groupedRows(model, std::move(source), addsKey);
      if (addsKey) ids.push_back(rows.group);
    }

    Output output(options_.output);
    if (!output.failure().empty()) return fail(output.failure());
    Writer writer(model, output, outputFormat, record, std::move(ids));
    return run(model, input, *source, writer, output);
  }

 private:
  ExitCode run(const Model& model, const Input& input, RowSource& source, Writer& writer, Output& output) {
    for (const Diagnostic& d : model.notes()) {
      if (d.severity == Severity::warning) say(d.text());
    }
    Progress progress(input, !options_.quiet);
    Scorer scorer(model);
    scorer.keepDetails(options_.details);
    while (source.read()) {
      scorer.score(source.batch());
      for (const Row& row : source.rows()) {
        if (!take(scorer, row, writer)) break;
      }
      if (!writer.flush()) break;
      if (stopped_) break;
      progress.show(summary_.rows());
    }
    const bool written = writer.flush() && output.close();
    progress.clear();
    for (const Diagnostic& d : source.notes()) say(d.text());
    if (!source.failure().empty()) return fail(source.failure());
    if (!written) return fail(output.failure());
    if (!options_.quiet && !stopped_) summary_.print();
    return stopped_ ? ExitCode::failed : ExitCode::ok;
  }

  /// False to end here: a bad row under --strict, which is not written.
  bool take(const Scorer& scorer, const Row& row, Writer& writer) {
    summary_.row();
    const bool readable = row.refused.empty();
    if (readable && scorer.ok(row.index)) {
      writer.scored(scorer, row);
      return true;
    }
    const Diagnostics& why = readable ? scorer.diagnostics(row.index) : row.refused;
    summary_.bad(row, why);
    if (options_.strict) {
      complain("row " + std::to_string(summary_.rows()) + " (line " + std::to_string(row.line) + ") is bad; stopped:");
      for (const Diagnostic& d : why) std::fprintf(stderr, "  %s\n", d.text().c_str());
      stopped_ = true;
      return false;
    }
    readable ? writer.scored(scorer, row) : writer.refused(row);
    return true;
  }

  void say(const std::string& text) const {
    if (!options_.quiet) complain(text);
  }
  static ExitCode fail(const std::string& why) {
    complain(why);
    return ExitCode::files;
  }
  static ExitCode usage(const std::string& why) {
    complain(why + "\nTry 'scorelet help score'.");
    return ExitCode::usage;
  }

  const ScoreOptions& options_;
  Summary summary_;
  bool stopped_ = false;
};

}  // namespace

ExitCode score(const ScoreOptions& options) { return ScoreRun(options)(); }

}  // namespace scorelet::cli
