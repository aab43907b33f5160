#include "monitor/monitor.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/json_writer.hpp"
#include "base/number.hpp"
#include "cli/bytes.hpp"
#include "cli/csv.hpp"
#include "monitor/pages.hpp"
#include "monitor/wording.hpp"
#include "service/gzip.hpp"
#include "service/json_tree.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::Caller;
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

constexpr std::size_t kMostOutcomes = 100'000, kCsvRecordBytes = 1 << 16;

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

Answer<std::string> textMember(JsonValue object, const char* name, bool isNeeded) {
  const JsonValue member = object.member(name);
  if (member.is(JsonKind::text)) return std::string(member.text());
  if (isNeeded || (member && !member.is(JsonKind::null))) return fail(400, "A text is wanted.", name);
  return std::string();
}

/// A text, a number or a truth value as outcomes are kept.
std::string scalarText(JsonValue value) {
  if (value.is(JsonKind::text)) return std::string(value.text());
  if (value.is(JsonKind::boolean)) return value.node().number != 0 ? "true" : "false";
  if (!value.is(JsonKind::number)) return {};
  return textOf(telemetry::EventValue(value.node().number));
}

Answer<Outcome> outcomeOf(std::string_view id, std::string_view key, std::string_view model, std::string_view value,
                          std::string_view time) {
  Outcome out{{}, std::string(key), std::string(model), std::string(value)};
  if (!id.empty()) {
    out.id = telemetry::readPredictionId(id);
    if (!out.id) return fail(400, "The id is no UUID.", "id");
  }
  if (id.empty() == key.empty()) return fail(400, "An outcome has either an id or a key.");
  if (value.empty()) return fail(400, "There is no outcome.", "outcome");
  if (!time.empty()) {
    const auto read = readTime(time);
    if (!read) return fail(400, "A time is such as 2026-11-21T10:42:00Z.", "time");
    out.time = *read;
  }
  return out;
}

struct OutcomeRows {
  std::vector<Outcome> outcomes;
  std::vector<std::size_t> rows;  // of each
  std::vector<std::pair<std::size_t, std::string>> refused;
  void add(std::size_t row, Answer<Outcome> outcome) {
    if (!outcome) return refused.emplace_back(row, outcome.error().message), void();
    rows.push_back(row);
    outcomes.push_back(std::move(*outcome));
  }
};

Answer<OutcomeRows> readJsonOutcomes(std::string_view body) {
  const auto tree = JsonTree::read(body, 10 * kMostOutcomes);
  if (!tree) return std::unexpected(tree.error());
  const JsonValue root = tree->root(), list = root.is(JsonKind::array) ? root : root.member("outcomes");
  if (!list.is(JsonKind::array)) return fail(400, R"(The body is a list of outcomes, or {"outcomes":[...]}.)");
  OutcomeRows out;
  std::size_t row = 0;
  for (const JsonValue item : list)
    out.add(++row, outcomeOf(item.member("id").text(), scalarText(item.member("key")), item.member("model").text(),
                             scalarText(item.member("outcome")), item.member("time").text()));
  return out;
}

