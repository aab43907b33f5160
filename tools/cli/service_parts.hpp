// What the commands over the service share.
#pragma once

#ifndef __wasi__

#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "files.hpp"
#include "service/http.hpp"
#include "service/minisign.hpp"

namespace scorelet::cli {

/// Who runs the program, for records.
std::string systemUser();

/// Complains about what the service's own parts refuse.
ExitCode refuse(const service::Failure& failure);

/// What the service's own `parse` makes of the text of a file; no path: `into` stays as it is.
template <class Parse, class Parsed>
ExitCode readParsed(const std::string& path, const Parse& parse, Parsed& into) {
  if (path.empty()) return ExitCode::ok;
  std::string failure;
  const auto text = readAll(path, failure);
  if (!text) return failFile(failure);
  auto read = parse(*text);
  if (!read) return failFile("'" + path + "': " + read.error().message);
  into = std::move(*read);
  return ExitCode::ok;
}

/// Public keys of a file; no path: none are trusted, and everything is taken.
ExitCode readKeys(const std::string& path, std::vector<service::PublicKey>& keys);

}  // namespace scorelet::cli

#endif
