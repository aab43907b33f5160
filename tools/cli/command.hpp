// A command of the program: its help, its options and what it does stand in one file, named like it.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <scorelet/scorelet.hpp>
#include <scorelet/telemetry/baseline.hpp>

#include "exit_code.hpp"

namespace scorelet::cli {

using Arguments = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view help;  ///< the text of --help; scorelet.1 says the same at length, a test compares their options
  ExitCode (*run)(const Command& command, const Arguments& arguments);  ///< arguments without the command's name
};

// In the order of the program's own help.
extern const Command kScore, kInspect, kVerify, kCompile, kExport, kExplain, kAsk, kBaseline, kDrift, kServe, kModel,
    kAudit, kReplay, kSend, kMonitor, kRules;

struct UsageError {
  std::string message;
};
struct HelpWanted {};
template <class Options>
using Parsed = std::variant<UsageError, HelpWanted, Options>;

ExitCode complainOfUsage(std::string_view command, std::string_view message);

/// "scorelet: text" on standard error.
void complain(std::string_view text);

/// Complains about a file.
ExitCode failFile(std::string_view why);

/// Prints `text` to standard output, to the last byte; complains if it cannot.
ExitCode print(std::string_view text, ExitCode otherwise = ExitCode::ok);

/// What scorelet baseline made; without a path the model's own statistics. Else one sentence.
std::expected<telemetry::Baseline, std::string> readBaseline(const Model& model, const std::string& path);

/// SHA-256 of the PMML document at `path`, whether or not it was compiled; empty for standard input.
std::string digestOfDocument(const Model& model, const std::string& path);

/// A model, or why there is none.
struct Loaded {
  std::optional<Model> model;
  ExitCode exit = ExitCode::ok;
  Diagnostics refused;  ///< with ExitCode::model; already complained about unless `silent`
};
/// Complains that a model is refused, with every fault.
ExitCode refuse(const std::string& path, const Diagnostics& faults);
Loaded loadModel(const std::string& path, const LoadOptions& options, bool silent = false);

/// Command::run of what parses arguments and what does as they say.
template <auto parse, auto run>
ExitCode runCommand(const Command& command, const Arguments& arguments) {
  const auto parsed = parse(arguments);
  if (const auto* error = std::get_if<UsageError>(&parsed)) return complainOfUsage(command.name, error->message);
  if (std::holds_alternative<HelpWanted>(parsed)) return print(command.help);
  return run(std::get<2>(parsed));
}

/// The whole program; arguments without its own name.
ExitCode runProgram(const Arguments& arguments);
std::string_view versionText();

}  // namespace scorelet::cli
