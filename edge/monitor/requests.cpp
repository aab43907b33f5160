// What is asked over HTTP: who may, what is taken, and the files of the dashboard.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/json_writer.hpp"
#include "base/number.hpp"
#include "monitor/facts.hpp"
#include "monitor/monitor.hpp"
#include "monitor/outcome_rows.hpp"
#include "monitor/pages.hpp"
#include "monitor/wording.hpp"
#include "service/gzip.hpp"
#include "service/json_tree.hpp"
#include "service/transfer.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using service::JsonKind;
using service::jsonResponse;
using service::JsonTree;
using service::JsonValue;
using service::Request;
using service::Response;
using service::Scope;
using service::Target;
using telemetry::Encoding;

constexpr std::size_t kAtOnce = 20'000;  // values of a decision about many alerts

Response failureOf(const service::Failure& failure) {
  JsonWriter w;
  w.open('{').name("message").text(failure.message);
  if (!failure.field.empty()) w.name("field").text(failure.field);
  w.close('}');
  Response out = jsonResponse(w.take(), failure.status);
  if (failure.status == 401) out.headers.push_back({"WWW-Authenticate", "Bearer"});
  if (failure.status == 503) out.headers.push_back({"Retry-After", "5"});
  return out;
}

/// A page of another site may send requests to this machine; only one of this very server may change something.
bool isForeign(const Request& request) {
  const std::string_view origin = request.header("origin");
  return !origin.empty() && origin != "http://" + std::string(request.header("host")) &&
         origin != "https://" + std::string(request.header("host"));
}

/// Where hosts send what they have to tell.
bool isForSending(const Target& target) {
  const auto& path = target.segments;
  return path.size() == 2 && (path[0] == "v1" || (path[0] == "api" && path[1] == "outcomes"));
}

/// To the question of a browser whether a page of elsewhere may send.
Response answerPreflight() {
  Response response{204, "", "", {}};
  response.headers.push_back({"Access-Control-Allow-Methods", "POST"});
  response.headers.push_back({"Access-Control-Allow-Headers", "authorization, content-encoding, content-type"});
  response.headers.push_back({"Access-Control-Max-Age", "600"});
  return response;
}

/// The encoding of OTLP that a request says.
Answer<Encoding> encodingOf(const Request& request) {
  const std::string type = service::mediaType(request.header("content-type"));
  if (type == "application/json") return Encoding::json;
  if (type == "application/x-protobuf") return Encoding::protobuf;
  return fail(415, "OTLP is application/json or application/x-protobuf.", "content-type");
}

Answer<std::string> textMember(JsonValue object, const char* name, bool isNeeded) {
  const JsonValue member = object.member(name);
  if (member.is(JsonKind::text)) return std::string(member.text());
  if (isNeeded || (member && !member.is(JsonKind::null))) return fail(400, "A text is wanted.", name);
  return std::string();
}

std::string_view typeOf(std::string_view file) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{".html", "text/html; charset=utf-8"},
                                                                      {".js", "text/javascript"},
                                                                      {".css", "text/css"},
                                                                      {".svg", "image/svg+xml"},
                                                                      {".png", "image/png"},
                                                                      {".json", "application/json"},
                                                                      {".woff2", "font/woff2"},
                                                                      {".ico", "image/x-icon"},
                                                                      {".webmanifest", "application/manifest+json"}};
  for (const auto& [end, type] : kTypes)
    if (file.ends_with(end)) return type;
  return "application/octet-stream";
}

}  // namespace

Response Monitor::handle(Request request) {
  const auto target = Target::read(request.target);
  if (!target) return failureOf(target.error());
  const std::string origin(request.header("origin"));
  const bool isWelcome =
      isForSending(*target) && std::ranges::find(settings_.origins, origin) != settings_.origins.end();
  auto answer = isWelcome && request.method == "OPTIONS" ? answerPreflight() : route(request, *target, isWelcome);
  Response response = answer ? std::move(*answer) : failureOf(answer.error());
  if (isWelcome) {
    response.headers.push_back({"Access-Control-Allow-Origin", origin});
    response.headers.push_back({"Access-Control-Expose-Headers", "retry-after"});
    response.headers.push_back({"Vary", "origin"});
  }
  if (request.method != "GET" || response.status != 200 || response.type.starts_with("image/")) return response;
  if (response.type == "application/json") {
    response.headers.push_back({"Cache-Control", "no-cache"});
    service::addEntityTag(request, response);
  }
  service::compress(request, response);
  return response;
}

