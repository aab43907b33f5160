// Where models and the record of their changes are kept: a directory, or what a platform has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "service/http.hpp"

namespace scorelet::service {

class Storage {
 public:
  Storage() = default;
  virtual ~Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  /// The whole record; empty if there is none yet.
  virtual Answer<std::string> readLog() = 0;
  /// Adds lines behind the first `size` bytes, for good: what has returned outlives the power. Fails with 409 if
  /// another whole line is there by now; what is there of a line that was never finished goes.
  virtual Answer<void> appendLog(std::string_view lines, std::size_t size) = 0;
  /// What was written under its digest.
  virtual Answer<std::string> readObject(const std::string& sha256) = 0;
  virtual Answer<void> writeObject(const std::string& sha256, std::string_view bytes) = 0;
};

}  // namespace scorelet::service
