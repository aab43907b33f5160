// scorelet send: events that scorelet score kept, to a collector.
#include "command.hpp"
#include "event_log.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include <httplib.h>
#include <unistd.h>

#include <ctime>
#include <expected>
#include <span>
#include <thread>
#include <utility>

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
  --metrics              sends the figures of each scoring, too: to a collector that passes them on
                         to Prometheus or the like (scorelet monitor needs none)
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
  bool quiet = false, metrics = false;
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
  args::Flag metrics{p.parser, "", "", {"metrics"}}, quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!folder || !url) return UsageError{"FOLDER and URL are needed"};
  SendOptions o;
  o.folder = args::get(folder);
  o.tokenFile = args::get(token);
  o.instance = args::get(instance);
  o.version = versionText();
  o.quiet = quiet;
  o.metrics = metrics;
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

/// The collector, and until when it is tried.
class Sender {
 public:
  Sender(const SendOptions& options, std::string token)
      : path_(options.path), client_(options.host, options.port), end_(now() + options.timeout) {
    host_.kind = "command line";
    host_.version = options.version;
    host_.instanceId = options.instance;
    if (!token.empty()) headers_.emplace("Authorization", "Bearer " + std::move(token));
    client_.set_keep_alive(true);
    client_.set_connection_timeout(10);
    client_.set_read_timeout(30);
  }

  using Encode = std::string (*)(Encoding, const telemetry::Host&, std::span<const std::string>);
  /// Sends what is in the queue, as long as it is taken. False if the queue cannot be written.
  bool send(edge::EventQueue& queue, telemetry::Delivery& delivery, const std::string& where, Encode encode) {
    while (queue.records() > 0 && now() < end_ && !delivery.isRefused()) {
      const double wait = delivery.wait(now(), static_cast<std::size_t>(queue.records()), now(), true);
      if (wait > 0) {
        std::this_thread::sleep_for(std::chrono::duration<double>(std::min(wait, std::max(end_ - now(), 0.0))));
        continue;
      }
      const edge::EventQueue::Portion portion = queue.oldest(delivery.records(), delivery.bytes());
      const auto result = post(where, encode(Encoding::protobuf, host_, portion.records));
      const std::string retryAfter = result ? result->get_header_value("Retry-After") : std::string();
      const telemetry::HttpAnswer answer{result ? result->status : 0, retryAfter,
                                         result ? std::string_view(result->body) : std::string_view()};
      if (delivery.answered(now(), answer, portion.records.size(), chance()) == telemetry::Verdict::remove &&
          !queue.acknowledge(portion.end))
        return false;
    }
    return true;
  }

 private:
  httplib::Result post(const std::string& where, const std::string& body) {
    const std::string type(telemetry::contentType(Encoding::protobuf));
    if (takesGzip_) {
      httplib::Headers headers = headers_;
      headers.emplace("Content-Encoding", "gzip");
      auto result = client_.Post(path_ + where, headers, service::gzip(body), type);
      if (!result || result->status != 415) return result;
      takesGzip_ = false;
    }
    return client_.Post(path_ + where, headers_, body, type);
  }

  telemetry::Host host_;
  std::string path_;
  httplib::Client client_;
  httplib::Headers headers_;
  double end_;
  bool takesGzip_ = true;
};

/// A queue, how it is sent, and what became of it.
struct Channel {
  edge::EventQueue queue;
  telemetry::Delivery delivery;
  std::string what;

  static std::expected<Channel, std::string> open(const std::string& folder, const telemetry::QueueBounds& bounds,
                                                  std::string what) {
    auto queue = edge::EventQueue::open(folder, {.bounds = bounds});
    if (!queue) return std::unexpected(queue.error());
    return Channel{std::move(*queue), telemetry::Delivery(Encoding::protobuf, {.interval = 0}), std::move(what)};
  }

  [[nodiscard]] ExitCode finish(bool quiet) const {
    const auto& counts = delivery.counts();
    if (!quiet) {
      std::string said = std::to_string(counts.delivered) + " " + what + " sent";
      if (counts.rejected > 0) said += "; " + std::to_string(counts.rejected) + " rejected by the collector";
      if (counts.dropped > 0) said += "; " + std::to_string(counts.dropped) + " refused and dropped";
      if (queue.records() > 0) said += "; " + std::to_string(queue.records()) + " are left";
      complain(said);
    }
    if (queue.records() == 0) return ExitCode::ok;
    return failFile(delivery.isRefused() ? "the collector refuses this address or token"
                                         : "the collector took no more within the time (--timeout)");
  }
};

ExitCode send(const SendOptions& options) {
  std::string failure, token;
  if (!options.tokenFile.empty()) {
    auto read = readAll(options.tokenFile, failure);
    if (!read) return failFile(failure);
    token = trimmed(std::move(*read));
  }
  auto events = Channel::open(options.folder, kEventBounds, "events");
  if (!events) return failFile(events.error());
  Sender sender(options, std::move(token));
  if (!sender.send(events->queue, events->delivery, "/v1/logs", telemetry::encodeLogs))
    return failFile(events->queue.failure());
  const ExitCode sent = events->finish(options.quiet);
  if (!options.metrics || sent != ExitCode::ok) return sent;
  auto windows = Channel::open(windowsFolder(options.folder), kWindowBounds, "windows");
  if (!windows) return failFile(windows.error());
  if (!sender.send(windows->queue, windows->delivery, "/v1/metrics", telemetry::encodeMetrics))
    return failFile(windows->queue.failure());
  return windows->finish(options.quiet);
}

#endif

}  // namespace

extern const Command kSend{"send", kSendHelp, runCommand<parseSend, send>};

}  // namespace scorelet::cli
