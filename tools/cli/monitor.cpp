// scorelet monitor: what deployed models report, kept and judged.
#include <algorithm>

#include "command.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "files.hpp"
#include "monitor/monitor.hpp"
#include "native/server.hpp"
#include "rules_file.hpp"
#include "service/settings.hpp"
#include "service_parts.hpp"
#include "watched_bundles.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kMonitorHelp = R"(scorelet monitor - keep and judge what deployed models report

Usage:
  scorelet monitor --data=DIR [options]

  --data=DIR             where events, summaries and decisions are kept (SQLite); made if not there
  --rules=FILE           thresholds, groups, alerts and hooks (JSON, docs/monitoring.md)
  --listen=ADDRESS:PORT  where requests are taken (127.0.0.1:4318); port 0: any that is free.
                         Beyond loopback only with --tokens
  --tokens=FILE          who may send, view and manage; as of scorelet serve
  --models=PLACE         bundles of models (scorelet model pack), which say thresholds, baseline and
                         group: a file, or a store, whose champions are followed (repeatable)
  --keys=FILE            public keys of minisign: only bundles that one of them signed count
  --origin=ORIGIN        pages of this origin, https://HOST[:PORT], may send (repeatable)
  --page=DIR             the built dashboard (that of this program's source tree, if it is built)
  --every=SECONDS        how often alerts are looked for and told (30)
  -q, --quiet            no log on standard error
  -h, --help             this text

Takes OTLP at /v1/logs, from scorelet send, pages, add-ins and collectors; outcomes at
/api/outcomes. Answers the dashboard's questions at /api. Ends at SIGTERM or SIGINT.

Example:
  scorelet monitor --data monitoring --rules rules.json --models models --keys trusted.pub
  scorelet send events http://localhost:4318
)";

struct MonitorOptions {
  std::string data, rules, address = "127.0.0.1", tokens, page, keys;
  std::vector<std::string> models, origins;
  int port = 4318;
  double every = 30;
  bool quiet = false;
};

