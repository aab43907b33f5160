// Models and their record in a directory: objects/SHA256, and log.jsonl.
#pragma once

#include <string>

#include "service/storage.hpp"

namespace scorelet::native {

/// Several processes may use one directory at a time. What a function has returned from is on the disk.
class Directory final : public service::Storage {
 public:
  explicit Directory(std::string path) : path_(std::move(path)) {}
  service::Answer<std::string> readLog() override;
  service::Answer<void> appendLog(std::string_view lines, std::size_t size) override;
  service::Answer<std::string> readObject(const std::string& sha256) override;
  service::Answer<void> writeObject(const std::string& sha256, std::string_view bytes) override;

 private:
  std::string path_;
};

}  // namespace scorelet::native
