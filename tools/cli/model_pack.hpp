// Bundles of scorelet model: made, signed, and opened for the store.
#pragma once

#ifndef __wasi__

#include <string>
#include <vector>

#include "exit_code.hpp"
#include "service/settings.hpp"

namespace scorelet::cli {

/// What `scorelet model pack` puts together; empty: none.
struct PackOptions {
  std::string name, document, about, background, baseline, labelled, key, output, by, why;
};

/// Writes a bundle, unless the model would not be served with it.
ExitCode packBundle(const PackOptions& options, std::uint64_t now);

/// Puts a signature that minisign made of the manifest into a bundle.
ExitCode signBundle(const std::string& bundle, const std::string& signature);

/// Public keys of a file; no path: none are trusted, and everything is taken.
ExitCode readKeys(const std::string& path, service::Settings& settings);

}  // namespace scorelet::cli

#endif
