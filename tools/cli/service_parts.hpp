// What the commands over the service share.
#pragma once

#ifndef __wasi__

#include <string>
#include <vector>

#include "exit_code.hpp"
#include "service/http.hpp"
#include "service/minisign.hpp"

namespace scorelet::cli {

/// Who runs the program, for records.
std::string systemUser();

/// Complains about what the service's own parts refuse.
ExitCode refuse(const service::Failure& failure);

/// Public keys of a file; no path: none are trusted, and everything is taken.
ExitCode readKeys(const std::string& path, std::vector<service::PublicKey>& keys);

}  // namespace scorelet::cli

#endif
