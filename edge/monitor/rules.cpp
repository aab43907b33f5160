#include "monitor/rules.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_writer.hpp"
#include "service/json_tree.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using service::JsonKind;
using service::JsonValue;

constexpr std::string_view kFormat = "scorelet-rules/1";
constexpr std::pair<std::string_view, Figure> kFigures[] = {{"auc", Figure::auc},
                                                            {"accuracy", Figure::accuracy},
                                                            {"brier", Figure::brier},
                                                            {"logLoss", Figure::logLoss},
                                                            {"rmse", Figure::rmse},
                                                            {"mae", Figure::mae},
                                                            {"calibrationError", Figure::calibrationError}};

// Members of a rule of models.
constexpr std::pair<std::string_view, std::string ModelRule::*> kTexts[] = {{"group", &ModelRule::group},
                                                                            {"event", &ModelRule::event},
                                                                            {"score", &ModelRule::score},
                                                                            {"prediction", &ModelRule::prediction},
                                                                            {"key", &ModelRule::key}};
constexpr std::pair<std::string_view, std::optional<double> ModelRule::*> kLimits[] = {
    {"drift", &ModelRule::drift},
    {"jump", &ModelRule::jump},
    {"errors", &ModelRule::errors},
    {"outside", &ModelRule::outside},
    {"silentHours", &ModelRule::silentHours}};

Answer<void> wrong(const std::string& member, const std::string& what) { return fail(400, what, member); }

Answer<void> take(JsonValue from, std::string& to) {
  if (!from.is(JsonKind::text)) return wrong(std::string(from.name()), "A text is wanted.");
  to = from.text();
  return {};
}

Answer<void> takeNumber(JsonValue from, double& to) {
  if (!from.is(JsonKind::number) || from.node().number < 0)
    return wrong(std::string(from.name()), "A number, 0 or more, is wanted.");
  to = from.node().number;
  return {};
}

template <class Count>
Answer<void> takeCount(JsonValue from, Count& to) {
  const double x = from.node().number;
  if (!from.is(JsonKind::number) || x < 1 || x > 1e6 || std::floor(x) != x)
    return wrong(std::string(from.name()), "A whole number, 1 or more, is wanted.");
  to = static_cast<Count>(x);
  return {};
}

/// Calls `member` for each member of an object; the first failure ends it.
template <class Member>
Answer<void> each(JsonValue object, const char* what, const Member& member) {
  if (!object.is(JsonKind::object)) return fail(400, std::string(what) + " is a JSON object.");
  for (const JsonValue inside : object)
    if (Answer<void> ok = member(inside); !ok) return ok;
  return {};
}

Answer<void> unknown(JsonValue member) {
  return fail(400, "There is no such rule, or its value is of another kind.", std::string(member.name()));
}

/// What is there already holds, until something else is said; a figure has a threshold of its own.
Answer<void> readQuality(JsonValue from, std::optional<QualityRule>& rule) {
  bool hasThreshold = rule.has_value() && !from.member("figure");
  QualityRule& out = rule ? *rule : rule.emplace();
  auto ok = each(from, "\"quality\"", [&](JsonValue m) -> Answer<void> {
    if (m.name() == "figure") {
      const auto figure = readFigure(m.text());
      if (!figure)
        return wrong("figure", "The figures are auc, accuracy, brier, logLoss, calibrationError, rmse and mae.");
      out.figure = *figure;
      return {};
    }
    if (m.name() == "threshold") return hasThreshold = true, takeNumber(m, out.threshold);
    if (m.name() == "windows") return takeCount(m, out.windows);
    if (m.name() == "days") return takeCount(m, out.days);
    if (m.name() == "least") return takeCount(m, out.least);
    return unknown(m);
  });
  if (ok && !hasThreshold) return wrong("quality", "\"threshold\" is missing.");
  return ok;
}

Answer<void> readModel(JsonValue from, ModelRule& out) {
  return each(from, "A rule of models", [&](JsonValue m) -> Answer<void> {
    return m.name() == "match" ? take(m, out.match) : readMember(m, out);
  });
}

