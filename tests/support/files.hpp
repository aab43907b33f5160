// Files and the project's root, the same natively, under node and under a WASI engine with opened directories.
#pragma once

#include <optional>
#include <string>

namespace scorelet::test {

/// The project's root: $SCORELET_ROOT, else the source directory known at compile time.
[[nodiscard]] std::string projectRoot();

/// The shared material beside the project: $SCORELET_SHARED, else `<root>/../shared`.
[[nodiscard]] std::string sharedRoot();

/// The whole file as bytes, or nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> readFile(const std::string& path);

[[nodiscard]] bool fileExists(const std::string& path);

/// What follows the last '/': a folder's name in those of tests.
[[nodiscard]] std::string lastPart(const std::string& path);

}  // namespace scorelet::test
