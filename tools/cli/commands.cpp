#include "commands.hpp"

#include <cstdio>

#include "files.hpp"

namespace scorelet::cli {

void complain(std::string_view text) {
  std::fprintf(stderr, "scorelet: %.*s\n", static_cast<int>(text.size()), text.data());
}

ExitCode print(std::string_view text, ExitCode otherwise) {
  Output output("-");
  if (output.write(text) && output.close()) return otherwise;
  complain(output.failure());
  return ExitCode::files;
}

Loaded loadModel(const std::string& path, const LoadOptions& options, bool silent) {
  std::string failure;
  const auto text = readAll(path, failure);
  if (!text) {
    complain(failure);
    return {std::nullopt, ExitCode::files, {}};
  }
  auto model = Model::load(std::string_view(*text), options);
  if (model) return {std::move(*model), ExitCode::ok, {}};
  if (!silent) {
    const std::size_t n = model.error().size();
    complain("'" + path + "' cannot be scored, for " + std::to_string(n) + (n == 1 ? " reason:" : " reasons:"));
    for (const Diagnostic& d : model.error()) std::fprintf(stderr, "  %s\n", d.text().c_str());
  }
  return {std::nullopt, ExitCode::model, std::move(model.error())};
}

}  // namespace scorelet::cli
