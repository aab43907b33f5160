#include "rules_file.hpp"

#ifndef __wasi__

#include <utility>

#include "command.hpp"
#include "files.hpp"

namespace scorelet::cli {

ExitCode readRules(const std::string& path, monitor::Rules& rules) {
  if (path.empty()) return ExitCode::ok;
  std::string failure;
  const auto text = readAll(path, failure);
  if (!text) return failFile(failure);
  auto read = monitor::Rules::parse(*text);
  if (!read) {
    const auto& why = read.error();
    return failFile("'" + path + "': " + (why.field.empty() ? "" : why.field + ": ") + why.message);
  }
  rules = std::move(*read);
  return ExitCode::ok;
}

}  // namespace scorelet::cli

#endif
