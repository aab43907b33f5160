#include "monitor/monitor.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/facts.hpp"
#include "monitor/wording.hpp"
#include "service/json_tree.hpp"

namespace scorelet::monitor {

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
        InForce& inForce = reader_.inForce();
        const auto [rule, source] = inForce.group(inForce.groupOf(name), changedRules_);
        models_[name] = assess(reader_, rule.windows.value_or(0), name, std::move(streams), time);
      }
      judgedHour_ = startOf(time, kHour);
      const auto totals = reader_.totals(kHour, startOf(time, kHour) - 23 * kHour, time + kDay);
      for (auto& [name, model] : models_) {
        model.predictions24h = model.errors24h = 0;
        for (const Stream& stream : model.streams) {
          const auto found = totals.find(stream.id);
          if (found == totals.end() || stream.isChallenger()) continue;
          model.predictions24h += found->second.predictions;
          model.errors24h += found->second.errors;
        }
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
  mail(now());
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
  Facts facts;
  facts.text("alertKind", alert.kind);
  if (!alert.field.empty()) facts.text("field", alert.field);
  if (const auto said = service::JsonTree::read(alert.facts, 100); said && said->root().member("version"))
    facts.text("version", said->root().member("version").text());
  if (until) {
    facts.time("until", *until);
    book.putOff(alert.id, *until);
    text += ": put off until " + dayText(*until);
  } else {
    // What was promoted can be taken back.
    const bool canReturn = action == "promote" && settings_.rules.hook("rollback", alert.model) != nullptr;
    book.close(alert.id, canReturn ? "rollback" : "");
  }
  book.record({now(), action, text, by, alert.model, alert.group, facts.take()});
  return transaction.commit();
}

std::vector<Condition> Monitor::conditions(Time time) {
  std::vector<Condition> out;
  AlertBook book(writer_.database());
  for (const auto& [name, model] : models_) {
    conditionsOf(model, book, out);
    const ModelRule& rule = writer_.inForce().model(name);
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
                     0,
                     Facts().time("lastEvent", model.last).take()});
  }
  for (const auto& [name, group] : groupsOf(writer_.inForce(), changedRules_, models_)) {
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
                   0,
                   Facts()
                       .number("below", static_cast<double>(group.below))
                       .number("of", static_cast<double>(group.models.size()))
                       .text("retrain", group.rule.retrain)
                       .take()});
  }
  const auto hosts = lateOf(writer_.hosts(), time, settings_.rules.lateHours);
  const std::size_t count = hosts.size();
  std::string late;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 5); ++i) {
    late += (i == 0 ? "" : ", ") + hosts[i].instance;
    names.push_back(hosts[i].instance);
  }
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
                   0,
                   Facts()
                       .number("count", static_cast<double>(count))
                       .texts("names", names)
                       .number("hours", settings_.rules.lateHours)
                       .take()});
  return out;
}

void Monitor::conditionsOf(const ModelState& model, AlertBook& book, std::vector<Condition>& out) {
  const std::string& name = model.name;
  const ModelRule& rule = writer_.inForce().model(name);
  for (const FieldDrift& f : model.drift.fields) {
    if (!f.hasDrifted) continue;
    const std::string of = name + ":" + (f.isResult ? "result:" : "input:") + f.name, jump = "jump:" + of;
    const bool isOpen = book.isOpen(jump);
    std::string text =
        name + ": PSI " + fixed(f.psi, 2) + " against training, limit " + fixed(rule.driftLimit(), 2) + ".";
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
                     f.jumped.value_or(0),
                     f.jumped ? Facts()
                                    .time("start", *f.jumped)
                                    .number("fromMedian", f.medianBefore)
                                    .number("toMedian", f.median)
                                    .take()
                              : std::string()});
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
                     0,
                     Facts().number("now", f.psi).number("limit", rule.driftLimit()).take()});
    }
  }
  const double errorShare =
      model.drift.events > 0 ? static_cast<double>(model.drift.errors) / static_cast<double>(model.drift.events) : 0;
  if (rule.errors && errorShare > *rule.errors)
    out.push_back(
        {"errors:" + name,
         "errors",
         Severity::act,
         name + ": " + percent(errorShare) + " without an answer",
         "On " + dayText(model.drift.start) + "; limit " + percent(*rule.errors) + ".",
         name,
         model.group,
         {},
         {"later", "close"},
         0,
         Facts().number("share", errorShare).number("limit", *rule.errors).time("start", model.drift.start).take()});
  if (rule.outside)
    for (const FieldOutside& f : model.drift.outside) {
      if (f.share <= *rule.outside) continue;
      out.push_back(
          {"outside:" + name + ":" + f.name,
           "outside",
           Severity::watch,
           f.name + " is outside the training domain",
           name + ": in " + percent(f.share) + " of predictions; limit " + percent(*rule.outside) + ".",
           name,
           model.group,
           f.name,
           {"later", "close"},
           0,
           Facts().number("share", f.share).number("limit", *rule.outside).time("start", model.drift.start).take()});
    }
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
                   0,
                   Facts()
                       .text("figure", figureName(rule.quality->figure))
                       .number("value", last.figure.value)
                       .number("threshold", rule.quality->threshold)
                       .number("windows", static_cast<double>(model.quality.belowFor))
                       .number("step", rule.quality->days)
                       .take()});
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
                   0,
                   comparisonFacts(*model.comparison)});
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
    change.facts = Facts().text("what", hook.document).text("state", why.empty() ? "ended" : "failed").take();
    return record(change);
  }
  const Outside::Environment environment = {{"SCORELET_GROUP", alert.group},
                                            {"SCORELET_MODEL", alert.model},
                                            {"SCORELET_ALERT", std::to_string(alert.id)},
                                            {"SCORELET_ACTION", hook.on}};
  const auto factsOf = [&hook](std::string_view state) {
    return Facts().text("what", hook.command.front()).text("state", state).take();
  };
  change.text = of + ": " + hook.command.front() + " has begun";
  change.facts = factsOf("begun");
  record(change);
  const bool hasBegun =
      outside_.run(hook.command, environment, [alive = alive_, change, of, &hook, factsOf](const std::string& end) {
        const std::scoped_lock lock(alive->mutex);
        if (alive->monitor == nullptr) return;
        Change ended = change;
        ended.time = alive->monitor->now();
        ended.text = of + ": " + hook.command.front() + " " + end;
        ended.facts = factsOf(end == Outside::kEndedWell ? "ended" : "failed");
        alive->monitor->record(ended);
      });
  if (hasBegun) return;
  change.text = of + ": " + hook.command.front() + " cannot be run";
  change.facts = factsOf("failed");
  record(change);
}

void Monitor::record(const Change& change) {
  const std::scoped_lock lock(writing_);
  AlertBook(writer_.database()).record(change);
}

}  // namespace scorelet::monitor
