#include <algorithm>

#include <scorelet/telemetry/delivery.hpp>

namespace scorelet::telemetry {

std::uint64_t QueueLedger::makeRoom(std::uint64_t records, std::uint64_t bytes) {
  std::uint64_t dropped = 0;
  while (!sizes_.empty() && (sizes_.size() + records > bounds_.records || bytes_ + bytes > bounds_.bytes)) {
    remove(1);
    ++dropped;
  }
  dropped_ += dropped;
  return dropped;
}

QueueLedger::Admission QueueLedger::admit(std::uint64_t bytes) {
  const bool isPossible = bytes <= bounds_.bytes && bounds_.records > 0;
  const bool fits = sizes_.size() < bounds_.records && bytes_ + bytes <= bounds_.bytes;
  if (!isPossible || (!fits && bounds_.whenFull == WhenFull::refuseNewest)) {
    ++dropped_;
    return {};
  }
  const std::uint64_t dropped = makeRoom(1, bytes);
  sizes_.push_back(bytes);
  bytes_ += bytes;
  return {true, dropped};
}

void QueueLedger::lost() {
  if (sizes_.empty()) return;
  bytes_ -= sizes_.back();
  sizes_.pop_back();
  ++dropped_;
}

std::uint64_t QueueLedger::found(std::uint64_t bytes) {
  sizes_.push_back(bytes);
  bytes_ += bytes;
  return makeRoom(0, 0);
}

void QueueLedger::remove(std::uint64_t records) {
  for (; records > 0 && !sizes_.empty(); --records) {
    bytes_ -= sizes_.front();
    sizes_.pop_front();
  }
}

std::size_t QueueLedger::portion(std::size_t records, std::size_t bytes) const noexcept {
  std::size_t n = 0;
  std::uint64_t total = 0;
  while (n < sizes_.size() && n < records && (n == 0 || total + sizes_[n] <= bytes)) total += sizes_[n++];
  return n;
}

}  // namespace scorelet::telemetry