Answer<Response> Monitor::route(Request& request, const Target& target, bool isWelcome) {
  const auto& path = target.segments;
  const bool isRead = request.method == "GET" || request.method == "HEAD";
  const bool isApi = !path.empty() && path[0] == "api";
  const bool isIngest = path.size() == 2 && path[0] == "v1";
  if (isRead && path.size() == 1 && path[0] == "healthz") return Response{200, "text/plain", "ok\n", {}};
  if (isRead && !isApi && !isIngest) return page(target);  // it holds nothing: its data comes from the API

  auto caller = service::identify(request, settings_.tokens);
  if (!caller) return std::unexpected(caller.error());
  const auto may = [&](Scope scope) { return settings_.tokens.empty() || caller->may(scope); };
  if (!isRead && !isWelcome && isForeign(request)) return fail(403, "Pages of other sites may change nothing here.");
  const auto needs = [](const char* scope) {
    return fail(403, std::string("The token has not the scope ") + scope + ".");
  };
  if (isForSending(target)) {
    if (!may(Scope::send)) return needs("send");
    if (request.method != "POST") return fail(405, "Events and outcomes are sent by POST.");
    if (const auto ok = service::unpackBody(request, kBodyBytes); !ok) return std::unexpected(ok.error());
    if (isApi) return takeOutcomes(request);
    if (path[1] == "logs") return takeLogs(request);
    if (path[1] == "metrics") return takeMetrics(request);
    return fail(404, "OTLP is taken at /v1/logs and /v1/metrics.");
  }
  if (!isApi) return fail(404, "There is nothing here.");
  if (!may(Scope::view)) return needs("view");
  return routeApi(request, target, may(Scope::manage));
}

Answer<Response> Monitor::routeApi(const Request& request, const Target& target, bool mayManage) {
  const auto& path = target.segments;
  const std::size_t n = path.size();
  if (request.method == "GET" || request.method == "HEAD") {
    judge();
    const std::scoped_lock lock(reading_, known_);
    reader_.refresh();
    Pages pages(*this);
    if (n == 2 && path[1] == "today") return pages.today();
    if (n == 2 && path[1] == "groups") return pages.groups();
    if (n == 2 && path[1] == "models") return pages.models();
    if (n == 2 && path[1] == "alerts") return pages.alerts(target);
    if (n == 2 && path[1] == "changes") return pages.changes(target);
    if (n == 2 && path[1] == "report") return pages.report(target);
    if (n == 2 && path[1] == "rules") return pages.rules();
    if (n == 3 && path[1] == "models") return pages.model(path[2], target);
    if (n == 5 && path[1] == "models" && path[3] == "fields") return pages.field(path[2], path[4], target);
    return fail(404, "The API has no such path; docs/monitoring.md lists them.");
  }
  if (!mayManage) return fail(403, "The token has not the scope manage.");
  if (request.method == "POST" && n == 3 && path[1] == "alerts") return act(request, path[2]);
  if (request.method == "POST" && n == 2 && path[1] == "alerts") return actOnAll(request);
  if (request.method == "POST" && n == 4 && path[1] == "groups" && path[3] == "rule")
    return takeGroupRule(request, path[2]);
  if (request.method == "PUT" && n == 4 && path[1] == "models" && path[3] == "baseline")
    return takeBaseline(request, path[2]);
  if (request.method == "PUT" && n == 4 && path[1] == "models" && path[3] == "bundle") {
    const auto taken = takeBundle(request.body, path[2], "API");
    if (!taken) return std::unexpected(taken.error());
    return jsonResponse("{}");
  }
  return fail(404, "The API has no such path; docs/monitoring.md lists them.");
}

Answer<Response> Monitor::takeLogs(const Request& request) {
  const auto encoding = encodingOf(request);
  if (!encoding) return std::unexpected(encoding.error());
  const auto logs = telemetry::readLogs(*encoding, request.body);
  if (!logs) return fail(400, logs.error().front().message);
  const auto taken = [&] {
    const std::scoped_lock lock(writing_);
    return writer_.take(*logs, now());
  }();
  if (!taken) return std::unexpected(taken.error());
  return Response{
      200, std::string(contentType(*encoding)), telemetry::encodeAnswer(*encoding, {taken->refused, taken->why}), {}};
}

