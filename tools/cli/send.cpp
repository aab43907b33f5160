// scorelet send: events that scorelet score kept, to a collector.
#include "commands.hpp"
#include "event_log.hpp"

#ifndef __wasi__
#include <httplib.h>
#include <unistd.h>

#include <ctime>
#include <thread>

#include "files.hpp"
#include "queue/event_queue.hpp"
#endif

namespace scorelet::cli {

#ifdef __wasi__

ExitCode send(const SendOptions&) {
  complain("this build sends nothing");
  return ExitCode::usage;
}

#else

namespace {

using telemetry::Encoding;

double now() {
  timespec t{};
  ::clock_gettime(CLOCK_REALTIME, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

/// From [0, 1).
double chance() {
  std::uint64_t x = 0;
  return ::getentropy(&x, sizeof x) == 0 ? static_cast<double>(x >> 11) * 0x1p-53 : 0.5;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

ExitCode finish(const edge::EventQueue& queue, const telemetry::Delivery& delivery, const SendOptions& options) {
  const auto& counts = delivery.counts();
  if (!options.quiet) {
    std::string said = std::to_string(counts.delivered) + " events sent";
    if (counts.rejected > 0) said += "; " + std::to_string(counts.rejected) + " rejected by the collector";
    if (counts.dropped > 0) said += "; " + std::to_string(counts.dropped) + " refused and dropped";
    if (queue.records() > 0) said += "; " + std::to_string(queue.records()) + " are left";
    complain(said);
  }
  if (queue.records() == 0) return ExitCode::ok;
  return failFile(delivery.isRefused() ? "the collector refuses this address or token"
                                       : "the collector took no more within the time (--timeout)");
}

}  // namespace

ExitCode send(const SendOptions& options) {
  httplib::Headers headers;
  if (!options.tokenFile.empty()) {
    std::string failure;
    auto token = readAll(options.tokenFile, failure);
    if (!token) return failFile(failure);
    headers.emplace("Authorization", "Bearer " + trimmed(std::move(*token)));
  }
  auto queue = edge::EventQueue::open(options.folder, {.bounds = kEventBounds});
  if (!queue) return failFile(queue.error());
  telemetry::Delivery delivery(Encoding::protobuf, {.interval = 0});
  telemetry::Host host;
  host.kind = "command line";
  host.version = options.version;
  httplib::Client client(options.host, options.port);
  client.set_keep_alive(true);
  client.set_connection_timeout(10);
  client.set_read_timeout(30);
  const double end = now() + options.timeout;
  while (queue->records() > 0 && now() < end) {
    const double wait = delivery.wait(now(), static_cast<std::size_t>(queue->records()), now(), true);
    if (wait > 0) {
      std::this_thread::sleep_for(std::chrono::duration<double>(std::min(wait, std::max(end - now(), 0.0))));
      continue;
    }
    const edge::EventQueue::Portion portion = queue->oldest(delivery.records(), delivery.bytes());
    const auto result =
        client.Post(options.path + "/v1/logs", headers, encodeLogs(Encoding::protobuf, host, portion.records),
                    std::string(telemetry::contentType(Encoding::protobuf)));
    const std::string retryAfter = result ? result->get_header_value("Retry-After") : std::string();
    const telemetry::HttpAnswer answer{result ? result->status : 0, retryAfter,
                                       result ? std::string_view(result->body) : std::string_view()};
    if (delivery.answered(now(), answer, portion.records.size(), chance()) == telemetry::Verdict::remove &&
        !queue->acknowledge(portion.end))
      return failFile(queue->failure());
    if (delivery.isRefused()) break;
  }
  return finish(*queue, delivery, options);
}

#endif

}  // namespace scorelet::cli
