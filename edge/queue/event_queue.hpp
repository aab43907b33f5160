// Records in files until they are sent: bounded, and whole after a crash.
//
// A folder holds segments, NUMBER.events, named by the number of their first record, and `state`, which says the first
// record that is not sent yet and how many were dropped. A record is framed by its length and a checksum of number and
// bytes. Segments are only appended to, and each start of a host begins a new one: what a crash left torn at the end of
// one is seen by its checksum and is never overwritten. `state` is replaced as a whole.
//
// What `commit` said yes to is found after a kill at any moment (and after a loss of power, as far as the disk keeps
// its word); what was acknowledged is not found again, unless the kill came before `acknowledge` returned.
#pragma once

#include <cstdint>
#include <cstdio>
#include <deque>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/telemetry/delivery.hpp>

namespace scorelet::edge {

struct EventQueueOptions {
  telemetry::QueueBounds bounds;
  std::uint64_t segmentBytes = std::uint64_t{4}
                               << 20;  ///< a segment is closed, and once it is sent deleted, as a whole
};

/// Belongs to one thread. A folder is open in one process at a time (a lock says so).
class EventQueue {
 public:
  /// Makes the folder if need be. On failure one sentence.
  [[nodiscard]] static std::expected<EventQueue, std::string> open(const std::string& folder,
                                                                   const EventQueueOptions& options = {});
  ~EventQueue();
  EventQueue(EventQueue&& other) noexcept;
  EventQueue& operator=(EventQueue&&) = delete;

  /// Takes a record, or counts it as dropped. It is on disk after the next `commit`.
  void add(std::string_view record);
  /// False if what was added since the last one could not be stored; it is then counted as dropped.
  bool commit();

  struct Portion {
    std::vector<std::string> records;
    std::uint64_t end = 0;  ///< for `acknowledge`
  };
  /// The oldest records: at least one, if there is any. Commits first.
  [[nodiscard]] Portion oldest(std::size_t records, std::size_t bytes);
  /// The records of that portion, and all before, are done with. False if that could not be stored.
  bool acknowledge(std::uint64_t end);

  [[nodiscard]] std::uint64_t records() const noexcept { return ledger_.records(); }
  /// For want of room, by a failed write or by damage; since the folder was made.
  [[nodiscard]] std::uint64_t dropped() const noexcept { return ledger_.dropped(); }
  /// Of the last call that failed, one sentence.
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

 private:
  struct Entry {
    std::uint64_t number = 0;
    std::uint32_t size = 0;
  };
  /// Reads one record after the other, as long as they are asked for in order.
  struct Reader {
    std::FILE* file = nullptr;
    std::uint64_t segment = 0, next = 0;
  };
  EventQueue(std::string folder, const EventQueueOptions& options);

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::string pathOf(std::uint64_t segment) const;
  bool lock();
  bool load();
  void loadSegment(std::uint64_t first);
  void readState();
  bool writeState();
  bool begin();
  void drop(std::uint64_t records);
  void deleteSent();
  [[nodiscard]] bool read(std::uint64_t number, std::string& record);
  bool fail(const std::string& what);

  std::string folder_, failure_;
  EventQueueOptions options_;
  telemetry::QueueLedger ledger_;
  std::deque<Entry> entries_;            // as the ledger has them
  std::deque<std::uint64_t> segments_;   // the number of the first record of each
  std::uint64_t first_ = 0;              // numbers: of the oldest record that is not done with,
  std::uint64_t stored_ = 0, next_ = 0;  // of the first that is not stored yet, of the next to come
  std::string pending_;                  // frames of those in between
  std::uint64_t written_ = 0;            // bytes of the last segment
  std::FILE* file_ = nullptr;            // the last segment; none if there is to be a new one
  Reader reader_;
  int lock_ = -1;
};

}  // namespace scorelet::edge