/// Windows of hosts are told not to be needed: what they say is computed from the predictions, against the baseline
/// that is in force here, and nothing is counted twice.
Answer<Response> Monitor::takeMetrics(const Request& request) {
  const auto encoding = encodingOf(request);
  if (!encoding) return std::unexpected(encoding.error());
  const auto points = telemetry::countDataPoints(*encoding, request.body);
  if (!points) return fail(400, points.error().front().message);
  const telemetry::PartialSuccess answer{*points, "figures are computed from predictions, so no metrics are kept"};
  return Response{200,
                  std::string(contentType(*encoding)),
                  telemetry::encodeAnswer(*encoding, answer, telemetry::Signal::metrics),
                  {}};
}

Answer<Response> Monitor::takeOutcomes(const Request& request) {
  const std::string type = service::mediaType(request.header("content-type"));
  if (type != "application/json" && type != "text/csv")
    return fail(415, "Outcomes are application/json or text/csv.", "content-type");
  auto rows = type == "text/csv" ? readCsvOutcomes(request.body) : readJsonOutcomes(request.body);
  if (!rows) return std::unexpected(rows.error());
  const auto taken = [&] {
    const std::scoped_lock lock(writing_);
    return writer_.take(rows->outcomes, now());
  }();
  if (!taken) return std::unexpected(taken.error());
  for (const auto& [place, why] : taken->refused) rows->refused.emplace_back(rows->rows[place], why);
  std::ranges::sort(rows->refused);
  JsonWriter w;
  w.open('{').name("taken").number(static_cast<double>(taken->taken));
  w.name("waiting").number(static_cast<double>(taken->waiting));
  w.name("repeated").number(static_cast<double>(taken->repeated)).name("refused").open('[');
  for (const auto& [row, why] : rows->refused)
    w.open('{').name("row").number(static_cast<double>(row)).name("message").text(why).close('}');
  return jsonResponse(w.close(']').close('}').take());
}

Answer<Response> Monitor::takeBaseline(const Request& request, const std::string& model) {
  const std::scoped_lock lock(writing_);
  if (const auto ok = writer_.setBaseline(model, request.body); !ok) return std::unexpected(ok.error());
  AlertBook(writer_.database())
      .record({now(), "baseline", model + ": a new baseline", "API", model, {}, Facts().take()});
  return jsonResponse("{}");
}

Answer<Response> Monitor::takeGroupRule(const Request& request, const std::string& group) {
  const auto tree = JsonTree::read(request.body, 100);
  if (!tree) return std::unexpected(tree.error());
  const auto retrain = textMember(tree->root(), "retrain", true), by = textMember(tree->root(), "by", true);
  if (!retrain) return std::unexpected(retrain.error());
  if (!by) return std::unexpected(by.error());
  if (!readRetrain(*retrain)) return fail(400, "The rule is \"any\", \"all\" or one such as \"3 of 4\".", "retrain");
  const JsonValue windows = tree->root().member("windows");
  const double count = windows.node().number;
  if (windows && (!windows.is(JsonKind::number) || count < 1 || count > 1000 || count != static_cast<int>(count)))
    return fail(400, "A whole number from 1 to 1000.", "windows");
  {
    const std::scoped_lock lock(known_);
    if (std::ranges::none_of(models_, [&](const auto& m) { return m.second.group == group; }))
      return fail(404, "There is no such group.");
  }
  {
    const std::scoped_lock lock(writing_);
    Transaction transaction(writer_.database());
    Database& database = writer_.database();
    if (windows)
      database.run("INSERT OR REPLACE INTO groupRules(name, retrain, windows) VALUES(?,?,?)", std::string_view(group),
                   std::string_view(*retrain), static_cast<std::int64_t>(count));
    else
      database.run("INSERT OR REPLACE INTO groupRules(name, retrain, windows) VALUES(?,?,NULL)",
                   std::string_view(group), std::string_view(*retrain));
    AlertBook(database).record({now(),
                                "rule",
                                group + ": retrain when " + *retrain + " below",
                                *by,
                                {},
                                group,
                                Facts().text("retrain", *retrain).take()});
    if (!transaction.commit()) return fail(503, "The store cannot be written.");
  }
  {
    const std::scoped_lock lock(known_);
    judgedHour_ = 0;
  }
  judge();
  return jsonResponse("{}");
}

