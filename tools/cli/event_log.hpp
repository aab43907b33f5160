// Events of scored rows, kept for scorelet send.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <scorelet/telemetry/delivery.hpp>
#include <scorelet/telemetry/event.hpp>

namespace scorelet::cli {

/// A folder holds this much, and then drops the oldest.
inline constexpr telemetry::QueueBounds kEventBounds{
    .records = 10'000'000, .bytes = std::uint64_t{4} << 30, .whenFull = telemetry::WhenFull::dropOldest};

/// Where the windows of scored rows are kept: one of each run.
inline std::string windowsFolder(const std::string& events) { return events + "/windows"; }
inline constexpr telemetry::QueueBounds kWindowBounds{
    .records = 10'000, .bytes = std::uint64_t{64} << 20, .whenFull = telemetry::WhenFull::dropOldest};

/// Events of scored rows.
struct EventOptions {
  std::string folder, baseline;           ///< no folder: none are kept
  std::vector<std::string> full, binned;  ///< inputs of which something is told
  std::string modelFile;                  ///< the model's name if the document has none
  std::string variant;                    ///< "challenger" …
  std::string time;                       ///< of the first row, if it was scored elsewhere and earlier
  double share = 1;
};

class EventWriter;

class EventLog {
 public:
  EventLog(const Model& model, telemetry::Baseline baseline, const EventOptions& options, std::string modelSha256);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// Empty, or why nothing can be kept.
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
  /// What a writer made of a block; one caller at a time. What cannot be kept is counted.
  void add(const EventWriter& block);
  /// What did not go well, as one sentence; empty if nothing.
  [[nodiscard]] std::string finish();

 private:
  friend class EventWriter;
  struct State;
  std::unique_ptr<State> state_;
  std::string failure_;
};

/// Makes the records of one worker.
class EventWriter {
 public:
  explicit EventWriter(const EventLog& log);
  ~EventWriter();

  void begin(const Batch& batch, const Scorer& scorer);
  void add(std::size_t row);

 private:
  friend class EventLog;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet::cli