bool readPlace(const std::string& text, MonitorOptions& o) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const std::string port = text.substr(colon + 1);
  const auto number = readCount(port);
  if (port != "0" && (!number || *number > 65'535)) return false;
  o.port = static_cast<int>(number.value_or(0));
  o.address = text.substr(0, colon);
  if (o.address.starts_with('[') && o.address.ends_with(']')) o.address = o.address.substr(1, o.address.size() - 2);
  return true;
}

/// As browsers say it: a scheme and a host, in small letters, perhaps a port, nothing behind.
bool isOrigin(std::string_view text) {
  const std::size_t host = text.find("://");
  return host != std::string_view::npos && host > 0 && text.size() > host + 3 &&
         text.find('/', host + 3) == std::string_view::npos &&
         std::ranges::none_of(text, [](char c) { return c <= ' ' || c == '*' || (c >= 'A' && c <= 'Z'); });
}

Parsed<MonitorOptions> parseMonitor(const Arguments& arguments) {
  Parser p;
  Text data{p.parser, "", "", {"data"}}, rules{p.parser, "", "", {"rules"}}, listen{p.parser, "", "", {"listen"}};
  Text tokens{p.parser, "", "", {"tokens"}}, page{p.parser, "", "", {"page"}}, every{p.parser, "", "", {"every"}};
  Texts models{p.parser, "", "", {"models"}}, origins{p.parser, "", "", {"origin"}};
  Text keys{p.parser, "", "", {"keys"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  MonitorOptions o;
  o.models = args::get(models);
  o.origins = args::get(origins);
  o.keys = args::get(keys);
  o.data = args::get(data);
  o.rules = args::get(rules);
  o.tokens = args::get(tokens);
  o.page = args::get(page);
  o.quiet = quiet;
  if (o.data.empty()) return UsageError{"--data is needed"};
  if (!std::ranges::all_of(o.origins, isOrigin))
    return UsageError{"--origin is as browsers say it: https://HOST[:PORT], in small letters"};
  if (listen && !readPlace(args::get(listen), o)) return UsageError{"--listen is ADDRESS:PORT"};
  if (every && !(readNumber(args::get(every), o.every) && o.every >= 0.1 && o.every <= 86'400))
    return UsageError{"--every is a number of seconds, 0.1 to 86400"};
  const bool isLoopback = o.address == "localhost" || o.address == "::1" || o.address.starts_with("127.");
  if (!isLoopback && o.tokens.empty())
    return UsageError{"--listen other than loopback needs --tokens: without them only this machine is answered"};
  return o;
}

#ifdef __wasi__

ExitCode monitor(const MonitorOptions&) {
  complain("this build has no monitor");
  return ExitCode::usage;
}

#else

/// Calls something every so many seconds, from a thread of its own, until it is destroyed.
class Ticker {
 public:
  Ticker(double seconds, std::function<void()> tick)
      : thread_([this, seconds, tick = std::move(tick)] {
          std::unique_lock lock(mutex_);
          while (!ends_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return isOver_; })) {
            lock.unlock();
            tick();
            lock.lock();
          }
        }) {}
  ~Ticker() {
    {
      const std::scoped_lock lock(mutex_);
      isOver_ = true;
    }
    ends_.notify_all();
    thread_.join();
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable ends_;
  bool isOver_ = false;
  std::thread thread_;  // last: it uses the others
};

/// The dashboard: where it was said to be, or where a build of the source tree that this program lies in puts it.
std::string pageOf(const MonitorOptions& options) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (!options.page.empty()) return options.page;
  for (fs::path at = fs::read_symlink("/proc/self/exe", failure); at.has_relative_path(); at = at.parent_path())
    if (const fs::path built = at / "web/monitor/dist"; fs::is_regular_file(built / "index.html", failure))
      return built.string();
  return {};
}

ExitCode readMonitorSettings(const MonitorOptions& options, monitor::Monitor::Settings& settings) {
  if (const ExitCode exit = readParsed(options.tokens, service::readTokens, settings.tokens); exit != ExitCode::ok)
    return exit;
  if (const ExitCode exit = readRules(options.rules, settings.rules); exit != ExitCode::ok) return exit;
  if (const ExitCode exit = readKeys(options.keys, settings.keys); exit != ExitCode::ok) return exit;
  settings.origins = options.origins;
  settings.page = pageOf(options);
  if (!options.page.empty() && !std::filesystem::is_regular_file(options.page + "/index.html"))
    return failFile("'" + options.page + "' holds no index.html");
  return ExitCode::ok;
}

ExitCode monitor(const MonitorOptions& options) {
  native::holdSignals();
  monitor::Monitor::Settings settings;
  if (const ExitCode exit = readMonitorSettings(options, settings); exit != ExitCode::ok) return exit;
  std::error_code failure;
  std::filesystem::create_directories(options.data, failure);
  native::NativeHost host(options.quiet);
  monitor::NativeOutside outside;
  auto opened = monitor::Monitor::open(options.data + "/monitor.db", settings, host, outside);
  if (!opened) return failFile("'" + options.data + "': " + opened.error());
  monitor::Monitor& monitor = **opened;
  WatchedBundles bundles(options.models, host);
  if (const auto missing = bundles.missing()) return failFile("'" + *missing + "' is not there");
  const auto follow = [&] {
    bundles.follow([&](std::string_view bytes, const std::string& name, const std::string& place) {
      const auto taken = monitor.takeBundle(bytes, name, place);
      return taken ? service::Answer<void>() : std::unexpected(taken.error());
    });
  };
  follow();

  native::ServerOptions server;
  server.address = options.address;
  server.port = options.port;
  server.bodyBytes = monitor::Monitor::kBodyBytes;
  double sinceExpired = 3600;  // seconds
  const auto tick = [&] {
    follow();
    monitor.look();
    if ((sinceExpired += options.every) < 3600) return;
    sinceExpired = 0;
    if (const auto ok = monitor.expire(); !ok) complain(ok.error().message);
  };
  const Ticker ticker(options.every, tick);
  const native::Handler handler{[&](service::Request request) { return monitor.handle(std::move(request)); },
                                [](const service::Request&) { return true; },  // it waits for the disk
                                [] {}};
  const auto begun = [&](int port) {
    complain("monitoring at http://" + options.address + ":" + std::to_string(port) +
             (settings.page.empty() ? " (the dashboard is not built: the API alone)" : ""));
  };
  if (native::serve(handler, server, begun, [] {})) return ExitCode::ok;
  return failFile("cannot listen on " + options.address + ":" + std::to_string(options.port));
}

#endif

}  // namespace

extern const Command kMonitor{"monitor", kMonitorHelp, runCommand<parseMonitor, monitor>};

}  // namespace scorelet::cli