Answer<Monitor::Decision> Monitor::Decision::read(JsonValue from, Time now) {
  const auto action = textMember(from, "action", true), by = textMember(from, "by", true),
             until = textMember(from, "until", false);
  for (const auto* text : {&action, &by, &until})
    if (!*text) return std::unexpected(text->error());
  if (by->empty()) return fail(400, "Who decides is part of the record.", "by");
  Decision out{*action, *by, {}};
  if (*action != "later") return out;
  out.until = readTime(*until);
  if (!out.until || *out.until <= now) return fail(400, "A time that is still to come is wanted.", "until");
  return out;
}

Answer<Response> Monitor::act(const Request& request, const std::string& id) {
  const auto number = parseDouble(id);
  const auto tree = JsonTree::read(request.body, 100);
  if (!tree) return std::unexpected(tree.error());
  const auto decision = Decision::read(tree->root(), now());
  if (!decision) return std::unexpected(decision.error());
  const auto alert = act(number.value_or(0), *decision);
  if (!alert) return std::unexpected(alert.error());
  return jsonResponse(alertJson(*alert));
}

/// The same decision about many alerts: each is taken by itself.
Answer<Response> Monitor::actOnAll(const Request& request) {
  const auto tree = JsonTree::read(request.body, kAtOnce);
  if (!tree) return std::unexpected(tree.error());
  const auto decision = Decision::read(tree->root(), now());
  if (!decision) return std::unexpected(decision.error());
  const JsonValue ids = tree->root().member("ids");
  if (ids.size() == 0) return fail(400, "A list of the ids of alerts is wanted.", "ids");
  JsonWriter done, refused;
  done.open('[');
  refused.open('[');
  for (const JsonValue id : ids) {
    const auto alert = act(id.node().number, *decision);
    if (alert)
      done.raw(alertJson(*alert));
    else
      refused.open('{').name("id").raw(id.raw()).name("message").text(alert.error().message).close('}');
  }
  JsonWriter w;
  w.open('{').name("alerts").raw(done.close(']').take());
  return jsonResponse(w.name("refused").raw(refused.close(']').take()).close('}').take());
}

Answer<Alert> Monitor::act(double id, const Decision& decision) {
  const auto find = [&] {
    const std::scoped_lock lock(writing_);
    return AlertBook(writer_.database()).find(static_cast<std::int64_t>(id));
  };
  const std::scoped_lock alone(looking_);
  const auto alert = find();
  if (!alert) return fail(404, "There is no such alert.");
  const std::string& action = decision.action;
  if (std::ranges::find(alert->actions, action) == alert->actions.end())
    return fail(409, "The alert has no such action any more.", "action");
  if (!decide(*alert, action, decision.by, decision.until)) return fail(503, "The store cannot be written.");
  const std::string on = action == "approve" ? "retrain" : action;
  if (const Hook* hook = settings_.rules.hook(on, alert->kind == "retrain" ? alert->group : alert->model))
    carryOut(*hook, *alert);
  return *find();
}

Answer<Response> Monitor::page(const Target& target) {
  if (settings_.page.empty())
    return Response{
        404,
        "text/plain; charset=utf-8",
        "The dashboard is not there. Build it (npm run build --prefix web --workspace scorelet-monitor) and name its "
        "folder with --page.\n",
        {}};
  std::filesystem::path file(settings_.page);
  for (const std::string& segment : target.segments) {
    if (segment.empty() || segment == "." || segment == ".." || segment.find('/') != std::string::npos ||
        segment.find('\\') != std::string::npos)
      return fail(404, "There is no such file.");
    file /= segment;
  }
  std::error_code failure;
  if (target.segments.empty() || std::filesystem::is_directory(file, failure)) file /= "index.html";
  std::ifstream stream(file, std::ios::binary);
  if (!stream || !std::filesystem::is_regular_file(file, failure)) return fail(404, "There is no such file.");
  Response out{200, std::string(typeOf(file.string())), std::string(std::istreambuf_iterator<char>(stream), {}), {}};
  out.headers = {{"Content-Security-Policy",
                  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                  "img-src 'self' data:"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Referrer-Policy", "no-referrer"},
                 {"Cache-Control", "no-cache"}};
  return out;
}

}  // namespace scorelet::monitor