Answer<OutcomeRows> readCsvOutcomes(const std::string& body) {
  cli::Bytes bytes(body);
  cli::CsvReader reader(bytes, ',', kCsvRecordBytes);
  OutcomeRows out;
  std::vector<std::string> names;
  for (std::size_t row = 0; reader.next();) {
    if (reader.isBlank()) continue;
    if (!reader.fault().empty()) {
      if (names.empty()) return fail(400, "The first line names the columns: id or key, outcome, and model and time.");
      out.refused.emplace_back(++row, reader.fault());
      continue;
    }
    if (names.empty()) {
      for (std::size_t i = 0; i < reader.size(); ++i) names.emplace_back(reader[i]);
      const auto has = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
      if (!has("outcome") || !(has("id") || has("key")))
        return fail(400, "The first line names the columns: id or key, outcome, and model and time.");
      continue;
    }
    ++row;
    if (reader.size() != names.size()) {
      out.refused.emplace_back(
          row, "The row has " + std::to_string(reader.size()) + " cells, not " + std::to_string(names.size()) + ".");
      continue;
    }
    const auto cell = [&](std::string_view name) {
      const auto found = std::ranges::find(names, name);
      return found == names.end() ? std::string_view() : reader[static_cast<std::size_t>(found - names.begin())];
    };
    out.add(row, outcomeOf(cell("id"), cell("key"), cell("model"), cell("outcome"), cell("time")));
  }
  if (names.empty()) return fail(400, "The body is empty.");
  return out;
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

std::expected<std::unique_ptr<Monitor>, std::string> Monitor::open(const std::string& path, const Settings& settings,
                                                                   service::Host& host, Outside& outside) {
  auto writer = Store::open(path, settings.rules);
  if (!writer) return std::unexpected(writer.error());
  auto reader = Store::open(path, settings.rules);
  if (!reader) return std::unexpected(reader.error());
  return std::unique_ptr<Monitor>(new Monitor(settings, host, outside, std::move(*writer), std::move(*reader)));
}

Monitor::~Monitor() {
  const std::scoped_lock lock(alive_->mutex);
  alive_->monitor = nullptr;
}

Response Monitor::handle(Request request) {
  auto answer = route(request);
  return answer ? std::move(*answer) : failureOf(answer.error());
}

Answer<Response> Monitor::route(Request& request) {
  const auto target = Target::read(request.target);
  if (!target) return std::unexpected(target.error());
  const auto& path = target->segments;
  const bool isRead = request.method == "GET" || request.method == "HEAD";
  const bool isApi = !path.empty() && path[0] == "api";
  const bool isIngest = path.size() == 2 && path[0] == "v1";
  if (isRead && path.size() == 1 && path[0] == "healthz") return Response{200, "text/plain", "ok\n", {}};
  if (isRead && !isApi && !isIngest) return page(*target);  // it holds nothing: its data comes from the API

  auto caller = service::identify(request, settings_.tokens);
  if (!caller) return std::unexpected(caller.error());
  const auto may = [&](Scope scope) { return settings_.tokens.empty() || caller->may(scope); };
  if (!isRead && isForeign(request)) return fail(403, "Pages of other sites may change nothing here.");
  const auto needs = [](const char* scope) {
    return fail(403, std::string("The token has not the scope ") + scope + ".");
  };
  if (isIngest || (isApi && path.size() == 2 && path[1] == "outcomes")) {
    if (!may(Scope::send)) return needs("send");
    if (request.method != "POST") return fail(405, "Events and outcomes are sent by POST.");
    if (const auto ok = service::unpackBody(request, kBodyBytes); !ok) return std::unexpected(ok.error());
    if (isApi) return takeOutcomes(request);
    if (path[1] == "logs") return takeLogs(request);
    return fail(404, "Events are taken at /v1/logs; figures of metrics are computed from them, so none are taken.");
  }
  if (!isApi) return fail(404, "There is nothing here.");
  if (!may(Scope::view)) return needs("view");
  return routeApi(request, *target, may(Scope::manage));
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
  if (request.method == "POST" && n == 4 && path[1] == "groups" && path[3] == "rule")
    return takeGroupRule(request, path[2]);
  if (request.method == "PUT" && n == 4 && path[1] == "models" && path[3] == "baseline")
    return takeBaseline(request, path[2]);
  return fail(404, "The API has no such path; docs/monitoring.md lists them.");
}

Answer<Response> Monitor::takeLogs(const Request& request) {
  const std::string type = service::mediaType(request.header("content-type"));
  const bool isJson = type == "application/json";
  if (!isJson && type != "application/x-protobuf")
    return fail(415, "OTLP is application/json or application/x-protobuf.", "content-type");
  const Encoding encoding = isJson ? Encoding::json : Encoding::protobuf;
  const auto logs = telemetry::readLogs(encoding, request.body);
  if (!logs) return fail(400, logs.error().front().message);
  const auto taken = [&] {
    const std::scoped_lock lock(writing_);
    return writer_.take(*logs, now());
  }();
  if (!taken) return std::unexpected(taken.error());
  return Response{
      200, std::string(contentType(encoding)), telemetry::encodeAnswer(encoding, {taken->refused, taken->why}), {}};
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
  AlertBook(writer_.database()).record({now(), "baseline", model + ": a new baseline", "API", model, {}});
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
    AlertBook(database).record({now(), "rule", group + ": retrain when " + *retrain + " below", *by, {}, group});
    if (!transaction.commit()) return fail(503, "The store cannot be written.");
  }
  {
    const std::scoped_lock lock(known_);
    judgedHour_ = 0;
  }
  judge();
  return jsonResponse("{}");
}

