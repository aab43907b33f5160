// scorelet compile: a model file that is smaller and loads faster.
#include "commands.hpp"
#include "digest.hpp"
#include "files.hpp"

namespace scorelet::cli {
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

}  // namespace scorelet::cli
