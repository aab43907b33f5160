// Files that outlive the power.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace scorelet::native {

/// An open file, closed in the end.
class File {
 public:
  File(const std::string& path, int flags) : file_(open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (file_ >= 0) close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const noexcept { return file_ >= 0; }
  [[nodiscard]] int get() const noexcept { return file_; }

 private:
  int file_;
};

/// All of a file, from where it stands; what went wrong is in `errno`, as of those below.
[[nodiscard]] bool readFile(const File& file, std::string& out);
/// Bytes that are on the disk when it returns.
[[nodiscard]] bool writeFile(const File& file, std::string_view bytes);
/// True also if it is there.
[[nodiscard]] bool makeFolder(const std::string& path);
/// So that the name of a new file outlives the power, too.
[[nodiscard]] bool syncFolder(const std::string& path);

}  // namespace scorelet::native
