#include "service_parts.hpp"

#ifndef __wasi__

#include <unistd.h>

#include <cstdlib>

#include "command.hpp"
#include "files.hpp"

namespace scorelet::cli {

std::string systemUser() {
  const char* user = std::getenv("USER");  // NOLINT(concurrency-mt-unsafe): nothing changes it
  return user != nullptr && *user != 0 ? user : "uid " + std::to_string(getuid());
}

ExitCode refuse(const service::Failure& failure) {
  complain(failure.message);
  return failure.status >= 500 ? ExitCode::files : ExitCode::failed;
}

ExitCode readKeys(const std::string& path, std::vector<service::PublicKey>& keys) {
  if (path.empty()) return ExitCode::ok;
  std::string failure;
  const auto text = readAll(path, failure);
  if (!text) return failFile(failure);
  auto read = service::readPublicKeys(*text);
  if (!read) return failFile("'" + path + "': " + read.error().message);
  keys = std::move(*read);
  return ExitCode::ok;
}

}  // namespace scorelet::cli

#endif
