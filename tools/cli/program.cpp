// The program: which command is asked for.
#include "command.hpp"

#ifndef SCORELET_VERSION_TEXT
#error "SCORELET_VERSION_TEXT comes from the build"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kProgramHelp = R"(scorelet - score rows with a PMML model

Usage:
  scorelet score MODEL INPUT [-o OUTPUT] [options]   score CSV or NDJSON rows
  scorelet inspect MODEL [--json]                    show fields, domains, targets, outputs
  scorelet verify MODEL                              run the verification records in the model
  scorelet compile MODEL -o OUTPUT                   make a smaller file of it that loads faster
  scorelet export MODEL --to=excel [-o OUTPUT]       write it as formulas of a spreadsheet
  scorelet explain MODEL INPUT -b BACKGROUND         what each field contributes to each prediction
  scorelet ask MODEL QUESTION [-b BACKGROUND]        what would change a prediction, in JSON
  scorelet baseline MODEL [INPUT]                    what later rows are to be compared with
  scorelet drift MODEL INPUT [-b BASELINE]           how far rows are from it, field by field
  scorelet serve MODEL... [options]                  models behind HTTP
  scorelet model ACTION [...] [--store=DIRECTORY]    versions of models, and what is in use
  scorelet audit ACTION FOLDER                       the record of what a server predicted
  scorelet replay FOLDER [MODEL...]                  recorded predictions made once more
  scorelet send FOLDER URL                           events of scored rows to a collector
  scorelet monitor --data=DIR [options]              keep and judge what deployed models report
  scorelet rules [RULES] --to=ENGINE [options]       the monitor's rules for Prometheus and others
  scorelet help COMMAND                              more about a command
  scorelet --version

Exit status:
  0  done
  1  a bad row under --strict; a verification that did not pass; drift; a difference
  2  wrong usage
  3  the model is refused; every fault is listed
  4  a file cannot be read, understood or written

Example:
  scorelet score loan.pmml customers.csv --id customer -o scores.csv
)";

const Command* const kCommands[] = {&kScore, &kInspect, &kVerify, &kCompile, &kExport, &kExplain, &kAsk,     &kBaseline,
                                    &kDrift, &kServe,   &kModel,  &kAudit,   &kReplay, &kSend,    &kMonitor, &kRules};

const Command* find(std::string_view name) {
  for (const Command* command : kCommands)
    if (command->name == name) return command;
  return nullptr;
}

std::string listed() {
  std::string out;
  const std::size_t n = std::size(kCommands);
  for (std::size_t i = 0; i < n; ++i)
    out += (i == 0 ? "" : i + 1 == n ? " or " : ", ") + std::string(kCommands[i]->name);
  return out;
}

ExitCode unknown(const std::string& name) { return complainOfUsage("", "there is no command '" + name + "'"); }

ExitCode help(const Arguments& arguments) {
  if (arguments.empty()) return print(kProgramHelp);
  const Command* command = find(arguments[0]);
  return command == nullptr ? unknown(arguments[0]) : print(command->help);
}

}  // namespace

std::string_view versionText() { return "scorelet " SCORELET_VERSION_TEXT; }

ExitCode runProgram(const Arguments& arguments) {
  if (arguments.empty()) return complainOfUsage("", "a command is needed: " + listed());
  const std::string& name = arguments[0];
  const Arguments rest(arguments.begin() + 1, arguments.end());
  if (const Command* command = find(name)) return command->run(*command, rest);
  if (name == "help" || name == "--help" || name == "-h") return help(rest);
  if (name == "--version" || name == "-V") return print(std::string(versionText()) + "\n");
  return unknown(name);
}

}  // namespace scorelet::cli
