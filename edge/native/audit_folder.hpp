// Recorded predictions in a directory: NUMBER.jsonl.
#pragma once

#include <optional>
#include <string>

#include "native/file.hpp"
#include "service/audit_storage.hpp"

namespace scorelet::native {

/// One process at a time: a lock says so.
class AuditFolder final : public service::AuditStorage {
 public:
  explicit AuditFolder(std::string path) : path_(std::move(path)) {}
  /// Before any of the others. Fails if another process has it; to read only, `lock` may be left out.
  service::Answer<void> lock();

  service::Answer<std::vector<std::uint64_t>> segments() override;
  service::Answer<std::string> read(std::uint64_t segment) override;
  service::Answer<void> append(std::uint64_t segment, std::string_view lines) override;
  service::Answer<void> replace(std::uint64_t segment, std::string_view lines) override;
  service::Answer<void> remove(std::uint64_t segment) override;

 private:
  [[nodiscard]] std::string nameOf(std::uint64_t segment) const;

  std::string path_;
  std::optional<File> lock_, last_;
  std::uint64_t lastSegment_ = 0;  // that `last_` is
};

}  // namespace scorelet::native
