#include "service_parts.hpp"

#ifndef __wasi__

#include <unistd.h>

#include <cstdlib>

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
  return readParsed(path, service::readPublicKeys, keys);
}

}  // namespace scorelet::cli

#endif
