// scorelet baseline and scorelet drift: what rows were like, and whether they still are.
#include <cmath>
#include <limits>
#include <utility>

#include <scorelet/telemetry/window.hpp>

#include "commands.hpp"
#include "digest.hpp"
#include "rows.hpp"

namespace scorelet::cli {
namespace {

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

}  // namespace

std::expected<Baseline, std::string> readBaseline(const Model& model, const std::string& path) {
  if (path.empty()) return Baseline::ofModel(model);
  std::string failure;
  const auto json = readAll(path, failure);
  if (!json) return std::unexpected(failure);
  auto parsed = Baseline::parse(*json);
  if (!parsed) return std::unexpected("'" + path + "': " + parsed.error()[0].message);
  return std::move(*parsed);
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

}  // namespace scorelet::cli
