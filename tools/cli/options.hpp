// The command line: what was asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <scorelet/formulas.hpp>

#include "rows.hpp"

namespace scorelet::cli {

struct ScoreOptions {
  std::string model, input, output = "-";
  std::string modelName;
  std::uint32_t horizon = 1;
  std::uint32_t threads = 1;
  std::optional<Format> format, outputFormat;
  std::optional<char> separator;
  std::vector<std::string> columns, ids, missing, header;
  std::string group;     ///< column; empty: the model's own group field, if it reads lists
  bool noGroup = false;  ///< every row is a record
  bool strict = false, allOutputs = false, details = false, noDiagnostics = false, quiet = false;
};

struct InspectOptions {
  std::string model, modelName;
  bool json = false;
};

struct VerifyOptions {
  std::string model, modelName;
  bool json = false, quiet = false;
};

struct CompileOptions {
  std::string model, output, modelName;
  bool quiet = false;
};

struct ExportOptions {
  std::string model, output = "-", modelName;
  FormulaStyle style = FormulaStyle::automatic;
  bool quiet = false;
};

struct ExplainCommand {
  std::string model, input, output = "-", background, modelName;
  std::vector<std::string> ids;
  ExplainOptions how;
};

struct AskOptions {
  std::string model, question, background, modelName;
};

struct BaselineOptions {
  std::string model, input, output = "-", modelName;  ///< no input: the model's own statistics
};

struct DriftOptions {
  std::string model, input, output = "-", baseline, modelName;  ///< no baseline: the model's own statistics
  double threshold = 0.25;
};

/// Numbers are 0 where the default counts.
struct ServeOptions {
  std::vector<std::string> models;  ///< NAME=FILE or FILE
  std::string address = "127.0.0.1", tokens, defaultModel, store;
  std::vector<std::string> origins;
  std::uint32_t port = 8080, threads = 0, rate = 0, rows = 0, bodyBytes = 0, milliseconds = 0, drainMilliseconds = 0;
  bool noExplain = false, quiet = false;
};

/// What `scorelet model` is to do in a store.
struct ModelCommand {
  std::string action, store = "models", name;
  std::vector<std::string> arguments;  ///< behind the name
  std::string alias, by, why, sample;
};

/// Text to print and end with success.
struct HelpOptions {
  std::string text;
};

struct UsageError {
  std::string command;  ///< empty: the program as a whole
  std::string message;
};

using Options =
    std::variant<UsageError, HelpOptions, ScoreOptions, InspectOptions, VerifyOptions, CompileOptions, ExportOptions,
                 ExplainCommand, AskOptions, BaselineOptions, DriftOptions, ServeOptions, ModelCommand>;

/// `arguments` without the program's own name.
Options parseOptions(const std::vector<std::string>& arguments);

}  // namespace scorelet::cli