Answer<void> readHook(JsonValue from, Hook& out) {
  auto ok = each(from, "A hook", [&](JsonValue m) -> Answer<void> {
    for (const auto& [name, to] : {std::pair("on", &out.on), std::pair("match", &out.match), std::pair("put", &out.put),
                                   std::pair("document", &out.document), std::pair("tokenFile", &out.tokenFile)})
      if (m.name() == name) return take(m, *to);
    if (m.name() == "waits" && m.is(JsonKind::boolean)) return out.waits = m.node().number != 0, Answer<void>();
    if (m.name() != "command" || !m.is(JsonKind::array)) return unknown(m);
    for (const JsonValue word : m)
      if (Answer<void> text = take(word, out.command.emplace_back()); !text)
        return wrong("command", "A list of texts.");
    return {};
  });
  if (!ok) return ok;
  if (out.on != "retrain" && out.on != "promote" && out.on != "rollback")
    return wrong("on", "A hook is on retrain, promote or rollback.");
  if (out.match.empty()) out.match = "*";
  if (out.command.empty() == out.put.empty()) return wrong("hooks", "A hook has a \"command\" or a \"put\".");
  if (!out.put.empty() && (out.document.empty() || !out.put.starts_with("http://")))
    return wrong("put", "It is the http:// address of a model of a scoring service, and needs a \"document\".");
  return {};
}

Answer<void> takeMail(JsonValue from, std::optional<MailSettings>& out) {
  auto mail = readMail(from);
  if (!mail) return std::unexpected(mail.error());
  out = std::move(*mail);
  return {};
}

template <class Item, class Read>
Answer<void> readList(JsonValue from, std::vector<Item>& out, const Read& read) {
  if (!from.is(JsonKind::array)) return wrong(std::string(from.name()), "A list is wanted.");
  for (const JsonValue item : from)
    if (Answer<void> ok = read(item, out.emplace_back()); !ok) return ok;
  return {};
}

void writeText(JsonWriter& w, std::string_view name, std::string_view text) {
  if (!text.empty()) w.name(name).text(text);
}

}  // namespace

std::string_view figureName(Figure figure) noexcept {
  for (const auto& [name, f] : kFigures)
    if (f == figure) return name;
  return {};
}

std::optional<Figure> readFigure(std::string_view name) noexcept {
  for (const auto& [known, figure] : kFigures)
    if (known == name) return figure;
  return std::nullopt;
}

Answer<void> readMember(JsonValue m, ModelRule& out) {
  for (const auto& [name, text] : kTexts)
    if (m.name() == name) return take(m, out.*text);
  for (const auto& [name, limit] : kLimits)
    if (m.name() == name) return takeNumber(m, (out.*limit).emplace());
  if (m.name() == "quality") return readQuality(m, out.quality);
  if (m.name() == "least") return takeCount(m, out.least.emplace());
  return unknown(m);
}

Answer<void> readGroupRule(JsonValue from, GroupRule& out) {
  return each(from, "A rule of groups", [&](JsonValue m) -> Answer<void> {
    if (m.name() == "match") return take(m, out.match);
    if (m.name() == "windows") return takeCount(m, out.windows.emplace());
    if (m.name() != "retrain") return unknown(m);
    if (!readRetrain(m.text())) return wrong("retrain", "The rule is \"any\", \"all\" or one such as \"3 of 4\".");
    return take(m, out.retrain);
  });
}

std::optional<std::size_t> readRetrain(std::string_view text) noexcept {
  if (text == "any") return 1;
  if (text == "all") return 0;
  const std::size_t of = text.find(" of ");
  if (of == std::string_view::npos) return std::nullopt;
  std::size_t numbers[2] = {0, 0};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string_view digits = i == 0 ? text.substr(0, of) : text.substr(of + 4);
    if (digits.empty() || digits.size() > 6) return std::nullopt;
    for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      numbers[i] = numbers[i] * 10 + static_cast<std::size_t>(c - '0');
    }
  }
  if (numbers[0] == 0 || numbers[0] > numbers[1]) return std::nullopt;
  return numbers[0];
}

bool GroupRule::isMet(std::size_t below, std::size_t models) const noexcept {
  const std::size_t wanted = readRetrain(retrain).value_or(0);
  return below > 0 && below >= (wanted == 0 ? models : wanted);
}

