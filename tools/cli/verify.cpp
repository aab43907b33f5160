// scorelet verify: the model against its own ModelVerification.
#include <cstdio>

#include "commands.hpp"

namespace scorelet::cli {
namespace {

std::string reportText(const VerificationReport& report) {
  std::string out;
  std::size_t next = 0, bad = 0;
  for (std::size_t record = 1; record <= report.records; ++record) {
    const std::size_t first = next;
    while (next < report.mismatches.size() && report.mismatches[next].record == record) ++next;
    out += "record " + std::to_string(record) + (first == next ? ": as recorded\n" : ": differs\n");
    for (std::size_t i = first; i < next; ++i) {
      const VerificationMismatch& m = report.mismatches[i];
      out += "  " + m.field + ": recorded " + m.expected + ", computed " + m.actual + "\n";
    }
    if (first != next) ++bad;
  }
  for (const Diagnostic& d : report.diagnostics) out += d.text() + "\n";
  out += (report.passed() ? "passed: " : "failed: ") + std::to_string(report.records - bad) + " of " +
         std::to_string(report.records) + " records, " + std::to_string(report.fields) +
         (report.fields == 1 ? " field each\n" : " fields each\n");
  return out;
}

}  // namespace

ExitCode verify(const VerifyOptions& options) {
  const Loaded loaded = loadModel(options.model, options.modelName);
  if (!loaded.model) return loaded.exit;
  const VerificationReport report = scorelet::verify(*loaded.model);
  const bool passed = report.passed() && report.records > 0;
  const ExitCode exit = passed ? ExitCode::ok : ExitCode::failed;
  if (options.json) {
    std::string json;
    appendVerificationJson(json, report);
    return print(json + "\n", exit);
  }
  if (report.records == 0) {
    complain("'" + options.model + "' has no ModelVerification; nothing was verified");
    return exit;
  }
  return options.quiet ? exit : print(reportText(report), exit);
}

}  // namespace scorelet::cli
