// scorelet compile: a model file that is smaller and loads faster.
#include <tomcrypt.h>

#include <cstdio>

#include "commands.hpp"
#include "files.hpp"

namespace scorelet::cli {
namespace {

Sha256 digestOf(std::string_view bytes) {
  Sha256 out;
  hash_state state;
  sha256_init(&state);
  // The library counts in 32 bits.
  for (constexpr std::size_t most = std::size_t{1} << 30; !bytes.empty();
       bytes.remove_prefix(std::min(most, bytes.size())))
    sha256_process(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                   static_cast<unsigned long>(std::min(most, bytes.size())));
  sha256_done(&state, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

}  // namespace

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
