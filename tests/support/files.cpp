#include "support/files.hpp"

#include <cstdio>
#include <cstdlib>

#ifndef SCORELET_SOURCE_DIR
#define SCORELET_SOURCE_DIR "."
#endif

namespace scorelet::test {

std::string projectRoot() {
  const char* root = std::getenv("SCORELET_ROOT");
  return root ? root : SCORELET_SOURCE_DIR;
}

std::string sharedRoot() {
  const char* shared = std::getenv("SCORELET_SHARED");
  return shared ? shared : projectRoot() + "/../shared";
}

std::optional<std::string> readFile(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return std::nullopt;
  std::string bytes;
  char buffer[1 << 14];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.append(buffer, n);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return std::nullopt;
  return bytes;
}

bool fileExists(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file) std::fclose(file);
  return file != nullptr;
}

std::string lastPart(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace scorelet::test
