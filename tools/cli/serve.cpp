// scorelet serve: models behind HTTP.
#include <filesystem>

#include "commands.hpp"
#include "files.hpp"

#ifndef __wasi__
#include "native/directory.hpp"
#include "native/server.hpp"
#endif

namespace scorelet::cli {

#ifdef __wasi__

ExitCode serve(const ServeOptions&) {
  complain("this build has no server; docs/service.md names the hosts for WebAssembly");
  return ExitCode::usage;
}

#else

namespace {

/// "loan" of "loan=models/7.pmml" and of "models/loan.pmml"; `path` becomes what stands behind.
std::string nameOf(std::string& path) {
  const std::size_t sign = path.find('=');
  if (sign == std::string::npos) return std::filesystem::path(path).stem().string();
  std::string name = path.substr(0, sign);
  path.erase(0, sign + 1);
  return name;
}

/// The service's own settings as far as options say them.
ExitCode readSettings(const ServeOptions& options, service::Settings& settings) {
  settings.origins = options.origins;
  settings.requestsPerSecond = options.rate;
  settings.defaultModel = options.defaultModel;
  settings.explains = !options.noExplain;
  if (options.rows > 0) settings.rows = options.rows;
  if (options.bodyBytes > 0) settings.bodyBytes = options.bodyBytes;
  if (options.milliseconds > 0) settings.milliseconds = options.milliseconds;
  if (options.tokens.empty()) return ExitCode::ok;
  std::string failure;
  const auto text = readAll(options.tokens, failure);
  if (!text) return failFile(failure);
  auto tokens = service::readTokens(*text);
  if (!tokens) return failFile("'" + options.tokens + "': " + tokens.error().message);
  settings.tokens = std::move(*tokens);
  return ExitCode::ok;
}

ExitCode deployFiles(const ServeOptions& options, service::Service& service) {
  for (std::string path : options.models) {
    const std::string name = nameOf(path);
    std::string failure;
    auto document = readAll(path, failure);
    if (!document) return failFile(failure);
    if (const auto ok = service.deploy(name, std::move(*document)); !ok) {
      complain("'" + path + "': " + ok.error().message);
      return ExitCode::model;
    }
  }
  return ExitCode::ok;
}

}  // namespace

ExitCode serve(const ServeOptions& options) {
  native::holdSignals();
  service::Settings settings;
  if (const ExitCode exit = readSettings(options, settings); exit != ExitCode::ok) return exit;
  native::NativeHost host(options.quiet);
  native::Directory directory(options.store);
  service::ModelStore store(directory, host);
  const bool hasStore = !options.store.empty();
  service::Service service(settings, host, hasStore ? &store : nullptr);
  if (const ExitCode exit = deployFiles(options, service); exit != ExitCode::ok) return exit;
  const auto follow = [&] {
    const auto ok = hasStore ? service.followStore() : service::Answer<void>();
    if (!ok) complain("'" + options.store + "': " + ok.error().message);
    return ok.has_value();
  };
  if (!follow()) return ExitCode::model;

  native::ServerOptions server;
  server.address = options.address;
  server.port = static_cast<int>(options.port);
  server.drainMilliseconds = options.drainMilliseconds;
  server.bodyBytes = std::max(settings.bodyBytes, settings.tokens.empty() ? 0 : settings.modelBytes);
  if (options.threads > 0) server.threads = options.threads;
  const auto begun = [&](int port) { complain("serving http://" + options.address + ":" + std::to_string(port)); };
  const bool done = native::serve(service, server, begun, follow);
  if (done) return ExitCode::ok;
  return failFile("cannot listen on " + options.address + ":" + std::to_string(options.port));
}

#endif

}  // namespace scorelet::cli