bool matches(std::string_view pattern, std::string_view name) noexcept {
  std::size_t p = 0, n = 0, star = std::string_view::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p, ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Answer<Rules> Rules::parse(std::string_view json) {
  const auto tree = service::JsonTree::read(json, 1'000'000);
  if (!tree) return std::unexpected(tree.error());
  Rules out;
  std::string format;
  const std::pair<std::string_view, int*> days[] = {
      {"eventDays", &out.eventDays}, {"hourDays", &out.hourDays}, {"windowDays", &out.windowDays}};
  const auto ok = each(tree->root(), "The file", [&](JsonValue m) -> Answer<void> {
    if (m.name() == "format") return take(m, format);
    if (m.name() == "models") return readList(m, out.models, readModel);
    if (m.name() == "groups") return readList(m, out.groups, readGroupRule);
    if (m.name() == "hooks") return readList(m, out.hooks, readHook);
    if (m.name() == "webhook") return take(m, out.webhook);
    if (m.name() == "alertmanager") return take(m, out.alertmanager);
    if (m.name() == "mail") return takeMail(m, out.mail);
    if (m.name() == "quietMinutes") return takeNumber(m, out.quietMinutes);
    if (m.name() == "lateHours") return takeNumber(m, out.lateHours);
    for (const auto& [name, to] : days)
      if (m.name() == name) return takeCount(m, *to);
    return unknown(m);
  });
  if (!ok) return std::unexpected(ok.error());
  if (format != kFormat) return fail(400, "\"format\" is not \"" + std::string(kFormat) + "\".", "format");
  for (const std::string* url : {&out.webhook, &out.alertmanager})
    if (!url->empty() && !url->starts_with("http://"))
      return fail(400, "Alerts go to an address that begins with http://: a proxy on this machine adds TLS.");
  return out;
}

const ModelRule* Rules::model(std::string_view name) const noexcept {
  for (const ModelRule& rule : models)
    if (matches(rule.match, name)) return &rule;
  return nullptr;
}

const GroupRule* Rules::group(std::string_view name) const noexcept {
  for (const GroupRule& rule : groups)
    if (matches(rule.match, name)) return &rule;
  return nullptr;
}

const Hook* Rules::hook(std::string_view on, std::string_view name) const noexcept {
  for (const Hook& hook : hooks)
    if (hook.on == on && matches(hook.match, name)) return &hook;
  return nullptr;
}

void ModelRule::complete(const ModelRule& other) {
  for (const auto& [name, text] : kTexts)
    if ((this->*text).empty()) this->*text = other.*text;
  for (const auto& [name, limit] : kLimits)
    if (!(this->*limit)) this->*limit = other.*limit;
  if (!quality) quality = other.quality;
  if (!least) least = other.least;
}

void GroupRule::write(JsonWriter& w) const {
  w.open('{').name("match").text(match).name("retrain").text(retrain);
  if (windows) w.name("windows").number(*windows);
  w.close('}');
}

void ModelRule::write(JsonWriter& w) const {
  w.open('{').name("match").text(match);
  for (const auto& [name, text] : kTexts) writeText(w, name, this->*text);
  if (quality) {
    w.name("quality").open('{').name("figure").text(figureName(quality->figure));
    w.name("threshold").number(quality->threshold);
    w.name("windows").number(quality->windows).name("days").number(quality->days);
    w.name("least").number(static_cast<double>(quality->least)).close('}');
  }
  for (const auto& [name, limit] : kLimits)
    if (const auto& x = this->*limit) w.name(name).number(*x);
  if (least) w.name("least").number(static_cast<double>(*least));
  w.close('}');
}

void Rules::writeMembers(JsonWriter& w) const {
  w.name("format").text(kFormat);
  w.name("models").open('[');
  for (const ModelRule& m : models) m.write(w);
  w.close(']').name("groups").open('[');
  for (const GroupRule& g : groups) g.write(w);
  // Addresses and commands may hold secrets: only that there is a hook is told.
  w.close(']').name("hooks").open('[');
  for (const Hook& h : hooks) {
    w.open('{').name("on").text(h.on).name("match").text(h.match);
    w.name("does").text(h.command.empty() ? "put" : "command").name("waits").truth(h.waits).close('}');
  }
  w.close(']').name("quietMinutes").number(quietMinutes).name("lateHours").number(lateHours);
  w.name("eventDays").number(eventDays).name("hourDays").number(hourDays).name("windowDays").number(windowDays);
}

}  // namespace scorelet::monitor
