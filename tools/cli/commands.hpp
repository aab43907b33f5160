// The commands. Each prints for itself and says how the program ends.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <scorelet/telemetry/baseline.hpp>

#include "exit_code.hpp"
#include "options.hpp"

namespace scorelet::cli {

ExitCode score(const ScoreOptions& options);
ExitCode inspect(const InspectOptions& options);
ExitCode verify(const VerifyOptions& options);
ExitCode compile(const CompileOptions& options);
ExitCode exportFormulas(const ExportOptions& options);
ExitCode explain(const ExplainCommand& options);
ExitCode ask(const AskOptions& options);
ExitCode baseline(const BaselineOptions& options);
ExitCode drift(const DriftOptions& options);
ExitCode serve(const ServeOptions& options);
ExitCode model(const ModelCommand& options);
ExitCode send(const SendOptions& options);

/// "scorelet: text" on standard error.
void complain(std::string_view text);

/// Complains about a file.
ExitCode failFile(std::string_view why);

/// Prints `text` to standard output, to the last byte; complains if it cannot.
ExitCode print(std::string_view text, ExitCode otherwise = ExitCode::ok);

/// What scorelet baseline made; without a path the model's own statistics. Else one sentence.
std::expected<telemetry::Baseline, std::string> readBaseline(const Model& model, const std::string& path);

/// A model, or why there is none.
struct Loaded {
  std::optional<Model> model;
  ExitCode exit = ExitCode::ok;
  Diagnostics refused;  ///< with ExitCode::model; already complained about unless `silent`
};
/// Complains that a model is refused, with every fault.
ExitCode refuse(const std::string& path, const Diagnostics& faults);
Loaded loadModel(const std::string& path, const LoadOptions& options, bool silent = false);

}  // namespace scorelet::cli
