// Where recorded predictions are kept: segments of lines, of which the last one grows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"

namespace scorelet::service {

/// Belongs to one process at a time. What a function has returned from outlives the power.
class AuditStorage {
 public:
  AuditStorage() = default;
  virtual ~AuditStorage() = default;
  AuditStorage(const AuditStorage&) = delete;
  AuditStorage& operator=(const AuditStorage&) = delete;

  /// Numbers of the segments, ascending.
  virtual Answer<std::vector<std::uint64_t>> segments() = 0;
  virtual Answer<std::string> read(std::uint64_t segment) = 0;
  /// Adds to a segment, which is begun if it is not there.
  virtual Answer<void> append(std::uint64_t segment, std::string_view lines) = 0;
  /// Puts other lines in place of all of a segment's, at once or not at all.
  virtual Answer<void> replace(std::uint64_t segment, std::string_view lines) = 0;
  virtual Answer<void> remove(std::uint64_t segment) = 0;
};

/// The file of a segment: "000000000001.jsonl".
[[nodiscard]] std::string segmentFile(std::uint64_t segment);
/// The segment of such a name.
[[nodiscard]] std::optional<std::uint64_t> segmentOf(std::string_view file);

}  // namespace scorelet::service
