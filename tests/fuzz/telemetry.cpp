// Any bytes as a baseline, as what a collector answers, what it is sent, what a monitor has kept: taken, or refused
// with reasons. What is taken as a baseline or an event is the same once written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <scorelet/telemetry/baseline.hpp>
#include <scorelet/telemetry/delivery.hpp>
#include <scorelet/telemetry/otlp_reading.hpp>
#include <scorelet/telemetry/outcomes.hpp>
#include <scorelet/telemetry/summary.hpp>

using namespace scorelet::telemetry;

namespace {

void expectAnswerOrReason(Encoding encoding, std::string_view text) {
  if (const auto answer = readAnswer(encoding, text); !answer && answer.error().empty()) std::abort();
}

/// Events that are taken are the same once written and read again.
void readAgain(Encoding encoding, std::string_view body) {
  const auto logs = readLogs(encoding, body);
  if (!logs) return;
  for (const ReceivedEvents& host : logs->hosts)
    for (const PredictionEvent& event : host.predictions) {
      const std::string record = encodeRecord(Encoding::protobuf, event);
      const auto read = readPrediction(record);
      if (!read || encodeRecord(Encoding::protobuf, *read) != record) std::abort();
      EventSummary summary;
      summary.add(event, nullptr);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0:
      if (const auto baseline = Baseline::parse(text)) {
        const std::string written = baseline->json();
        const auto again = Baseline::parse(written);
        if (!again || again->json() != written) std::abort();
      } else if (baseline.error().empty()) {
        std::abort();
      }
      break;
    case 1: expectAnswerOrReason(Encoding::json, text); break;
    case 2: expectAnswerOrReason(Encoding::protobuf, text); break;
    case 3: readAgain(Encoding::json, text); break;
    case 4: readAgain(Encoding::protobuf, text); break;
    case 5: (void)EventSummary::read(text); break;
    case 6: (void)OutcomeSummary::read(text); break;
    default:
      if (const auto seconds = readRetryAfter(text, 1.7e9); seconds && !(*seconds >= 0 && *seconds <= 86'400))
        std::abort();
  }
  return 0;
}
