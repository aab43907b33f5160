// What changed from one version of a model to another.
#pragma once

#include <string>

#include "exit_code.hpp"

namespace scorelet::cli {

/// Prints what the descriptions of two documents say differently, and how their results differ for the rows of a file,
/// if one is given ("": none). ExitCode::failed if there is any difference.
ExitCode diffModels(const std::string& before, const std::string& after, const std::string& sample);

}  // namespace scorelet::cli
