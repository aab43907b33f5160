#include "rules_file.hpp"

#ifndef __wasi__

#include <string_view>

#include "service_parts.hpp"

namespace scorelet::cli {

ExitCode readRules(const std::string& path, monitor::Rules& rules) {
  const auto parse = [](std::string_view text) {
    auto read = monitor::Rules::parse(text);
    if (!read && !read.error().field.empty()) read.error().message.insert(0, read.error().field + ": ");
    return read;
  };
  return readParsed(path, parse, rules);
}

}  // namespace scorelet::cli

#endif
