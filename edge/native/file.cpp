#include "native/file.hpp"

namespace scorelet::native {

bool readFile(const File& file, std::string& out) {
  char part[1 << 16];
  for (;;) {
    const ssize_t n = read(file.get(), part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0;
    out.append(part, static_cast<std::size_t>(n));
  }
}

bool writeFile(const File& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return fdatasync(file.get()) == 0;
}

bool makeFolder(const std::string& path) { return mkdir(path.c_str(), 0755) == 0 || errno == EEXIST; }

bool syncFolder(const std::string& path) {
  const File folder(path, O_RDONLY | O_DIRECTORY);
  return folder && fsync(folder.get()) == 0;
}

}  // namespace scorelet::native
