#include "native/directory.hpp"

#include <sys/file.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "native/file.hpp"

namespace scorelet::native {
namespace {

using service::Answer;
using service::fail;

std::unexpected<service::Failure> failed(const std::string& what) {
  return fail(500, "The store cannot " + what + ": " + std::strerror(errno) + ".");
}

Answer<std::string> readAll(const File& file, const std::string& what) {
  std::string out;
  if (!readFile(file, out)) return failed(what);
  return out;
}

}  // namespace

Answer<std::string> Directory::readLog() {
  const File file(path_ + "/log.jsonl", O_RDONLY);
  if (!file && errno == ENOENT) return std::string();
  if (!file) return failed("read its record");
  return readAll(file, "read its record");
}

Answer<void> Directory::appendLog(std::string_view lines, std::size_t size) {
  if (!makeFolder(path_)) return failed("make its directory");
  const File file(path_ + "/log.jsonl", O_RDWR | O_CREAT);
  if (!file || flock(file.get(), LOCK_EX) != 0) return failed("open its record");
  const auto now = readAll(file, "read its record");
  if (!now) return std::unexpected(now.error());
  if (now->size() < size || now->find('\n', size) != std::string::npos) return fail(409, "The record has grown.");
  const auto end = static_cast<off_t>(size);
  if (ftruncate(file.get(), end) != 0 || lseek(file.get(), end, SEEK_SET) != end || !writeFile(file, lines) ||
      !syncFolder(path_))
    return failed("write its record");
  return {};
}

Answer<std::string> Directory::readObject(const std::string& sha256) {
  const File file(path_ + "/objects/" + sha256, O_RDONLY);
  if (!file) return failed("read version " + sha256.substr(0, 16));
  return readAll(file, "read version " + sha256.substr(0, 16));
}

Answer<void> Directory::writeObject(const std::string& sha256, std::string_view bytes) {
  const std::string folder = path_ + "/objects", path = folder + "/" + sha256;
  if (!makeFolder(path_) || !makeFolder(folder)) return failed("make its directory");
  if (access(path.c_str(), R_OK) == 0) return {};
  static std::atomic<unsigned> drafts = 0;  // of this process: two threads may write the same
  const std::string draft = path + "." + std::to_string(getpid()) + "." + std::to_string(++drafts);
  {
    const File file(draft, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file || !writeFile(file, bytes)) return failed("write a version");
  }
  if (rename(draft.c_str(), path.c_str()) != 0 || !syncFolder(folder)) return failed("write a version");
  return {};
}

}  // namespace scorelet::native
