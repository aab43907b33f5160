// scorelet baseline and scorelet drift: what rows were like, and whether they still are.
#include <cmath>
#include <limits>
#include <utility>

#include <scorelet/telemetry/window.hpp>

#include "command.hpp"
#include "parsing.hpp"
#include "rows.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kBaselineHelp =
    R"(scorelet baseline - what fields and results were like, to compare later rows with

Usage:
  scorelet baseline MODEL [INPUT] [-o OUTPUT]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  typical rows, such as those the model was trained on: CSV or NDJSON
                         (without it, from the statistics in MODEL; these speak of no results)
  -o, --output=OUTPUT    where to write JSON (standard output)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

The file is for scorelet drift and for telemetry. It holds counts, and of categories the values;
docs/telemetry.md says what it looks like.

Example:
  scorelet baseline loan.pmml training.csv -o loan.baseline.json
)";

struct BaselineOptions {
  std::string model, input, output = "-", modelName;  ///< no input: the model's own statistics
};

Parsed<BaselineOptions> parseBaseline(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model) return UsageError{"MODEL is needed"};
  return BaselineOptions{args::get(model), args::get(input), output ? args::get(output) : "-", args::get(modelName)};
}

constexpr std::string_view kDriftHelp = R"(scorelet drift - how far rows are from a baseline, field by field

Usage:
  scorelet drift MODEL INPUT [-b BASELINE] [-o OUTPUT]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows: CSV with a header line, or NDJSON
  -b, --baseline=FILE    what scorelet baseline made (the statistics in MODEL)
  -o, --output=OUTPUT    where to write CSV (standard output)
  --threshold=PSI        a field has drifted if its PSI is above this (0.25), and above what
                         it would be in 19 of 20 samples of this size without drift (psiBound)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

Exit status 1 means that a field or a result has drifted.

Example:
  scorelet drift loan.pmml october.csv -b loan.baseline.json
)";

struct DriftOptions {
  std::string model, input, output = "-", baseline, modelName;  ///< no baseline: the model's own statistics
  double threshold = 0.25;
};

Parsed<DriftOptions> parseDrift(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text baseline{p.parser, "", "", {'b', "baseline"}}, threshold{p.parser, "", "", {"threshold"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model || !input) return UsageError{"MODEL and INPUT are needed"};
  DriftOptions o{args::get(model),    args::get(input),     output ? args::get(output) : "-",
                 args::get(baseline), args::get(modelName), 0.25};
  if (threshold && !(readNumber(args::get(threshold), o.threshold) && o.threshold > 0))
    return UsageError{"--threshold is a number above 0"};
  return o;
}

using telemetry::Baseline;
using telemetry::FieldReport;
using telemetry::Window;

/// Scores all rows of a file and adds them; what cannot be read is counted and said.
template <class To>
ExitCode addRows(const Model& model, const std::string& path, To& to) {
  const auto opened = openRows(model, path);
  if (!opened->failure().empty()) return failFile(opened->failure());
  Scorer scorer(model);
  scorer.keepDetails(false);
  std::size_t unreadable = 0;
  for (RowSource& rows = *opened->rows; rows.read();) {
    rows.parse();
    const Batch& batch = rows.batch();
    scorer.score(batch);
    to.add(batch, scorer);
    for (const Row& row : rows.rows()) unreadable += row.refused.empty() ? 0 : 1;
  }
  if (!opened->failure().empty()) return failFile(opened->failure());
  for (const Diagnostic& d : opened->rows->notes()) complain(d.text());
  if (unreadable > 0) complain(std::to_string(unreadable) + " rows could not be read and are left out");
  if (to.rows() == 0) return failFile("'" + path + "' has no rows that can be read");
  return ExitCode::ok;
}

ExitCode write(const std::string& path, std::string_view text) {
  Output output(path);
  if (output.write(text) && output.close()) return ExitCode::ok;
  return failFile(output.failure());
}

bool isEmpty(const Baseline& b) { return b.fields.empty() && b.results.empty(); }

constexpr std::string_view kNoStatistics =
    "the model has no statistics of its training data (ModelStats); give typical rows";

void appendReport(std::string& out, const FieldReport& f, double threshold) {
  const auto number = [&](double x) {
    out += ',';
    if (!std::isnan(x)) appendNumber(out, x);
  };
  const auto count = [&](std::uint64_t n) { number(static_cast<double>(n)); };
  appendCsvCell(out, f.name);
  out += f.isResult ? ",result" : ",field";
  for (const std::uint64_t n : {f.rows, f.missing, f.invalid, f.outside, f.novel}) count(n);
  number(f.mean);
  number(f.meanShift);
  number(f.drift.psi);
  number(f.drift.psiBound);
  number(std::sqrt(f.drift.jensenShannon));
  number(f.kind == telemetry::FieldBaseline::Kind::number ? f.drift.ksOnBins
                                                          : std::numeric_limits<double>::quiet_NaN());
  number(f.drift.homogeneity.p);
  out += std::isnan(f.drift.psi) ? ",unknown\n" : f.hasDrifted(threshold) ? ",yes\n" : ",no\n";
}

ExitCode baseline(const BaselineOptions& options) {
  const Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName});
  if (!loaded.model) return loaded.exit;
  const Model& model = *loaded.model;
  Baseline made;
  if (options.input.empty()) {
    made = Baseline::ofModel(model);
    if (isEmpty(made)) return failFile(kNoStatistics);
  } else {
    telemetry::BaselineBuilder builder(model);
    if (const ExitCode exit = addRows(model, options.input, builder); exit != ExitCode::ok) return exit;
    made = builder.finish();
  }
  made.modelSha256 = digestOfDocument(model, options.model);
  return write(options.output, made.json());
}

ExitCode drift(const DriftOptions& options) {
  const Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName});
  if (!loaded.model) return loaded.exit;
  const Model& model = *loaded.model;
  const auto reference = readBaseline(model, options.baseline);
  if (!reference) return failFile(reference.error());
  if (options.baseline.empty() && isEmpty(*reference))
    return failFile(std::string(kNoStatistics) + " to scorelet baseline, and its file with -b");
  const std::string digest = digestOfDocument(model, options.model);
  if (!reference->modelSha256.empty() && !digest.empty() && reference->modelSha256 != digest)
    complain("the baseline was made with another model");
  Window window(model, *reference);
  if (const ExitCode exit = addRows(model, options.input, window); exit != ExitCode::ok) return exit;
  std::string text =
      "name,kind,rows,missing,invalid,outside,novel,mean,meanShift,psi,psiBound,jensenShannonDistance,ks,chiSquareP,"
      "drifted\n";
  bool hasDrifted = false;
  for (std::size_t i = 0; i < window.fields(); ++i) {
    const FieldReport report = window.field(i);
    appendReport(text, report, options.threshold);
    hasDrifted = hasDrifted || report.hasDrifted(options.threshold);
  }
  const ExitCode exit = write(options.output, text);
  return exit == ExitCode::ok && hasDrifted ? ExitCode::failed : exit;
}

}  // namespace

extern const Command kBaseline{"baseline", kBaselineHelp, runCommand<parseBaseline, baseline>};
extern const Command kDrift{"drift", kDriftHelp, runCommand<parseDrift, drift>};

}  // namespace scorelet::cli
