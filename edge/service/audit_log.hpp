// Recorded predictions, in a chain that shows what was changed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "service/audit_policy.hpp"
#include "service/audit_storage.hpp"
#include "service/hash_chain.hpp"
#include "service/host.hpp"
#include "service/model_store.hpp"
#include "service/mutex.hpp"

namespace scorelet::service {

/// A row to be recorded.
struct Prediction {
  std::string id, body;
};

class AuditLog {
 public:
  static constexpr std::size_t kSegmentBytes = std::size_t{64} << 20;

  AuditLog(AuditStorage& storage, Host& host, AuditPolicy policy, std::size_t segmentBytes = kSegmentBytes)
      : storage_(storage), host_(host), policy_(std::move(policy)), segmentBytes_(segmentBytes) {}

  /// Goes on behind what is there. A line that a crash left torn was never acknowledged, and goes.
  Answer<void> open();

  [[nodiscard]] const AuditPolicy& policy() const noexcept { return policy_; }
  [[nodiscard]] Host& host() noexcept { return host_; }

  /// Records rows of one request; when it returns they are there for good. From any number of threads: what comes while
  /// another one writes is written together. After a failure nothing is recorded any more.
  Answer<void> add(const std::vector<Prediction>& predictions, const std::string& model, const std::string& sha256);

  struct Report {
    std::uint64_t predictions = 0, deleted = 0, segments = 0;
    std::string last;  ///< digest of the last line
  };
  /// Whether every line is there as it was written, bodies included but for those that a line says were deleted.
  [[nodiscard]] Answer<Report> verify();

  /// Deletes the bodies of all records of a key (`FieldKeeping::key`). Returns how many.
  Answer<std::uint64_t> forget(std::string_view key, const Author& author);
  /// Deletes segments of which every record is older; the one that grows stays. Returns how many records.
  Answer<std::uint64_t> expire(std::uint64_t before, const Author& author);

  /// Numbers of the segments, ascending, and the whole lines of one.
  Answer<std::vector<std::uint64_t>> segments() { return storage_.segments(); }
  Answer<std::string> segment(std::uint64_t number);
  /// The lines, oldest first, until `take` returns false.
  Answer<void> forEach(const std::function<bool(std::string_view line)>& take);

 private:
  Answer<void> settle();
  void enqueue(const std::string& head, std::string_view body);
  Answer<void> addEvent(std::string_view event, const Author& author, std::string_view member, std::string_view json);
  Answer<std::uint64_t> beginSegment();

  AuditStorage& storage_;
  Host& host_;
  AuditPolicy policy_;
  std::size_t segmentBytes_;

  Mutex deleting_;  // one at a time

  Mutex order_;  // of what follows: where a line comes in the chain
  HashChain chain_;
  std::string pending_;
  std::uint64_t enqueued_ = 0;

  Mutex writing_;  // of what follows: one writes at a time, for all who wait
  std::uint64_t written_ = 0;
  std::uint64_t segment_ = 1;
  std::size_t size_ = 0;  // of that segment
  Failure broken_;        // with a message: no more is recorded
};

}  // namespace scorelet::service