Answer<Response> Monitor::act(const Request& request, const std::string& id) {
  const auto number = parseDouble(id);
  const auto tree = JsonTree::read(request.body, 100);
  if (!tree) return std::unexpected(tree.error());
  const auto action = textMember(tree->root(), "action", true), by = textMember(tree->root(), "by", true),
             until = textMember(tree->root(), "until", false);
  for (const auto* text : {&action, &by, &until})
    if (!*text) return std::unexpected(text->error());
  if (by->empty()) return fail(400, "Who decides is part of the record.", "by");
  const auto find = [&]() -> std::optional<Alert> {
    const std::scoped_lock lock(writing_);
    return number ? AlertBook(writer_.database()).find(static_cast<std::int64_t>(*number)) : std::nullopt;
  };
  const std::scoped_lock alone(looking_);
  const auto alert = find();
  if (!alert) return fail(404, "There is no such alert.");
  if (std::ranges::find(alert->actions, *action) == alert->actions.end())
    return fail(409, "The alert has no such action any more.", "action");
  std::optional<Time> putOff;
  if (*action == "later") {
    putOff = readTime(*until);
    if (!putOff || *putOff <= now()) return fail(400, "A time that is still to come is wanted.", "until");
  }
  if (!decide(*alert, *action, *by, putOff)) return fail(503, "The store cannot be written.");
  const std::string on = *action == "approve" ? "retrain" : *action;
  if (const Hook* hook = settings_.rules.hook(on, alert->kind == "retrain" ? alert->group : alert->model))
    carryOut(*hook, *alert);
  return jsonResponse(alertJson(*find()));
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

// ---- looking at everything

void Monitor::judge() {
  const std::scoped_lock alone(judging_);
  const Time time = now();
  std::set<std::string> touched;
  {
    const std::scoped_lock lock(writing_);
    touched = writer_.touched();
  }
  {
    const std::scoped_lock lock(reading_, known_);
    reader_.refresh();
    const bool isNewHour = startOf(time, kHour) != judgedHour_;
    if (isNewHour) changedRules_ = changedRules(reader_);
    if (isNewHour || !touched.empty()) {
      std::map<std::string, std::vector<Stream>> byModel;
      for (Stream& stream : reader_.streams()) byModel[stream.model].push_back(std::move(stream));
      for (auto& [name, streams] : byModel) {
        if (!isNewHour && !touched.contains(name)) continue;
        const std::string group = settings_.rules.groupOf(name);
        const auto changed = changedRules_.find(group);
        const auto& rule = changed == changedRules_.end() ? settings_.rules.group(group) : changed->second;
        models_[name] = assess(reader_, settings_.rules, rule.windows.value_or(0), name, std::move(streams), time);
      }
      judgedHour_ = startOf(time, kHour);
      const auto predictions = reader_.totals(kHour, startOf(time, kHour) - 23 * kHour, time + kDay);
      for (auto& [name, model] : models_) {
        model.predictions24h = 0;
        for (const Stream& stream : model.streams)
          if (const auto found = predictions.find(stream.id); found != predictions.end() && !stream.isChallenger())
            model.predictions24h += found->second.predictions;
      }
    }
  }
  const std::scoped_lock lock(writing_, known_);
  AlertBook book(writer_.database());
  const auto holding = conditions(time);
  Transaction transaction(writer_.database());
  book.update(holding, time, static_cast<Time>(settings_.rules.quietMinutes * 60'000));
  (void)transaction.commit();  // else with the next look
}

void Monitor::look() {
  const std::scoped_lock alone(looking_);
  judge();
  tell(now());
  // Hooks that do not wait for anybody's approval.
  const auto open = [&] {
    const std::scoped_lock lock(writing_);
    return AlertBook(writer_.database()).list(now());
  }();
  for (const Alert& alert : open) {
    const bool isRetrain = alert.kind == "retrain";
    if (alert.state != "firing" || (!isRetrain && alert.kind != "challenger")) continue;
    const Hook* hook = settings_.rules.hook(isRetrain ? "retrain" : "promote", isRetrain ? alert.group : alert.model);
    if (hook == nullptr || hook->waits) continue;
    decide(alert, isRetrain ? "approve" : "promote", "rule", {});
    carryOut(*hook, alert);
  }
}

/// What a person, or a rule, decides, into the record.
bool Monitor::decide(const Alert& alert, const std::string& action, const std::string& by, std::optional<Time> until) {
  const std::scoped_lock lock(writing_);
  AlertBook book(writer_.database());
  Transaction transaction(writer_.database());
  std::string text = alert.title;
  if (until) {
    book.putOff(alert.id, *until);
    text += ": put off until " + dayText(*until);
  } else {
    // What was promoted can be taken back.
    const bool canReturn = action == "promote" && settings_.rules.hook("rollback", alert.model) != nullptr;
    book.close(alert.id, canReturn ? "rollback" : "");
  }
  book.record({now(), action, text, by, alert.model, alert.group});
  return transaction.commit();
}

std::vector<Condition> Monitor::conditions(Time time) {
  std::vector<Condition> out;
  AlertBook book(writer_.database());
  for (const auto& [name, model] : models_) {
    conditionsOf(model, book, out);
    const ModelRule& rule = settings_.rules.model(name);
    if (rule.silentHours && model.last < time - static_cast<Time>(*rule.silentHours * kHour))
      out.push_back({"silent:" + name,
                     "silent",
                     Severity::act,
                     name + " is silent",
                     "No prediction since " + dayText(model.last) + ".",
                     name,
                     model.group,
                     {},
                     {"later", "close"},
                     0});
  }
  for (const auto& [name, group] : groupsOf(settings_.rules, changedRules_, models_)) {
    if (!group.mustRetrain()) continue;
    out.push_back({"retrain:" + name,
                   "retrain",
                   Severity::act,
                   name + " meets the retrain rule",
                   std::to_string(group.below) + " of " + counted(group.models.size(), "model") +
                       (group.below == 1 ? " is" : " are") + " below " + (group.below == 1 ? "its" : "their") +
                       " threshold.",
                   {},
                   name,
                   {},
                   {"approve", "later"},
                   0});
  }
  const auto hosts = lateOf(writer_.hosts(), time, settings_.rules.lateHours);
  const std::size_t count = hosts.size();
  std::string late;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 5); ++i) late += (i == 0 ? "" : ", ") + hosts[i].instance;
  if (count > 0)
    out.push_back({"hosts",
                   "hosts",
                   Severity::watch,
                   counted(count, "device") + " silent for more than " + hoursText(settings_.rules.lateHours),
                   late + (count > 5 ? " and others" : "") + ". They keep events and send them later; nothing is lost.",
                   {},
                   {},
                   {},
                   {"later", "close"},
                   0});
  return out;
}

void Monitor::conditionsOf(const ModelState& model, AlertBook& book, std::vector<Condition>& out) {
  const std::string& name = model.name;
  const ModelRule& rule = settings_.rules.model(name);
  for (const FieldDrift& f : model.drift.fields) {
    if (!f.hasDrifted) continue;
    const std::string of = name + ":" + (f.isResult ? "result:" : "input:") + f.name, jump = "jump:" + of;
    const bool isOpen = book.isOpen(jump);
    std::string text = name + ": PSI " + fixed(f.psi, 2) + " against training, limit " + fixed(rule.drift, 2) + ".";
    if (f.jumped || isOpen) {
      if (f.jumped && !std::isnan(f.median) && !std::isnan(f.medianBefore))
        text = name + ": the median went from " + amount(f.medianBefore) + " to " + amount(f.median) + " within a day.";
      const std::string title = f.jumped ? f.name + " jumped on " + dayText(*f.jumped) : std::string();
      out.push_back({jump,
                     "jump",
                     Severity::act,
                     title,
                     std::move(text),
                     name,
                     model.group,
                     f.name,
                     {"later", "close"},
                     f.jumped.value_or(0)});
    } else {
      out.push_back({"drift:" + of,
                     "drift",
                     Severity::watch,
                     f.name + " has drifted",
                     std::move(text),
                     name,
                     model.group,
                     f.name,
                     {"later", "close"},
                     0});
    }
  }
  const double errorShare =
      model.drift.events > 0 ? static_cast<double>(model.drift.errors) / static_cast<double>(model.drift.events) : 0;
  if (rule.errors && errorShare > *rule.errors)
    out.push_back({"errors:" + name,
                   "errors",
                   Severity::act,
                   name + ": " + percent(errorShare) + " without an answer",
                   "On " + dayText(model.drift.start) + "; limit " + percent(*rule.errors) + ".",
                   name,
                   model.group,
                   {},
                   {"later", "close"},
                   0});
  if (model.quality.status == Status::below) {
    const QualityWindow& last = *model.quality.last();
    out.push_back({"quality:" + name,
                   "quality",
                   Severity::watch,
                   name + " is below its threshold",
                   belowText(*rule.quality, model.quality.belowFor) + " " + figureText(rule.quality->figure) + " " +
                       fixed(last.figure.value, 3) + ", threshold " + amount(rule.quality->threshold) + ".",
                   name,
                   model.group,
                   {},
                   {"later", "close"},
                   0});
  }
  if (model.comparison && model.comparison->difference.isPositive())
    out.push_back({"challenger:" + name + ":" + model.comparison->challenger.version,
                   "challenger",
                   Severity::watch,
                   name + ": the challenger is better",
                   comparisonText(*model.comparison),
                   name,
                   model.group,
                   {},
                   {"promote", "keep", "later"},
                   0});
}

void Monitor::tell(Time time) {
  const Rules& rules = settings_.rules;
  if (rules.webhook.empty() && rules.alertmanager.empty()) return;
  std::vector<Alert> news, open;
  {
    const std::scoped_lock lock(writing_);
    AlertBook book(writer_.database());
    news = book.untold(time - static_cast<Time>(rules.quietMinutes * 60'000));
    open = book.list(time);
  }
  // Alertmanager forgets an alert that is not repeated, and puts those that are together by itself.
  std::vector<Alert> repeated = news;
  for (const Alert& alert : open)
    if (alert.state == "firing" && std::ranges::find(news, alert.id, &Alert::id) == news.end())
      repeated.push_back(alert);
  const bool isRepeated = !rules.alertmanager.empty() && !repeated.empty();
  const bool isManaged =
      !isRepeated || outside_.post(rules.alertmanager + "/api/v2/alerts", alertmanagerJson(repeated, time));
  for (const Alert& alert : news) {
    if (!isManaged || (!rules.webhook.empty() && !outside_.post(rules.webhook, webhookJson(alert)))) continue;
    const std::scoped_lock lock(writing_);
    AlertBook(writer_.database()).told(alert);
  }
}

void Monitor::carryOut(const Hook& hook, const Alert& alert) {
  const std::string of = alert.kind == "retrain" ? alert.group : alert.model;
  Change change{now(), hook.put.empty() ? "command" : "put", {}, "rule", alert.model, alert.group};
  if (!hook.put.empty()) {
    const std::string why = outside_.put(hook.put, hook.document, hook.tokenFile);
    change.text = of + ": " + hook.document + (why.empty() ? " is served now" : " is not served: " + why);
    return record(change);
  }
  const Outside::Environment environment = {{"SCORELET_GROUP", alert.group},
                                            {"SCORELET_MODEL", alert.model},
                                            {"SCORELET_ALERT", std::to_string(alert.id)},
                                            {"SCORELET_ACTION", hook.on}};
  change.text = of + ": " + hook.command.front() + " has begun";
  record(change);
  const bool hasBegun =
      outside_.run(hook.command, environment, [alive = alive_, change, of, &hook](const std::string& end) {
        const std::scoped_lock lock(alive->mutex);
        if (alive->monitor == nullptr) return;
        Change ended = change;
        ended.time = alive->monitor->now();
        ended.text = of + ": " + hook.command.front() + " " + end;
        alive->monitor->record(ended);
      });
  if (hasBegun) return;
  change.text = of + ": " + hook.command.front() + " cannot be run";
  record(change);
}

void Monitor::record(const Change& change) {
  const std::scoped_lock lock(writing_);
  AlertBook(writer_.database()).record(change);
}

}  // namespace scorelet::monitor
