#include "native/audit_folder.hpp"

#include <dirent.h>
#include <sys/file.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace scorelet::native {
namespace {

using service::Answer;
using service::fail;

std::unexpected<service::Failure> failed(const std::string& what) {
  return fail(500, "The record of predictions cannot be " + what + ": " + std::strerror(errno) + ".");
}

}  // namespace

std::string AuditFolder::nameOf(std::uint64_t segment) const { return path_ + "/" + service::segmentFile(segment); }

Answer<void> AuditFolder::lock() {
  if (!makeFolder(path_)) return failed("begun");
  lock_.emplace(path_ + "/lock", O_RDWR | O_CREAT);
  if (!*lock_) return failed("begun");
  if (flock(lock_->get(), LOCK_EX | LOCK_NB) == 0) return {};
  return fail(409, "Another program writes the record of predictions in '" + path_ + "'.");
}

Answer<std::vector<std::uint64_t>> AuditFolder::segments() {
  std::vector<std::uint64_t> out;
  DIR* const folder = opendir(path_.c_str());
  if (folder == nullptr) return failed("read");
  while (const dirent* const entry = readdir(folder)) {  // NOLINT(concurrency-mt-unsafe): each call has its own folder
    if (const auto segment = service::segmentOf(entry->d_name)) out.push_back(*segment);
  }
  closedir(folder);
  std::ranges::sort(out);
  return out;
}

Answer<std::string> AuditFolder::read(std::uint64_t segment) {
  const File file(nameOf(segment), O_RDONLY);
  std::string out;
  if (!file || !readFile(file, out)) return failed("read");
  return out;
}

Answer<void> AuditFolder::append(std::uint64_t segment, std::string_view lines) {
  if (!last_ || lastSegment_ != segment) {
    const bool isNew = access(nameOf(segment).c_str(), F_OK) != 0;
    last_.emplace(nameOf(segment), O_WRONLY | O_CREAT | O_APPEND);
    lastSegment_ = segment;
    if (!*last_ || (isNew && !syncFolder(path_))) return failed("written");
  }
  if (!writeFile(*last_, lines)) return failed("written");
  return {};
}

Answer<void> AuditFolder::replace(std::uint64_t segment, std::string_view lines) {
  const std::string draft = path_ + "/draft";
  if (lastSegment_ == segment) last_.reset(), lastSegment_ = 0;
  {
    const File file(draft, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file || !writeFile(file, lines)) return failed("rewritten");
  }
  if (rename(draft.c_str(), nameOf(segment).c_str()) != 0 || !syncFolder(path_)) return failed("rewritten");
  return {};
}

Answer<void> AuditFolder::remove(std::uint64_t segment) {
  if (unlink(nameOf(segment).c_str()) != 0 || !syncFolder(path_)) return failed("shortened");
  return {};
}

}  // namespace scorelet::native
