// scorelet: score, inspect, verify, compile and serve PMML models from the command line.
#ifndef __wasi__
#include <csignal>
#endif
#include <string>
#include <vector>

#include "commands.hpp"

namespace {

using namespace scorelet::cli;

struct Run {
  ExitCode operator()(const UsageError& error) const {
    const std::string command = error.command.empty() ? "" : " " + error.command;
    complain(error.message + "\nTry 'scorelet help" + command + "'.");
    return ExitCode::usage;
  }
  ExitCode operator()(const HelpOptions& options) const { return print(options.text); }
  ExitCode operator()(const ScoreOptions& options) const { return score(options); }
  ExitCode operator()(const InspectOptions& options) const { return inspect(options); }
  ExitCode operator()(const VerifyOptions& options) const { return verify(options); }
  ExitCode operator()(const CompileOptions& options) const { return compile(options); }
  ExitCode operator()(const ExportOptions& options) const { return exportFormulas(options); }
  ExitCode operator()(const ExplainCommand& options) const { return explain(options); }
  ExitCode operator()(const AskOptions& options) const { return ask(options); }
  ExitCode operator()(const BaselineOptions& options) const { return baseline(options); }
  ExitCode operator()(const DriftOptions& options) const { return drift(options); }
  ExitCode operator()(const ServeOptions& options) const { return serve(options); }
  ExitCode operator()(const ModelCommand& options) const { return model(options); }
  ExitCode operator()(const SendOptions& options) const { return send(options); }
};

}  // namespace

int main(int argc, char** argv) {
#ifndef __wasi__
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error to report, not a reason to vanish
#endif
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(std::visit(Run{}, parseOptions(arguments)));
}
