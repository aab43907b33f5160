// scorelet serve: models behind HTTP.
#include <filesystem>

#include "command.hpp"
#include "files.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include "native/audit_folder.hpp"
#include "native/directory.hpp"
#include "native/server.hpp"
#include "service_parts.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kServeHelp = R"(scorelet serve - answer requests for predictions over HTTP

Usage:
  scorelet serve MODEL... [options]

  MODEL                  a PMML document, or what scorelet compile made of one; it is served under
                         the file's name without extension, or as NAME where it is NAME=FILE;
                         with --tokens it may be deployed later

Who may ask:
  --address=ADDRESS      where to listen (127.0.0.1); others than loopback need --tokens
  --port=PORT            8080; 0 is any that is free
  --tokens=FILE          bearer tokens, one a line: name, scopes (score,explain,manage), SHA-256 of
                         the token; without it only this machine may ask, and only for scores
  --keys=FILE            public keys of minisign: only bundles that one of them signed are served
  --origin=ORIGIN        pages of this origin may read answers, "*": all (repeatable)
  --rate=N               at most N requests a second and token

What a request may cost:
  --rows=N               rows (10000)
  --body-bytes=N         bytes (4194304)
  --deadline-ms=N        milliseconds (10000)

The server:
  --store=DIRECTORY      serve the champions of a store (scorelet help model) in place of files, and
                         keep there what requests deploy; on SIGHUP, follow what changed in it
  --audit=FOLDER         record every prediction there before it is given (scorelet help audit)
  --audit-policy=FILE    which fields are recorded in full, hashed or omitted, and which is the key
  --member-bytes=N       memory for models of groups that were asked for (1073741824)
  --default-model=NAME   the model of /invocations (the only one)
  --threads=N            answers given at a time (32); connections may be many more
  --drain-ms=N           on SIGTERM, first be "not ready" for so long (0)
  --no-explain           models take less memory and are not explained
  -q, --quiet            no log on standard error
  -h, --help             this text

It speaks the Open Inference Protocol v2 (/v2/models/NAME/infer), Openscoring's REST (/model/NAME)
and /ping with /invocations; /openapi.json describes all. docs/service.md says more.

Example:
  scorelet serve loan.pmml
  curl localhost:8080/model/loan -H 'content-type: application/json' \
       -d '{"arguments":{"income":2450,"home":"own"}}'
)";

/// Numbers are 0 where the default counts.
struct ServeOptions {
  std::vector<std::string> models;  ///< NAME=FILE or FILE
  std::string address = "127.0.0.1", tokens, keys, defaultModel, store, audit, auditPolicy;
  std::vector<std::string> origins;
  std::uint32_t port = 8080, threads = 0, rate = 0, rows = 0, bodyBytes = 0, milliseconds = 0, drainMilliseconds = 0,
                memberBytes = 0;
  bool noExplain = false, quiet = false;
};

