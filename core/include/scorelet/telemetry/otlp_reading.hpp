// Events as a collector receives them: the other end of `encodeLogs`, whatever wrote or passed on the request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/diagnostics.hpp>
#include <scorelet/telemetry/event.hpp>
#include <scorelet/telemetry/otlp.hpp>

namespace scorelet::telemetry {

/// What one host reports.
struct ReceivedEvents {
  Host host;
  std::vector<PredictionEvent> predictions;
  std::vector<OutcomeEvent> outcomes;
};

struct ReceivedLogs {
  std::vector<ReceivedEvents> hosts;
  std::uint64_t refused = 0;  ///< records that are no such events, or lack id, time or model
  std::string why;            ///< the first was
};

/// The body of a request to /v1/logs. Refused as a whole: what is not OTLP at all.
[[nodiscard]] Expected<ReceivedLogs> readLogs(Encoding encoding, std::string_view body);

/// One record in protobuf, as `encodeRecord` made it.
[[nodiscard]] std::optional<PredictionEvent> readPrediction(std::string_view record);

/// The text of an id, whatever version of UUID it is.
[[nodiscard]] std::optional<PredictionId> readPredictionId(std::string_view text) noexcept;

/// How many data points the body of a request to /v1/metrics has. Refused: what is not OTLP at all.
[[nodiscard]] Expected<std::uint64_t> countDataPoints(Encoding encoding, std::string_view body);

enum class Signal : std::uint8_t { logs, metrics };
/// The answer to a request that was taken, or taken in part.
[[nodiscard]] std::string encodeAnswer(Encoding encoding, const PartialSuccess& answer, Signal signal = Signal::logs);

}  // namespace scorelet::telemetry
