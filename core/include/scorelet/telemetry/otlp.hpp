// Events and windows as OTLP, OpenTelemetry's protocol (version 1.x), for POST to /v1/logs and /v1/metrics. The names
// are documented in docs/telemetry.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <scorelet/diagnostics.hpp>
#include <scorelet/telemetry/event.hpp>
#include <scorelet/telemetry/window.hpp>

namespace scorelet::telemetry {

enum class Encoding : std::uint8_t { json, protobuf };
/// "application/json" or "application/x-protobuf".
[[nodiscard]] std::string_view contentType(Encoding encoding) noexcept;

/// The host that reports. What is empty is not sent. Two hosts never share an instance.
struct Host {
  std::string serviceName = "scorelet", serviceVersion, instanceId, environment;
  std::string kind, version;  ///< "node", "workerd", "command line" … and its version
};

/// One record, to be kept until it is sent; `encodeLogs` takes any number of one encoding.
[[nodiscard]] std::string encodeRecord(Encoding encoding, const PredictionEvent& event);
[[nodiscard]] std::string encodeRecord(Encoding encoding, const OutcomeEvent& event);
/// The body of a request to /v1/logs.
[[nodiscard]] std::string encodeLogs(Encoding encoding, const Host& host, std::span<const std::string> records);
/// How many bytes `encodeLogs` adds to those of the records, at most.
[[nodiscard]] std::size_t logsOverhead(const Host& host, std::size_t records) noexcept;

/// A stretch of time, and what may be told of it. Of every field counts of rows and figures of drift are told. How its
/// values lie in the ranges, or among the categories, of the baseline only of `binned` and `full` ones; finer
/// histograms, minimum and maximum only of `full` ones. Values that the baseline has not are told by no metric.
struct WindowReport {
  const Window& window;
  ModelIdentity model;
  Privacy privacy;
  std::uint64_t startNanoseconds = 0, endNanoseconds = 0;  ///< since 1970
};
/// A window on its own, to be kept and sent later: counts (temporality delta), figures of drift as gauges.
[[nodiscard]] std::string encodeWindow(Encoding encoding, const WindowReport& report);
/// The body of a request to /v1/metrics of windows as `encodeWindow` made them, all in one encoding.
[[nodiscard]] std::string encodeMetrics(Encoding encoding, const Host& host, std::span<const std::string> windows);
[[nodiscard]] std::string encodeMetrics(Encoding encoding, const Host& host, const WindowReport& report);

/// What a collector says to a request that it accepted (HTTP 200).
struct PartialSuccess {
  std::uint64_t rejected = 0;  ///< records or points, not to be sent again
  std::string message;
};
/// An empty body is full success. Refused: no such answer.
[[nodiscard]] Expected<PartialSuccess> readAnswer(Encoding encoding, std::string_view body);

}  // namespace scorelet::telemetry
