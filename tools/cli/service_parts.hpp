// What the commands over the service share.
#pragma once

#ifndef __wasi__

#include <string>

#include "exit_code.hpp"
#include "service/settings.hpp"

namespace scorelet::cli {

/// Who runs the program, for records.
std::string systemUser();

/// Complains about what the service's own parts refuse.
ExitCode refuse(const service::Failure& failure);

/// Public keys of a file; no path: none are trusted, and everything is taken.
ExitCode readKeys(const std::string& path, service::Settings& settings);

}  // namespace scorelet::cli

#endif
