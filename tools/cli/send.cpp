// scorelet send: events that scorelet score kept, to a collector.
#include "command.hpp"
#include "event_log.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include <httplib.h>
#include <unistd.h>

#include <ctime>
#include <thread>

#include "files.hpp"
#include "queue/event_queue.hpp"
#include "service/gzip.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kSendHelp = R"(scorelet send - send events of scored rows to a collector

Usage:
  scorelet send FOLDER URL [options]

  FOLDER                 where scorelet score --events keeps them
  URL                    a collector that takes OTLP over HTTP: http://HOST[:PORT] (4318), without
                         encryption; one on this machine passes them on over TLS
  --token-file=FILE      holds the token that the collector asks for (Authorization: Bearer)
  --instance=NAME        this device among those that send: each has a name of its own
  --timeout=SECONDS      how long to go on while the collector does not take them (60)
  -q, --quiet            no summary on standard error
  -h, --help             this text

Ends once all are sent, as gzip where the collector takes that. What is not sent stays in FOLDER,
and exit status 4 says so. An event may be sent twice if this program or the network breaks down;
both then have the same id.

Example:
  scorelet score loan.pmml customers.csv --events events -o scores.csv
  scorelet send events http://localhost:4318
)";

struct SendOptions {
  std::string folder, host, path, tokenFile, version, instance;
  int port = 4318;
  double timeout = 60;  ///< seconds
  bool quiet = false;
};

/// "http://host:4318/path" in its parts.
bool readUrl(std::string_view url, SendOptions& o) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return false;
  url.remove_prefix(kScheme.size());
  const std::size_t slash = url.find('/');
  std::string_view place = url.substr(0, slash);
  if (slash != std::string_view::npos) o.path = url.substr(slash);
  while (o.path.ends_with('/')) o.path.pop_back();
  if (const std::size_t colon = place.rfind(':'); colon != std::string_view::npos) {
    const auto port = readCount(std::string(place.substr(colon + 1)));
    if (!port || *port > 65535) return false;
    o.port = static_cast<int>(*port);
    place = place.substr(0, colon);
  }
  o.host = place;
  return !place.empty();
}

Parsed<SendOptions> parseSend(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> folder{p.parser, "FOLDER", ""}, url{p.parser, "URL", ""};
  Text token{p.parser, "", "", {"token-file"}}, timeout{p.parser, "", "", {"timeout"}};
  Text instance{p.parser, "", "", {"instance"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!folder || !url) return UsageError{"FOLDER and URL are needed"};
  SendOptions o;
  o.folder = args::get(folder);
  o.tokenFile = args::get(token);
  o.instance = args::get(instance);
  o.version = versionText();
  o.quiet = quiet;
  if (!readUrl(args::get(url), o))
    return UsageError{"URL is that of a collector: http://HOST[:PORT], without encryption"};
  if (timeout && !(readNumber(args::get(timeout), o.timeout) && o.timeout >= 0))
    return UsageError{"--timeout is a number of seconds"};
  return o;
}

#ifdef __wasi__

ExitCode send(const SendOptions&) {
  complain("this build sends nothing");
  return ExitCode::usage;
}

#else

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
  host.instanceId = options.instance;
  httplib::Client client(options.host, options.port);
  client.set_keep_alive(true);
  client.set_connection_timeout(10);
  client.set_read_timeout(30);
  bool isCompressed = true;
  headers.emplace("Content-Encoding", "gzip");
  const double end = now() + options.timeout;
  while (queue->records() > 0 && now() < end) {
    const double wait = delivery.wait(now(), static_cast<std::size_t>(queue->records()), now(), true);
    if (wait > 0) {
      std::this_thread::sleep_for(std::chrono::duration<double>(std::min(wait, std::max(end - now(), 0.0))));
      continue;
    }
    const edge::EventQueue::Portion portion = queue->oldest(delivery.records(), delivery.bytes());
    std::string body = encodeLogs(Encoding::protobuf, host, portion.records);
    if (isCompressed) body = service::gzip(body);
    const auto result =
        client.Post(options.path + "/v1/logs", headers, body, std::string(telemetry::contentType(Encoding::protobuf)));
    // This collector does not take gzip: the same as it is.
    if (result && result->status == 415 && isCompressed) {
      isCompressed = false;
      headers.erase("Content-Encoding");
      continue;
    }
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

}  // namespace

extern const Command kSend{"send", kSendHelp, runCommand<parseSend, send>};

}  // namespace scorelet::cli
