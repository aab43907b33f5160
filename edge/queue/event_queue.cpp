#include "event_queue.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

namespace scorelet::edge {
namespace {

constexpr std::size_t kFrame = 12;                                // length and checksum
constexpr std::uint32_t kMostBytes = std::uint32_t{64} << 20;     // of a record: a longer one is damage
constexpr std::uint64_t kMostPending = std::uint64_t{256} << 10;  // bytes in memory
constexpr std::string_view kEnding = ".events";

/// Bytes out of place are damage, too: the number of the record is in the key.
std::uint64_t checksum(std::uint64_t number, std::string_view record) {
  std::array<std::uint8_t, 16> key{'s', 'c', 'o', 'r', 'e', 'l', 'e', 't'};
  for (std::size_t i = 0; i < 8; ++i) key[8 + i] = static_cast<std::uint8_t>(number >> (8 * i));
  return telemetry::sipHash(key, record);
}

void appendLittleEndian(std::string& out, std::uint64_t x, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(x >> (8 * i));
}

std::uint64_t littleEndian(const char* bytes, int n) {
  std::uint64_t x = 0;
  for (int i = 0; i < n; ++i) x |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
  return x;
}

/// The next record of a segment; nothing at its end and where it is torn.
std::optional<std::string> readRecord(std::FILE* file, std::uint64_t number) {
  char frame[kFrame];
  if (std::fread(frame, 1, kFrame, file) != kFrame) return std::nullopt;
  const auto size = static_cast<std::uint32_t>(littleEndian(frame, 4));
  if (size > kMostBytes) return std::nullopt;
  std::string record(size, '\0');
  if (std::fread(record.data(), 1, size, file) != size) return std::nullopt;
  if (littleEndian(frame + 4, 8) != checksum(number, record)) return std::nullopt;
  return record;
}

std::optional<std::uint64_t> readNumber(std::string_view text) {
  std::uint64_t x = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), x);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return x;
}

/// To the disk, not only to the system.
bool flush(std::FILE* file) { return std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0; }

/// New and renamed names are on disk once their folder is. Not every system lets one ask.
void flushFolder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (fd < 0) return;
  (void)::fsync(fd);
  ::close(fd);
}

}  // namespace

EventQueue::EventQueue(std::string folder, const EventQueueOptions& options)
    : folder_(std::move(folder)), options_(options), ledger_(options.bounds) {}

EventQueue::~EventQueue() {
  commit();
  if (file_ != nullptr) std::fclose(file_);
  if (reader_.file != nullptr) std::fclose(reader_.file);
  if (lock_ >= 0) ::close(lock_);
}

EventQueue::EventQueue(EventQueue&& other) noexcept
    : folder_(std::move(other.folder_)),
      failure_(std::move(other.failure_)),
      options_(other.options_),
      ledger_(std::move(other.ledger_)),
      entries_(std::move(other.entries_)),
      segments_(std::move(other.segments_)),
      first_(other.first_),
      stored_(other.stored_),
      next_(other.next_),
      pending_(std::exchange(other.pending_, {})),
      written_(other.written_),
      file_(std::exchange(other.file_, nullptr)),
      reader_(std::exchange(other.reader_, {})),
      lock_(std::exchange(other.lock_, -1)) {}

std::expected<EventQueue, std::string> EventQueue::open(const std::string& folder, const EventQueueOptions& options) {
  EventQueue queue(folder, options);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) queue.fail("cannot be made");
  if (queue.failure_.empty() && queue.lock() && queue.load()) return queue;
  return std::unexpected(queue.failure_);
}

bool EventQueue::fail(const std::string& what) {
  failure_ = "'" + folder_ + "' " + what + ": " + std::strerror(errno);  // NOLINT(concurrency-mt-unsafe)
  return false;
}

std::string EventQueue::pathOf(std::uint64_t segment) const {
  const std::string digits = std::to_string(segment);
  return path(std::string(20 - digits.size(), '0') + digits + std::string(kEnding));
}

