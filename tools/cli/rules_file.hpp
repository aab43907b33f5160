// The file of rules, for scorelet monitor and scorelet rules.
#pragma once

#ifndef __wasi__

#include <string>

#include "exit_code.hpp"
#include "monitor/rules.hpp"

namespace scorelet::cli {

/// No path: those of an empty file.
ExitCode readRules(const std::string& path, monitor::Rules& rules);

}  // namespace scorelet::cli

#endif
