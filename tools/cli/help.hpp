// The texts of --help and --version. scorelet.1 says the same at length; a test compares their options.
#pragma once

#include <string>
#include <string_view>

namespace scorelet::cli {

/// Of a command, or of the program if empty; empty if there is no such command.
std::string helpText(std::string_view command);
std::string versionText();

}  // namespace scorelet::cli
