// scorelet compile: a model file that is smaller and loads faster.
#include "command.hpp"
#include "digest.hpp"
#include "files.hpp"
#include "parsing.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kCompileHelp = R"(scorelet compile - make a file of a model that is smaller and loads faster

Usage:
  scorelet compile MODEL -o OUTPUT [--model=NAME]

  MODEL                  a PMML document; "-" is standard input
  -o, --output=OUTPUT    the compiled file, by custom with the extension .scorelet
  --model=NAME           which model of the document is checked (the first that can be scored)
  -q, --quiet            no summary on standard error
  -h, --help             this text

The compiled file goes wherever a PMML document does and gives the same answers, to the last bit.
It says the SHA-256 of the document that it comes from (scorelet inspect); keep the document.

Example:
  scorelet compile loan.pmml -o loan.scorelet
)";

struct CompileOptions {
  std::string model, output, modelName;
  bool quiet = false;
};

Parsed<CompileOptions> parseCompile(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model || !output) return UsageError{"MODEL and -o OUTPUT are needed"};
  return CompileOptions{args::get(model), args::get(output), args::get(modelName), quiet};
}

ExitCode compile(const CompileOptions& options) {
  std::string failure;
  const auto pmml = readAll(options.model, failure);
  if (!pmml) return failFile(failure);
  const auto compiled = compileDocument(*pmml, digestOf(*pmml), {.limits = {}, .modelName = options.modelName});
  if (!compiled) return refuse(options.model, compiled.error());
  Output output(options.output);
  output.write({reinterpret_cast<const char*>(compiled->data()), compiled->size()});
  if (!output.close()) return failFile(output.failure());
  if (!options.quiet) complain(std::to_string(pmml->size()) + " bytes became " + std::to_string(compiled->size()));
  return ExitCode::ok;
}

}  // namespace

extern const Command kCompile{"compile", kCompileHelp, runCommand<parseCompile, compile>};

}  // namespace scorelet::cli
