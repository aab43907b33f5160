#include "monitor/pages.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_writer.hpp"
#include "base/number.hpp"
#include "monitor/page_parts.hpp"
#include "monitor/wording.hpp"

namespace scorelet::monitor {
namespace {

using service::fail;
using service::jsonResponse;
using service::Target;

/// The figure that was agreed on, of the last judged window.
void writeQuality(JsonWriter& w, const ModelState& model, const ModelRule& rule) {
  w.name("quality");
  if (!rule.quality || model.quality.last() == nullptr) {
    w.raw("null");
    return;
  }
  w.open('{').name("figure").text(figureName(rule.quality->figure));
  w.name("value")
      .number(model.quality.last()->figure.value)
      .name("threshold")
      .number(rule.quality->threshold)
      .close('}');
}

void writeDrifted(JsonWriter& w, const ModelState& model) {
  w.name("drifted").open('[');
  for (const FieldDrift& f : model.drift.fields)
    if (f.hasDrifted) w.text(f.name);
  w.close(']');
}

}  // namespace

Pages::Pages(Monitor& monitor)
    : rules_(monitor.settings_.rules),
      store_(monitor.reader_),
      book_(monitor.reader_.database()),
      models_(monitor.models_),
      groups_(groupsOf(store_.inForce(), monitor.changedRules_, monitor.models_)),
      now_(monitor.now()) {}

std::string Pages::headline() {
  std::size_t retrain = 0;
  for (const auto& [name, group] : groups_) retrain += group.mustRetrain() ? 1 : 0;
  std::vector<std::string> parts;
  if (retrain > 0)
    parts.push_back(std::to_string(retrain) + " of " + counted(groups_.size(), "group") + " should be retrained");
  std::size_t jumps = 0, others = 0;
  std::string jump, other;
  for (const Alert& alert : book_.list(now_)) {
    if (alert.state != "firing" || (alert.later && *alert.later > now_) || alert.kind == "retrain") continue;
    if (alert.kind == "jump") {
      if (jumps++ == 0) jump = alert.field + " of " + alert.model + " jumped on " + dayText(alert.since);
    } else if (others++ == 0) {
      other = alert.title;
      if (alert.kind == "drift") other = alert.field + " of " + alert.model + " has drifted";
    }
  }
  if (jumps == 1) parts.push_back(jump);
  if (jumps > 1) parts.push_back(counted(jumps, "field") + " jumped");
  if (parts.empty() && others > 0) parts.push_back(other), --others;
  if (parts.size() < 2 && others > 0)
    parts.push_back(counted(others, "other alert") + (others == 1 ? " needs" : " need") + " a decision");
  if (models_.empty()) return "Nothing has been received yet.";
  if (parts.empty()) return "Nothing needs a decision today.";
  return parts[0] + (parts.size() > 1 ? ", and " + parts[1] : "") + ".";
}

Pages::Answer Pages::today() {
  JsonWriter w;
  Time until = 0;
  double predictions = 0, errors = 0;
  std::size_t reporting = 0, below = 0;
  for (const auto& [name, model] : models_) {
    until = std::max(until, model.last);
    predictions += model.predictions24h;
    errors += model.errors24h;
    reporting += model.last >= now_ - kDay ? 1 : 0;
    below += model.quality.status == Status::below ? 1 : 0;
  }
  const auto hosts = store_.hosts();
  const std::size_t late = lateOf(hosts, now_, rules_.lateHours).size();
  std::vector<double> before;  // the same 24 hours a week ago, and so on, as far as hours are kept
  for (int week = 1; week <= 2; ++week) {
    double sum = 0;
    const Time end = startOf(now_, kHour) + kHour - week * 7 * kDay;
    for (const auto& [stream, n] : store_.totals(kHour, end - kDay, end)) sum += n.predictions;
    if (sum > 0) before.push_back(sum);
  }
  w.open('{').name("now").text(isoText(now_));
  writeTime(w, "dataUntil", until);
  w.name("headline").text(headline());
  w.name("figures").open('{').name("predictions24h").number(std::round(predictions));
  w.name("usual24h").number(before.empty() ? std::nan("") : std::round(before.front()));
  w.name("errors24h").number(errors);
  w.name("modelsReporting").number(number(reporting)).name("models").number(number(models_.size()));
  w.name("modelsBelow").number(number(below)).name("hosts").number(number(hosts.size()));
  w.name("hostsLate").number(number(late)).close('}');
  auto open = book_.list(now_);
  std::erase_if(open, [&](const Alert& a) { return a.state != "firing" || (a.later && *a.later > now_); });
  writeAlerts(w, "decisions", open);
  writeChanges(w, "decided", book_.changes(now_ - 7 * kDay, now_ + kDay));
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::groups() {
  std::map<std::string, std::vector<const GroupState*>> regions;
  std::size_t retrain = 0;
  for (const auto& [name, group] : groups_) {
    regions[group.region].push_back(&group);
    retrain += group.mustRetrain() ? 1 : 0;
  }
  const auto approvals = book_.approvals();
  const auto worst = [](const GroupState* g) {
    return std::pair(g->mustRetrain() ? 0 : g->mustWatch() ? 1 : 2, g->name);
  };
  JsonWriter w;
  w.open('{')
      .name("headline")
      .text(retrain == 0
                ? "No group meets its rule for retraining"
                : std::to_string(retrain) + " of " + counted(groups_.size(), "group") + " should be retrained");
  struct Region {
    std::string name;
    std::vector<const GroupState*> groups;
    std::size_t retrain, watch;
  };
  std::vector<Region> sorted;
  for (auto& [name, groups] : regions) {
    std::ranges::sort(groups, {}, worst);
    const auto count = [&](bool (GroupState::*is)() const noexcept) {
      return static_cast<std::size_t>(std::ranges::count_if(groups, [&](const GroupState* g) { return (g->*is)(); }));
    };
    const std::size_t toRetrain = count(&GroupState::mustRetrain), toWatch = count(&GroupState::mustWatch);
    sorted.push_back({name, std::move(groups), toRetrain, toWatch});
  }
  std::ranges::sort(sorted, [](const Region& a, const Region& b) {
    return std::tuple(b.retrain, b.watch, a.name) < std::tuple(a.retrain, a.watch, b.name);
  });
  writeList(w, "regions", sorted, [&](const Region& region) {
    w.open('{').name("name").text(region.name);
    writeList(w, "groups", region.groups, [&](const GroupState* g) {
      w.open('{')
          .name("name")
          .text(g->name)
          .name("rule")
          .open('{')
          .name("retrain")
          .text(g->rule.retrain)
          .name("windows");
      g->rule.windows ? w.number(*g->rule.windows) : w.raw("null");
      w.name("source").text(sourceName(g->source)).close('}');
      writeList(w, "models", g->models, [&](const ModelState* m) {
        w.open('{').name("name").text(m->name).name("status").text(statusName(m->quality.status)).close('}');
      });
      w.name("below").number(number(g->below)).name("retrain").truth(g->mustRetrain());
      const auto approved = approvals.find(g->name);
      writeTime(w, "approved", approved == approvals.end() ? 0 : approved->second);
      w.name("watch").truth(g->mustWatch()).close('}');
    });
    w.name("toRetrain").number(number(region.retrain)).name("toWatch").number(number(region.watch)).close('}');
  });
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::models() {
  std::map<std::string, double> alerts;
  for (const Alert& alert : book_.list(now_))
    if (alert.state == "firing") ++alerts[alert.model];
  JsonWriter w;
  w.open('{');
  writeList(w, "models", models_, [&](const auto& entry) {
    const auto& [name, m] = entry;
    w.open('{').name("name").text(name).name("group").text(m.group).name("status").text(statusName(m.quality.status));
    writeText(w, "version", newestVersion(inRole(m.streams, false)));
    writeQuality(w, m, store_.inForce().model(name));
    writeDrifted(w, m);
    w.name("predictions24h").number(std::round(m.predictions24h)).name("errors24h").number(m.errors24h);
    w.name("p95").number(m.drift.p95);
    writeTime(w, "lastEvent", m.last);
    w.name("alerts").number(alerts[name]).close('}');
  });
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::alerts(const Target& target) {
  const auto days = daysOf(target);
  if (!days) return std::unexpected(days.error());
  JsonWriter w;
  w.open('{');
  writeAlerts(w, "alerts", book_.list(now_ - *days * kDay));
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::changes(const Target& target) {
  const auto days = daysOf(target);
  if (!days) return std::unexpected(days.error());
  JsonWriter w;
  w.open('{');
  writeChanges(w, "changes", book_.changes(now_ - *days * kDay, now_ + kDay));
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::report(const Target& target) {
  const auto from = readTime(target.parameter("from")), to = readTime(target.parameter("to"));
  if (!from || !to || *from >= *to || *to - *from > 800 * kDay)
    return fail(400, "A report has from and to, such as 2026-11-01 and 2026-12-01.");
  auto alerts = book_.list(*from);
  std::erase_if(alerts, [&](const Alert& a) { return a.since >= *to; });
  const auto changes = book_.changes(*from, *to);
  const auto totals = store_.totals(kDay, *from, *to);
  JsonWriter models;
  double predictions = 0, errors = 0, below = 0;
  models.open('[');
  for (const auto& [name, m] : models_) {
    const bool hasChampion = std::ranges::any_of(m.streams, [](const Stream& s) { return !s.isChallenger(); });
    double n = 0, wrong = 0;
    for (const Stream& stream : m.streams) {
      const auto found = totals.find(stream.id);
      if (found == totals.end() || (hasChampion && stream.isChallenger())) continue;
      n += found->second.predictions;
      wrong += found->second.errors;
    }
    predictions += n;
    errors += wrong;
    below += m.quality.status == Status::below ? 1 : 0;
    const ModelRule& rule = store_.inForce().model(name);
    models.open('{').name("name").text(name).name("group").text(m.group).name("status").text(
        statusName(m.quality.status));
    models.name("predictions").number(std::round(n)).name("errorShare").number(n > 0 ? wrong / n : std::nan(""));
    writeQuality(models, m, rule);
    writeDrifted(models, m);
    models.name("text")
        .text(rule.quality ? qualityText(m.quality, *rule.quality) : "No threshold was agreed.")
        .close('}');
  }
  models.close(']');
  const auto since = [&](const Alert& a) { return a.since >= *from; };
  const auto resolved = [&](const Alert& a) { return a.resolved && *a.resolved < *to; };
  JsonWriter w;
  w.open('{').name("from").text(isoText(*from)).name("to").text(isoText(*to)).name("now").text(isoText(now_));
  w.name("headline").text(headline()).name("figures").open('{').name("predictions").number(std::round(predictions));
  w.name("errors").number(errors).name("models").number(number(models_.size())).name("modelsBelow").number(below);
  w.name("alertsOpened").number(static_cast<double>(std::ranges::count_if(alerts, since)));
  w.name("alertsResolved").number(static_cast<double>(std::ranges::count_if(alerts, resolved)));
  w.name("changes").number(number(changes.size())).close('}').name("models").raw(models.take());
  writeAlerts(w, "alerts", alerts);
  writeChanges(w, "changes", changes);
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::rules() {
  JsonWriter w;
  w.open('{');
  rules_.writeMembers(w);
  writeList(w, "bundles", store_.inForce().bundles(), [&](const auto& entry) {
    const auto& [name, bundle] = entry;
    ModelRule rule = bundle.rule;
    rule.match = name;
    w.open('{').name("version").text(bundle.sha256.substr(0, 16)).name("model");
    rule.write(w);
    w.name("group");
    bundle.group ? bundle.group->write(w) : void(w.raw("null"));
    w.close('}');
  });
  return jsonResponse(w.close('}').take());
}

}  // namespace scorelet::monitor
