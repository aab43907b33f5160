#include "service/service.hpp"

#include <algorithm>
#include <optional>

#include "api/json_writer.hpp"
#include "service/gzip.hpp"
#include "service/protocols.hpp"
#include "service/releases.hpp"
#include "service/transfer.hpp"

namespace scorelet::service {
namespace {

/// How what went wrong is told.
enum class Manner { openInference, openscoring, mlflow };

struct Route {
  std::string_view method, pattern;
  Scope scope;
  Manner manner;
  Answer<Response> (*answer)(Call&);
};

constexpr Manner kOip = Manner::openInference, kOpenscoring = Manner::openscoring, kMlflow = Manner::mlflow;
constexpr Route kRoutes[] = {
    {"GET", "/v2/health/live", Scope::none, kOip, tellLive},
    {"GET", "/v2/health/ready", Scope::none, kOip, tellReady},
    {"GET", "/v2", Scope::none, kOip, describeServer},
    {"GET", "/v2/models/{}", Scope::score, kOip, describeTensors},
    {"GET", "/v2/models/{}/versions/{}", Scope::score, kOip, describeTensors},
    {"GET", "/v2/models/{}/ready", Scope::score, kOip, tellModelReady},
    {"GET", "/v2/models/{}/versions/{}/ready", Scope::score, kOip, tellModelReady},
    {"POST", "/v2/models/{}/infer", Scope::score, kOip, infer},
    {"POST", "/v2/models/{}/versions/{}/infer", Scope::score, kOip, infer},
    {"GET", "/model", Scope::score, kOpenscoring, listModels},
    {"GET", "/model/{}", Scope::score, kOpenscoring, describeModel},
    {"PUT", "/model/{}", Scope::manage, kOpenscoring, deploy},
    {"DELETE", "/model/{}", Scope::manage, kOpenscoring, undeploy},
    {"GET", "/model/{}/pmml", Scope::manage, kOpenscoring, giveDocument},
    {"GET", "/model/{}/manifest", Scope::score, kOpenscoring, giveManifest},
    {"POST", "/model/{}", Scope::score, kOpenscoring, evaluate},
    {"POST", "/model/{}/batch", Scope::score, kOpenscoring, evaluateBatch},
    {"POST", "/model/{}/csv", Scope::score, kOpenscoring, evaluateCsv},
    {"GET", "/model/{}/release", Scope::score, kOpenscoring, tellRelease},
    {"PUT", "/model/{}/release", Scope::manage, kOpenscoring, setRelease},
    {"GET", "/group/{}", Scope::score, kOpenscoring, listGroup},
    {"POST", "/model/{}/explain", Scope::explain, kOpenscoring, explain},
    {"POST", "/model/{}/what-if", Scope::explain, kOpenscoring, whatIf},
    {"POST", "/model/{}/goal-seek", Scope::explain, kOpenscoring, goalSeek},
    {"GET", "/store/log.jsonl", Scope::manage, kOpenscoring, giveChanges},
    {"PUT", "/store/log.jsonl", Scope::manage, kOpenscoring, takeChanges},
    {"GET", "/store/objects/{}", Scope::manage, kOpenscoring, giveObject},
    {"PUT", "/store/objects/{}", Scope::manage, kOpenscoring, takeObject},
    {"GET", "/audit", Scope::manage, kOpenscoring, listRecords},
    {"GET", "/audit/{}", Scope::manage, kOpenscoring, giveRecords},
    {"POST", "/audit/forget", Scope::manage, kOpenscoring, forgetKey},
    {"POST", "/audit/expire", Scope::manage, kOpenscoring, expireRecords},
    {"GET", "/ping", Scope::none, kMlflow, tellReady},
    {"GET", "/health", Scope::none, kMlflow, tellReady},
    {"GET", "/version", Scope::none, kMlflow, tellVersion},
    {"POST", "/invocations", Scope::score, kMlflow, invoke},
    {"GET", "/metrics", Scope::score, kOpenscoring, giveMetrics},
    {"GET", "/openapi.json", Scope::none, kOpenscoring, giveOpenApi},
};

/// What stands at the {} of a pattern, if the segments are of it.
std::optional<std::vector<std::string_view>> match(std::string_view pattern, const std::vector<std::string>& segments) {
  std::vector<std::string_view> captured;
  pattern.remove_prefix(1);
  for (const std::string& segment : segments) {
    if (pattern.empty()) return std::nullopt;
    const std::string_view part = nextPart(pattern, '/');
    if (part == "{}")
      captured.push_back(segment);
    else if (part != segment)
      return std::nullopt;
  }
  if (!pattern.empty()) return std::nullopt;
  return captured;
}

std::string_view mlflowCode(int status) noexcept {
  switch (status) {
    case 401: return "UNAUTHENTICATED";
    case 403: return "PERMISSION_DENIED";
    case 404: return "RESOURCE_DOES_NOT_EXIST";
    case 429: return "RESOURCE_EXHAUSTED";
    default: return status < 500 ? "BAD_REQUEST" : "TEMPORARILY_UNAVAILABLE";
  }
}

Response refusal(Manner manner, const Failure& failure) {
  JsonWriter out;
  out.open('{');
  if (manner == Manner::mlflow) out.name("error_code").text(mlflowCode(failure.status));
  out.name(manner == Manner::openInference ? "error" : "message").text(failure.message);
  if (!failure.field.empty()) out.name("field").text(failure.field);
  Response response{failure.status, "application/json", out.close('}').take(), {}};
  if (failure.status == 401) response.headers.push_back({"www-authenticate", "Bearer"});
  return response;
}

/// What the log and the caller know a request by: the caller's own name for it, if that is harmless.
std::string requestId(const Request& request, Host& host) {
  const std::string_view given = request.header("x-request-id");
  const bool isPlain = std::ranges::all_of(given, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
  if (!given.empty() && given.size() <= 64 && isPlain) return std::string(given);
  return randomText(host);
}

std::uint64_t deadlineOf(const Request& request, std::uint64_t now, std::uint64_t most) {
  const std::string_view given = trimmed(request.header("x-deadline-ms"));
  std::uint64_t milliseconds = 0;
  for (const char c : given) {
    if (c < '0' || c > '9' || milliseconds > most) return now + most;
    milliseconds = milliseconds * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return now + (given.empty() ? most : std::min(milliseconds, most));
}

/// Answers one request; `Exchange` is what is known about it on the way.
struct Exchange {
  Shared& shared;
  RateLimiter& limiter;
  Request& request;
  std::uint64_t began;
  std::string_view method;  ///< GET for HEAD
  std::string_view route = "none";

  Answer<const Route*> find(const Target& target, Call& c) {
    std::string allowed;
    for (const Route& r : kRoutes) {
      auto captured = match(r.pattern, target.segments);
      if (!captured) continue;
      if (r.method == method) {
        c.captured = std::move(*captured);
        route = r.pattern;
        return &r;
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(r.method);
    }
    if (allowed.empty()) return fail(404, "There is nothing at this path; /openapi.json says what there is.");
    return fail(405, allowed);
  }

  Answer<Caller> admit(const Route& r) {
    auto caller = identify(request, shared.settings.tokens);
    std::uint64_t seconds = 0;
    if (!request.isAgain && !limiter.take(caller ? caller->name : std::string(), began, seconds))
      return fail(429, std::to_string(seconds));
    if (!caller) return caller;
    if (caller->may(r.scope)) return caller;
    return fail(403, shared.settings.tokens.empty()
                         ? "Without tokens this service only scores; start it with tokens to " +
                               std::string(scopeName(r.scope)) + "."
                         : "The token is not for this: it has no scope \"" + std::string(scopeName(r.scope)) + "\".");
  }

  Response answer(Call& c, const Target& target) {
    const auto found = find(target, c);
    if (!found) {
      const bool isOip = !target.segments.empty() && target.segments[0] == "v2";
      if (found.error().status != 405) return refusal(isOip ? kOip : kOpenscoring, found.error());
      Response response =
          refusal(isOip ? kOip : kOpenscoring, {405, "This can be asked with: " + found.error().message + ".", {}});
      response.headers.push_back({"allow", found.error().message});
      return response;
    }
    const Route& r = **found;
    if (r.scope != Scope::none) {
      auto caller = admit(r);
      if (!caller && caller.error().status == 429) {
        Response response =
            refusal(r.manner, {429, "Too many requests; the next is welcome in " + caller.error().message + " s.", {}});
        response.headers.push_back({"retry-after", caller.error().message});
        return response;
      }
      if (!caller) return refusal(r.manner, caller.error());
      c.caller = std::move(*caller);
    }
    if (r.scope == Scope::manage && (method == "PUT" || method == "DELETE") && !shared.settings.deploys)
      return refusal(r.manner, {403, "The models of this service are part of it; requests do not change them.", {}});
    const std::size_t most = method == "PUT" ? shared.settings.modelBytes : shared.settings.bodyBytes;
    if (request.body.size() > most)
      return refusal(r.manner, {413,
                                "The body has " + std::to_string(request.body.size()) + " bytes; the limit is " +
                                    std::to_string(most) + ".",
                                {}});
    if (auto ok = unpackBody(request, most); !ok) {
      Response response = refusal(r.manner, ok.error());
      if (response.status == 415) response.headers.push_back({"accept-encoding", "gzip"});
      return response;
    }
    auto response = r.answer(c);
    return response ? std::move(*response) : refusal(r.manner, response.error());
  }
};

/// Headers that let pages of known origins read answers.
void addCors(const Request& request, const Settings& settings, Response& response) {
  const std::string_view origin = request.header("origin");
  if (origin.empty()) return;
  const auto known =
      std::ranges::find_if(settings.origins, [&](const std::string& o) { return o == "*" || o == origin; });
  if (known == settings.origins.end()) return;
  response.headers.push_back({"access-control-allow-origin", *known == "*" ? "*" : std::string(origin)});
  response.headers.push_back(
      {"access-control-expose-headers", "etag, retry-after, x-model-version, x-prediction-id, x-request-id"});
  if (*known != "*") response.headers.push_back({"vary", "origin"});
}

/// Which version answered, and what its predictions are called in the record.
void nameAnswer(const Call& call, Response& response) {
  if (!call.version.empty()) response.headers.push_back({"x-model-version", call.version});
  if (!call.predictionId.empty()) response.headers.push_back({"x-prediction-id", call.predictionId});
}

bool isPreflight(const Request& request) {
  return request.method == "OPTIONS" && !request.header("access-control-request-method").empty();
}

Response answerPreflight() {
  Response response{204, "", "", {}};
  response.headers.push_back({"access-control-allow-methods", "GET, HEAD, POST, PUT, DELETE"});
  response.headers.push_back(
      {"access-control-allow-headers",
       "authorization, content-type, if-match, if-none-match, x-deadline-ms, x-request-id, x-route-key"});
  response.headers.push_back({"access-control-max-age", "600"});
  return response;
}

/// One line of the log: what was asked for and how it went, but no value of a request.
std::string logLine(const Exchange& exchange, const Call* call, const Response& response, const std::string& id,
                    std::size_t bytesIn, std::uint64_t now) {
  JsonWriter out;
  out.open('{').name("time").number(static_cast<double>(exchange.began)).name("id").text(id);
  out.name("method").text(exchange.method).name("route").text(exchange.route);
  out.name("status").number(response.status).name("ms").number(static_cast<double>(now - exchange.began));
  out.name("bytesIn").number(static_cast<double>(bytesIn));
  out.name("bytesOut").number(static_cast<double>(response.body.size()));
  if (call != nullptr && !call->caller.name.empty()) out.name("caller").text(call->caller.name);
  if (call != nullptr && !call->model.empty()) out.name("model").text(call->model).name("version").text(call->version);
  if (call != nullptr && !call->predictionId.empty()) out.name("prediction").text(call->predictionId);
  if (call != nullptr && call->rows > 0)
    out.name("rows").number(static_cast<double>(call->rows)).name("badRows").number(static_cast<double>(call->badRows));
  if (call != nullptr && call->shadowed.rows > 0) {
    out.name("shadow").open('{').name("version").text(call->release->shadow()->version());
    out.name("rows").number(static_cast<double>(call->shadowed.rows));
    out.name("differentRows").number(static_cast<double>(call->shadowed.differentRows));
    out.name("badRows").number(static_cast<double>(call->shadowed.badRows));
    out.name("largestDifference").number(call->shadowed.largest).close('}');
  }
  return out.close('}').take();
}

/// What a request that scored says of the version that answered, and of its shadow.
void judge(Call& call) {
  if (call.release == nullptr) return;
  if (call.shadowed.rows > 0) {
    call.release->addShadow(call.shadowed);
    call.shared.metrics.countShadow(call.model, call.shadowed);
  }
  if (const std::string why = call.release->fault(*call.arm); !why.empty())
    stepBack(call.shared, call.release, *call.arm, why);
}

std::string_view knownMethod(std::string_view method) noexcept {
  for (const std::string_view known : {"GET", "POST", "PUT", "DELETE", "OPTIONS"})
    if (method == known) return known;
  return method == "HEAD" ? "GET" : "other";
}

}  // namespace

Response Service::handle(Request request) {
  Shared shared = this->shared();
  const std::uint64_t began = host_.now();
  Exchange exchange{shared, limiter_, request, began, knownMethod(request.method)};
  const std::string id = requestId(request, host_);
  const std::size_t bytesIn = request.body.size();  // as sent
  Response response;
  std::optional<Call> call;
  const auto target = Target::read(request.target);
  if (!target) {
    response = refusal(kOpenscoring, target.error());
  } else if (isPreflight(request)) {
    response = answerPreflight();
  } else {
    call.emplace(Call{shared, request, *target, began, deadlineOf(request, began, settings_.milliseconds)});
    response = exchange.answer(*call, *target);
    response.isWaiting = host_.isWaiting();
    if (response.isWaiting) return response;
  }
  if (exchange.method == "GET" && response.status == 200) addEntityTag(request, response);
  compress(request, response);
  addCors(request, settings_, response);
  response.headers.push_back({"x-request-id", id});
  if (call) nameAnswer(*call, response);
  response.headers.push_back({"x-content-type-options", "nosniff"});
  response.headers.push_back({"cache-control", "no-cache"});

  const std::uint64_t now = host_.now();
  metrics_.count(exchange.route, response.status, now - began);
  if (call && call->rows > 0) {
    metrics_.countRows(call->model, call->rows, call->badRows);
    judge(*call);
  }
  host_.log(logLine(exchange, call ? &*call : nullptr, response, id, bytesIn, now));
  return response;
}

bool Service::mayTakeLong(const Request& request) const noexcept {
  constexpr std::size_t kLongBody = 64 << 10;  // half a millisecond and more
  if (audit_ != nullptr || request.body.size() > kLongBody || !request.header("content-encoding").empty()) return true;
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  const auto isAsked = [&](const Route& r) {
    return r.scope == Scope::explain && path.ends_with(r.pattern.substr(r.pattern.rfind('/')));
  };
  return path.contains('%') || std::ranges::any_of(kRoutes, isAsked);
}

Answer<void> Service::deploy(std::string name, std::string document) {
  auto made = Deployment::create(std::move(name), std::move(document), settings_, host_.now());
  if (!made) return std::unexpected(made.error());
  catalogue_.put(std::make_shared<Release>(std::move(*made), ReleaseSettings()));
  return {};
}

Answer<void> Service::followStore() {
  const Guard guard(changing_);
  if (auto ok = store_->refresh(); !ok) return ok;
  Shared shared = this->shared();
  return followAll(shared);
}

}  // namespace scorelet::service