bool EventQueue::lock() {
  lock_ = ::open(path("lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock_ < 0) return fail("cannot be written");
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) return fail("is in use by another process");
  return true;
}

bool EventQueue::load() {
  readState();
  DIR* folder = ::opendir(folder_.c_str());
  if (folder == nullptr) return fail("cannot be read");
  while (const dirent* entry = ::readdir(folder)) {  // NOLINT(concurrency-mt-unsafe): the folder is this thread's
    const std::string_view name = entry->d_name;
    if (!name.ends_with(kEnding)) continue;
    if (const auto number = readNumber(name.substr(0, name.size() - kEnding.size()))) segments_.push_back(*number);
  }
  ::closedir(folder);
  std::sort(segments_.begin(), segments_.end());
  next_ = first_;
  for (const std::uint64_t segment : segments_) loadSegment(segment);
  stored_ = next_;
  std::uint64_t surplus = 0;  // if there is room for fewer now
  for (const Entry& entry : entries_) surplus += ledger_.found(entry.size);
  drop(surplus);
  return true;
}

void EventQueue::loadSegment(std::uint64_t first) {
  // A write that failed half way may have left records that the next segment has again.
  while (!entries_.empty() && entries_.back().number >= first) entries_.pop_back(), --next_;
  // What should be between two segments was damaged.
  if (first > next_) ledger_.restoreDropped(first - next_);
  std::FILE* file = std::fopen(pathOf(first).c_str(), "rb");
  std::uint64_t number = first;
  if (file != nullptr) {
    for (; const auto record = readRecord(file, number); ++number)
      if (number >= first_) entries_.push_back({number, static_cast<std::uint32_t>(record->size())});
    std::fclose(file);
  }
  next_ = std::max(next_, number);
}

void EventQueue::readState() {
  std::FILE* file = std::fopen(path("state").c_str(), "rb");
  if (file == nullptr) return;
  char text[64] = {};
  const std::string_view read(text, std::fread(text, 1, sizeof text, file));
  std::fclose(file);
  const std::size_t blank = read.find(' '), end = read.find('\n');
  if (blank == std::string_view::npos || end == std::string_view::npos || end < blank) return;
  const auto first = readNumber(read.substr(0, blank)), dropped = readNumber(read.substr(blank + 1, end - blank - 1));
  if (!first || !dropped) return;
  first_ = *first;
  ledger_.restoreDropped(*dropped);
}

/// The first record that is not done with, and how many were dropped.
bool EventQueue::writeState() {
  const std::string fresh = path("state.new");
  std::FILE* file = std::fopen(fresh.c_str(), "wb");
  if (file == nullptr) return fail("cannot be written");
  const std::string text = std::to_string(first_) + ' ' + std::to_string(ledger_.dropped()) + '\n';
  const bool isWritten = std::fwrite(text.data(), 1, text.size(), file) == text.size() && flush(file);
  if (std::fclose(file) != 0 || !isWritten || std::rename(fresh.c_str(), path("state").c_str()) != 0)
    return fail("cannot be written");
  flushFolder(folder_);
  return true;
}

/// The ledger has forgotten the oldest ones.
void EventQueue::drop(std::uint64_t records) {
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(records));
  first_ = entries_.empty() ? next_ : entries_.front().number;
}

void EventQueue::deleteSent() {
  while (segments_.size() > 1 && segments_[1] <= first_) {
    (void)std::remove(pathOf(segments_.front()).c_str());
    segments_.pop_front();
  }
}

void EventQueue::add(std::string_view record) {
  const auto admission = ledger_.admit(record.size() <= kMostBytes ? record.size() : ~std::uint64_t{0});
  if (!admission.isAdmitted) return;
  drop(admission.drop);
  entries_.push_back({next_, static_cast<std::uint32_t>(record.size())});
  first_ = entries_.front().number;
  appendLittleEndian(pending_, record.size(), 4);
  appendLittleEndian(pending_, checksum(next_, record), 8);
  pending_ += record;
  ++next_;
  if (pending_.size() >= kMostPending) commit();
}

/// A new segment.
bool EventQueue::begin() {
  if (file_ != nullptr) std::fclose(file_);
  written_ = 0;
  file_ = std::fopen(pathOf(stored_).c_str(), "wb");
  if (file_ == nullptr) return false;
  if (segments_.empty() || segments_.back() != stored_) segments_.push_back(stored_);
  flushFolder(folder_);
  return true;
}

bool EventQueue::commit() {
  if (pending_.empty()) return true;
  if (((file_ != nullptr && written_ < options_.segmentBytes) || begin()) &&
      std::fwrite(pending_.data(), 1, pending_.size(), file_) == pending_.size() && flush(file_)) {
    written_ += pending_.size();
    stored_ = next_;
    pending_.clear();
    deleteSent();
    return true;
  }
  fail("cannot be written");
  // The segment ends in the middle of a record, perhaps: another one goes on with the same numbers.
  if (file_ != nullptr) std::fclose(std::exchange(file_, nullptr));
  for (; !entries_.empty() && entries_.back().number >= stored_; entries_.pop_back()) ledger_.lost();
  next_ = stored_;
  first_ = std::min(first_, next_);
  pending_.clear();
  return false;
}

bool EventQueue::read(std::uint64_t number, std::string& record) {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), number);
  const std::uint64_t segment = *(after - 1);
  if (reader_.file == nullptr || reader_.segment != segment || reader_.next > number) {
    if (reader_.file != nullptr) std::fclose(reader_.file);
    reader_ = {std::fopen(pathOf(segment).c_str(), "rb"), segment, segment};
  }
  std::optional<std::string> found;
  while (reader_.file != nullptr && reader_.next <= number) {
    std::clearerr(reader_.file);  // it may have grown since
    found = readRecord(reader_.file, reader_.next);
    if (!found) break;
    ++reader_.next;
  }
  if (!found) {
    if (reader_.file != nullptr) std::fclose(std::exchange(reader_.file, nullptr));
    return false;
  }
  record = std::move(*found);
  return true;
}

EventQueue::Portion EventQueue::oldest(std::size_t records, std::size_t bytes) {
  commit();
  Portion out;
  const std::size_t n = ledger_.portion(records, bytes);
  out.end = first_;
  for (std::size_t i = 0; i < n; ++i) {
    std::string record;
    if (read(entries_[i].number, record))
      out.records.push_back(std::move(record));
    else
      ledger_.restoreDropped(1);  // it was damaged meanwhile
    out.end = entries_[i].number + 1;
  }
  return out;
}

bool EventQueue::acknowledge(std::uint64_t end) {
  std::uint64_t records = 0;
  while (records < entries_.size() && entries_[records].number < end) ++records;
  ledger_.remove(records);
  drop(records);
  if (!writeState()) return false;
  deleteSent();
  return true;
}

}  // namespace scorelet::edge