Parsed<ServeOptions> parseServe(const Arguments& arguments) {
  Parser p;
  args::PositionalList<std::string> models{p.parser, "MODEL", ""};
  Text address{p.parser, "", "", {"address"}}, tokens{p.parser, "", "", {"tokens"}};
  Text keys{p.parser, "", "", {"keys"}}, audit{p.parser, "", "", {"audit"}};
  Text auditPolicy{p.parser, "", "", {"audit-policy"}};
  Text defaultModel{p.parser, "", "", {"default-model"}}, store{p.parser, "", "", {"store"}};
  Texts origins{p.parser, "", "", {"origin"}};
  Text port{p.parser, "", "", {"port"}}, threads{p.parser, "", "", {"threads"}}, rate{p.parser, "", "", {"rate"}};
  Text rows{p.parser, "", "", {"rows"}}, bodyBytes{p.parser, "", "", {"body-bytes"}};
  Text deadline{p.parser, "", "", {"deadline-ms"}}, drain{p.parser, "", "", {"drain-ms"}};
  Text memberBytes{p.parser, "", "", {"member-bytes"}};
  args::Flag noExplain{p.parser, "", "", {"no-explain"}}, quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  ServeOptions o;
  o.models = args::get(models);
  if (address) o.address = args::get(address);
  o.tokens = args::get(tokens);
  o.keys = args::get(keys);
  o.audit = args::get(audit);
  o.auditPolicy = args::get(auditPolicy);
  if (o.audit.empty() && !o.auditPolicy.empty()) return UsageError{"--audit-policy needs --audit"};
  o.defaultModel = args::get(defaultModel);
  o.store = args::get(store);
  o.origins = args::get(origins);
  o.noExplain = noExplain;
  o.quiet = quiet;
  const std::pair<Text*, std::uint32_t*> numbers[] = {{&port, &o.port},
                                                      {&threads, &o.threads},
                                                      {&rate, &o.rate},
                                                      {&rows, &o.rows},
                                                      {&bodyBytes, &o.bodyBytes},
                                                      {&deadline, &o.milliseconds},
                                                      {&memberBytes, &o.memberBytes},
                                                      {&drain, &o.drainMilliseconds}};
  for (const auto& [flag, number] : numbers) {
    if (!*flag) continue;
    const bool isZero = flag == &port && args::get(*flag) == "0";  // any port that is free
    const auto count = readCount(args::get(*flag));
    if (!count && !isZero)
      return UsageError{"--" + flag->GetMatcher().GetLongOrAny().str("", "") + " is a whole number, 1 or more"};
    *number = count.value_or(0);
  }
  if (o.port > 65'535) return UsageError{"--port is a number up to 65535"};
  if (o.threads > 1'024) return UsageError{"--threads is a number up to 1024"};
  const bool isLoopback = o.address == "localhost" || o.address == "::1" || o.address.starts_with("127.");
  if (!isLoopback && o.tokens.empty())
    return UsageError{"--address other than loopback needs --tokens: without them only this machine is answered"};
  if (o.models.empty() && o.tokens.empty() && o.store.empty())
    return UsageError{"a MODEL is needed, or --store, or --tokens so that one can be deployed"};
  if (!o.models.empty() && !o.store.empty()) return UsageError{"models come from files or from --store, not from both"};
  return o;
}

#ifdef __wasi__

ExitCode serve(const ServeOptions&) {
  complain("this build has no server; docs/service.md names the hosts for WebAssembly");
  return ExitCode::usage;
}

#else

/// "loan" of "loan=models/7.pmml" and of "models/loan.pmml"; `path` becomes what stands behind.
std::string nameOf(std::string& path) {
  const std::size_t sign = path.find('=');
  if (sign == std::string::npos) return std::filesystem::path(path).stem().string();
  std::string name = path.substr(0, sign);
  path.erase(0, sign + 1);
  return name;
}

/// The service's own settings as far as options say them.
ExitCode readSettings(const ServeOptions& options, service::Settings& settings) {
  settings.origins = options.origins;
  settings.requestsPerSecond = options.rate;
  settings.defaultModel = options.defaultModel;
  settings.explains = !options.noExplain;
  if (options.rows > 0) settings.rows = options.rows;
  if (options.bodyBytes > 0) settings.bodyBytes = options.bodyBytes;
  if (options.memberBytes > 0) settings.memberBytes = options.memberBytes;
  if (options.milliseconds > 0) settings.milliseconds = options.milliseconds;
  if (const ExitCode exit = readKeys(options.keys, settings.keys); exit != ExitCode::ok) return exit;
  return readParsed(options.tokens, service::readTokens, settings.tokens);
}

ExitCode deployFiles(const ServeOptions& options, service::Service& service) {
  for (std::string path : options.models) {
    const std::string name = nameOf(path);
    std::string failure;
    auto document = readAll(path, failure);
    if (!document) return failFile(failure);
    if (const auto ok = service.deploy(name, std::move(*document)); !ok) {
      complain("'" + path + "': " + ok.error().message);
      return ExitCode::model;
    }
  }
  return ExitCode::ok;
}

ExitCode serve(const ServeOptions& options) {
  native::holdSignals();
  service::Settings settings;
  if (const ExitCode exit = readSettings(options, settings); exit != ExitCode::ok) return exit;
  native::NativeHost host(options.quiet);
  native::Directory directory(options.store);
  service::ModelStore store(directory, host);
  const bool hasStore = !options.store.empty();
  service::AuditPolicy policy;
  if (const ExitCode exit = readParsed(options.auditPolicy, service::AuditPolicy::read, policy); exit != ExitCode::ok)
    return exit;
  native::AuditFolder folder(options.audit);
  service::AuditLog audit(folder, host, std::move(policy));
  const bool hasAudit = !options.audit.empty();
  if (hasAudit) {
    auto ok = folder.lock();
    if (ok) ok = audit.open();
    if (!ok) return refuse(ok.error());
  }
  service::Service service(settings, host, hasStore ? &store : nullptr, hasAudit ? &audit : nullptr);
  if (const ExitCode exit = deployFiles(options, service); exit != ExitCode::ok) return exit;
  const auto follow = [&] {
    const auto ok = hasStore ? service.followStore() : service::Answer<void>();
    if (!ok) complain("'" + options.store + "': " + ok.error().message);
    return ok.has_value();
  };
  if (!follow()) return ExitCode::model;

  native::ServerOptions server;
  server.address = options.address;
  server.port = static_cast<int>(options.port);
  server.drainMilliseconds = options.drainMilliseconds;
  server.bodyBytes = std::max(settings.bodyBytes, settings.tokens.empty() ? 0 : settings.modelBytes);
  if (options.threads > 0) server.threads = options.threads;
  const auto begun = [&](int port) { complain("serving http://" + options.address + ":" + std::to_string(port)); };
  const native::Handler handler{[&](service::Request request) { return service.handle(std::move(request)); },
                                [&](const service::Request& request) { return service.mayTakeLong(request); },
                                [&] { service.drain(); }};
  const bool done = native::serve(handler, server, begun, follow);
  if (done) return ExitCode::ok;
  return failFile("cannot listen on " + options.address + ":" + std::to_string(options.port));
}

#endif

}  // namespace

extern const Command kServe{"serve", kServeHelp, runCommand<parseServe, serve>};

}  // namespace scorelet::cli
