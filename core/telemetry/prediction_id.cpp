#include <scorelet/telemetry/event.hpp>

#include "base/hexadecimal.hpp"

namespace scorelet::telemetry {

PredictionId PredictionIds::next(std::uint64_t unixMilliseconds, std::uint64_t random) {
  constexpr std::uint32_t kCounters = 1u << 12;
  if (unixMilliseconds > time_) {
    time_ = unixMilliseconds;
    counter_ = 0;
  } else if (++counter_ == kCounters) {
    ++time_;  // ahead of the clock, until it comes after
    counter_ = 0;
  }
  PredictionId id;
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(time_ >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | counter_ >> 8);
  id.bytes[7] = static_cast<std::uint8_t>(counter_);
  for (std::size_t i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(random >> (56 - 8 * i));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

std::string PredictionId::text() const {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    appendHex(out, std::byte{bytes[i]});
  }
  return out;
}

bool isSampled(const PredictionId& id, double share) noexcept {
  std::uint64_t random = 0;
  for (std::size_t i = 9; i < 16; ++i) random = random << 8 | id.bytes[i];
  return static_cast<double>(random >> 3) * 0x1p-53 < share;
}

}  // namespace scorelet::telemetry
