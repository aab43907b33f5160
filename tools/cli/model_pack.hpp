// Bundles of scorelet model: made, signed, and opened for the store.
#pragma once

#ifndef __wasi__

#include <cstdint>
#include <string>

#include "exit_code.hpp"

namespace scorelet::cli {

/// What `scorelet model pack` puts together; empty: none.
struct PackOptions {
  std::string name, document, about, background, baseline, labelled, key, output, by, why;
};

/// Writes a bundle, unless the model would not be served with it.
ExitCode packBundle(const PackOptions& options, std::uint64_t now);

/// Puts a signature that minisign made of the manifest into a bundle.
ExitCode signBundle(const std::string& bundle, const std::string& signature);

}  // namespace scorelet::cli

#endif
