// opentelemetry/proto/metrics/v1, as far as counting goes.
#include <algorithm>
#include <cstdint>

#include <scorelet/telemetry/otlp_reading.hpp>

#include "api/json_reader.hpp"
#include "telemetry/protobuf_reading.hpp"
#include "telemetry/refusal.hpp"

namespace scorelet::telemetry {

namespace {

/// The lists inside each other down to a metric, and what it is, which has the points: numbers in protobuf, names in
/// JSON.
constexpr std::uint64_t kMetricNumbers[] = {1, 2, 2}, kKindNumbers[] = {5, 7, 9, 10, 11}, kPointsNumber = 1;
constexpr std::string_view kMetricNames[] = {"resourceMetrics", "scopeMetrics", "metrics"},
                           kKindNames[] = {"gauge", "sum", "histogram", "exponentialHistogram", "summary"},
                           kPointsName = "dataPoints";
constexpr std::size_t kLists = std::size(kMetricNames);

bool count(std::string_view message, std::size_t list, std::uint64_t& points) {
  return ProtobufField::each(message, [&](const ProtobufField& f) {
    if (list < kLists) return f.number != kMetricNumbers[list] || count(f.bytes, list + 1, points);
    return std::ranges::find(kKindNumbers, f.number) == std::end(kKindNumbers) ||
           ProtobufField::each(f.bytes, [&](const ProtobufField& point) {
             points += point.number == kPointsNumber ? 1 : 0;
             return true;
           });
  });
}

bool count(JsonReader& reader, std::size_t list, std::uint64_t& points) {
  return reader.members([&](const std::string& name) {
    if (list < kLists)
      return name == kMetricNames[list] ? reader.items([&] { return count(reader, list + 1, points); }) : reader.skip();
    if (std::ranges::find(kKindNames, name) == std::end(kKindNames)) return reader.skip();
    return reader.members([&](const std::string& n) {
      return n == kPointsName ? reader.items([&] { return ++points, reader.skip(); }) : reader.skip();
    });
  });
}

}  // namespace

Expected<std::uint64_t> countDataPoints(Encoding encoding, std::string_view body) {
  std::uint64_t points = 0;
  JsonReader reader;
  reader.open(body);
  const bool isRead =
      encoding == Encoding::json ? count(reader, 0, points) && reader.isAtEnd() : count(body, 0, points);
  if (isRead) return points;
  return refusedBody("The body is no ExportMetricsServiceRequest of OTLP in the encoding that its content type says.");
}

}  // namespace scorelet::telemetry
