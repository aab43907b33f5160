// Files in one file: POSIX ustar, plain files without folders only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"

namespace scorelet::service {

struct TarFile {
  std::string name;
  std::string_view bytes;  ///< views the archive
};

/// Whether the bytes begin as an archive does.
[[nodiscard]] bool isTar(std::string_view bytes) noexcept;

/// Refuses what `tar` would do more with than write a file here: folders, links, devices, names with "/", two files of
/// one name, and whatever stands behind the end.
[[nodiscard]] Answer<std::vector<TarFile>> readTar(std::string_view bytes);

/// The same bytes for the same files: no times, no owners.
[[nodiscard]] std::string writeTar(const std::vector<TarFile>& files);

}  // namespace scorelet::service
