// scorelet verify: the model against its own ModelVerification.
#include <algorithm>

#include "commands.hpp"

namespace scorelet::cli {
namespace {

std::string shown(const std::string& value) { return value.empty() ? "nothing" : value; }

std::string plural(std::size_t n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

std::string reportText(const VerificationReport& report) {
  std::string out;
  std::size_t good = 0;
  auto mismatch = report.mismatches.begin();
  for (std::size_t record = 1; record <= report.records; ++record) {
    const auto first = mismatch;
    while (mismatch != report.mismatches.end() && mismatch->record == record) ++mismatch;
    const bool unscored = std::binary_search(report.unscored.begin(), report.unscored.end(), record);
    const bool matches = first == mismatch && !unscored;
    good += matches;
    out += "record " + std::to_string(record);
    out += matches ? ": as recorded\n" : unscored ? ": could not be scored\n" : ": differs\n";
    for (auto m = first; m != mismatch; ++m) {
      out += "  " + m->field + ": recorded " + shown(m->expected) + ", computed " + shown(m->actual) + "\n";
    }
  }
  for (const Diagnostic& d : report.diagnostics) out += d.text() + "\n";
  out += (report.passed() ? "passed: " : "failed: ") + std::to_string(good) + " of " +
         plural(report.records, "record") + ", " + plural(report.fields, "field") + " each\n";
  return out;
}

}  // namespace

ExitCode verify(const VerifyOptions& options) {
  const Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName});
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
