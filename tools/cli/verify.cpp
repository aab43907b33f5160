// scorelet verify: the model against its own ModelVerification.
#include <algorithm>

#include "command.hpp"
#include "parsing.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kVerifyHelp = R"(scorelet verify - run the verification records in a model

Usage:
  scorelet verify MODEL [--json] [--model=NAME]

  MODEL                  a PMML document with ModelVerification; "-" is standard input
  --json                 the report as JSON
  --model=NAME           which model of the document (the first that can be scored)
  -q, --quiet            only the exit status
  -h, --help             this text

Exit status 0 means that every record came out as recorded, 1 that one did not or that the
document has no records.

Example:
  scorelet verify loan.pmml
)";

struct VerifyOptions {
  std::string model, modelName;
  bool json = false, quiet = false;
};

Parsed<VerifyOptions> parseVerify(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text modelName{p.parser, "", "", {"model"}};
  args::Flag json{p.parser, "", "", {"json"}}, quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model) return UsageError{"MODEL is needed"};
  return VerifyOptions{args::get(model), args::get(modelName), json, quiet};
}

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

}  // namespace

extern const Command kVerify{"verify", kVerifyHelp, runCommand<parseVerify, verify>};

}  // namespace scorelet::cli
