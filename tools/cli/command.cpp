#include "command.hpp"

#include <cstdio>

#include "digest.hpp"
#include "files.hpp"

namespace scorelet::cli {

void complain(std::string_view text) {
  std::fprintf(stderr, "scorelet: %.*s\n", static_cast<int>(text.size()), text.data());
}

ExitCode failFile(std::string_view why) {
  complain(why);
  return ExitCode::files;
}

ExitCode print(std::string_view text, ExitCode otherwise) {
  Output output("-");
  if (output.write(text) && output.close()) return otherwise;
  return failFile(output.failure());
}

ExitCode refuse(const std::string& path, const Diagnostics& faults) {
  complain("'" + path + "' cannot be scored, for " + std::to_string(faults.size()) +
           (faults.size() == 1 ? " reason:" : " reasons:"));
  for (const Diagnostic& d : faults) std::fprintf(stderr, "  %s\n", d.text().c_str());
  return ExitCode::model;
}

Loaded loadModel(const std::string& path, const LoadOptions& options, bool silent) {
  std::string failure;
  const auto text = readAll(path, failure);
  if (!text) return {std::nullopt, failFile(failure), {}};
  auto model = Model::load(std::string_view(*text), options);
  if (model) return {std::move(*model), ExitCode::ok, {}};
  if (!silent) refuse(path, model.error());
  return {std::nullopt, ExitCode::model, std::move(model.error())};
}

std::expected<telemetry::Baseline, std::string> readBaseline(const Model& model, const std::string& path) {
  if (path.empty()) return telemetry::Baseline::ofModel(model);
  std::string failure;
  const auto json = readAll(path, failure);
  if (!json) return std::unexpected(failure);
  auto parsed = telemetry::Baseline::parse(*json);
  if (!parsed) return std::unexpected("'" + path + "': " + parsed.error()[0].message);
  return std::move(*parsed);
}

std::string digestOfDocument(const Model& model, const std::string& path) {
  if (!model.info().documentSha256.empty()) return model.info().documentSha256;
  std::string failure;
  const auto bytes = path == "-" ? std::nullopt : readAll(path, failure);
  return bytes ? hexadecimal(digestOf(*bytes)) : std::string();
}

ExitCode complainOfUsage(std::string_view command, std::string_view message) {
  complain(std::string(message) + "\nTry 'scorelet help" + (command.empty() ? "" : " ") + std::string(command) + "'.");
  return ExitCode::usage;
}

}  // namespace scorelet::cli
