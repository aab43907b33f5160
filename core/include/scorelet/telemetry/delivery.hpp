// When records are sent, in what portions, what an answer means for them, and which are kept when there is no room: the
// rules alone. Clock, random bits, transport and storage are the host's, which does as it is told.
//
// Records are delivered at least once and carry ids (`PredictionId`), so that the receiver can tell what came twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include <scorelet/telemetry/otlp.hpp>

namespace scorelet::telemetry {

struct DeliveryOptions {
  std::size_t records = 512;  ///< of one request, at most
  std::size_t bytes = std::size_t{1} << 20;
  double interval = 5;    ///< seconds that records wait for others to fill a request
  double firstDelay = 1;  ///< seconds, after a request that failed; doubles each time
  double longestDelay = 300;
};

/// What came of a request.
struct HttpAnswer {
  int status = 0;               ///< 0: no answer
  std::string_view retryAfter;  ///< the header, as it came
  std::string_view body;
};

/// What to do with the records of a request.
enum class Verdict : std::uint8_t {
  remove,  ///< they have arrived, or never will: count and forget them
  keep,    ///< send them again, later
};

/// The sender's side of OTLP/HTTP ("OTLP/HTTP Response", "Failures", "Throttling"). Times are seconds since 1970.
class Delivery {
 public:
  explicit Delivery(Encoding encoding, const DeliveryOptions& options = {});

  /// How many seconds from now the next request is due: 0 if it is. Full portions and a host that is about to end
  /// (`isLast`) do not wait for more records; nothing overtakes a delay after a failure. A clock that was set back ends
  /// no later than if it had not been.
  [[nodiscard]] double wait(double now, std::size_t pending, double oldest, bool isLast = false);
  /// What a request may hold now: fewer after one was too large.
  [[nodiscard]] std::size_t records() const noexcept { return portion_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return options_.bytes; }

  /// After a request with `records` records. `random` is from [0, 1).
  ///
  /// 200 with an answer of OTLP: arrived, but for those that the collector says it rejected. 200 with anything else
  /// (the page of a captive portal), 429, 502, 503, 504, 408 and no answer: again, after the delay (doubled each time,
  /// half of it by chance, never less than Retry-After says). 400 and 413: again in halves; a single record that is
  /// refused is dropped. 401, 403, 404, 405, 407, 415 and 3xx: the host is not set up right, which is no fault of the
  /// records: kept, and tried again after the longest delay. Others: dropped, as the protocol says.
  [[nodiscard]] Verdict answered(double now, const HttpAnswer& answer, std::size_t records, double random);

  struct Counts {
    std::uint64_t delivered = 0, rejected = 0,
                  dropped = 0;                 ///< records: arrived; refused by the collector; by an answer
    std::uint64_t requests = 0, failures = 0;  ///< requests: all; those that are to be repeated
  };
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }
  /// The last answer said that address or token are wrong.
  [[nodiscard]] bool isRefused() const noexcept { return isRefused_; }

 private:
  void delay(double now, double seconds, double random, double atLeast);
  Verdict halve(std::size_t records);

  Encoding encoding_;
  DeliveryOptions options_;
  std::size_t portion_;
  unsigned failures_ = 0;  // one after the other
  double set_ = 0, until_ = 0;
  bool isRefused_ = false;
  Counts counts_;
};

/// Seconds from now that a Retry-After header asks for: a number of them, or a date (RFC 9110, 10.2.3); a day at most.
[[nodiscard]] std::optional<double> readRetryAfter(std::string_view header, double now);

/// What happens to a record for which a queue has no room.
enum class WhenFull : std::uint8_t {
  dropOldest,   ///< make room: what is new matters more
  refuseNewest  ///< keep what is there: it is a record of what was
};

struct QueueBounds {
  std::uint64_t records = 100'000;
  std::uint64_t bytes = std::uint64_t{64} << 20;
  WhenFull whenFull = WhenFull::dropOldest;
};

/// The sizes of a queue's records, oldest first: says what to drop, and counts what was.
class QueueLedger {
 public:
  explicit QueueLedger(const QueueBounds& bounds = {}) : bounds_(bounds) {}

  struct Admission {
    bool isAdmitted = false;
    std::uint64_t drop = 0;  ///< oldest ones, before it is stored
  };
  /// A new record. Storage follows, or tells `lost` that it could not (quota exceeded, disk full).
  [[nodiscard]] Admission admit(std::uint64_t bytes);
  /// The newest record was admitted but could not be stored.
  void lost();
  /// A record that was found in storage. Bounds may have shrunk: says how many of the oldest to drop.
  std::uint64_t found(std::uint64_t bytes);
  /// The oldest records have arrived.
  void remove(std::uint64_t records);

  /// The oldest records that a request holds: at least one, if there is any.
  [[nodiscard]] std::size_t portion(std::size_t records, std::size_t bytes) const noexcept;
  [[nodiscard]] std::uint64_t records() const noexcept { return sizes_.size(); }
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
  /// Records that were dropped, refused or lost; what was counted before, restored by the host.
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }
  void restoreDropped(std::uint64_t n) noexcept { dropped_ += n; }

 private:
  std::uint64_t makeRoom(std::uint64_t records, std::uint64_t bytes);

  QueueBounds bounds_;
  std::deque<std::uint64_t> sizes_;
  std::uint64_t bytes_ = 0, dropped_ = 0;
};

}  // namespace scorelet::telemetry
