#include "monitor/monitor.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/wording.hpp"

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
