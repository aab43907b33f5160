#include "monitor/pages.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_writer.hpp"
#include "base/number.hpp"
#include "monitor/wording.hpp"

namespace scorelet::monitor {
namespace {

using service::fail;
using service::jsonResponse;
using service::Target;

double number(std::uint64_t n) { return static_cast<double>(n); }

void writeText(JsonWriter& w, std::string_view name, std::string_view text) {
  w.name(name);
  text.empty() ? w.raw("null") : w.text(text);
}

void writeTime(JsonWriter& w, std::string_view name, Time time) {
  w.name(name);
  time == 0 ? w.raw("null") : w.text(isoText(time));
}

template <class List, class Write>
void writeList(JsonWriter& w, std::string_view name, const List& list, const Write& write) {
  w.name(name).open('[');
  for (const auto& item : list) write(item);
  w.close(']');
}

void writeAlerts(JsonWriter& w, std::string_view name, const std::vector<Alert>& alerts) {
  writeList(w, name, alerts, [&](const Alert& alert) { w.raw(alertJson(alert)); });
}

void writeChanges(JsonWriter& w, std::string_view name, const std::vector<Change>& changes) {
  writeList(w, name, changes, [&](const Change& c) {
    w.open('{')
        .name("time")
        .text(isoText(c.time))
        .name("kind")
        .text(c.kind)
        .name("text")
        .text(c.text)
        .name("by")
        .text(c.by);
    writeText(w, "model", c.model);
    writeText(w, "group", c.group);
    w.close('}');
  });
}

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

/// Days before now, 1 to 800.
service::Answer<Time> daysOf(const Target& target) {
  const std::string_view text = target.parameter("days");
  if (text.empty()) return Time{90};
  const auto days = parseDouble(text);
  if (!days || *days < 1 || *days > 800 || *days != std::floor(*days))
    return fail(400, "A whole number from 1 to 800.", "days");
  return static_cast<Time>(*days);
}

service::Answer<Time> stepOf(const Target& target) {
  const std::string_view text = target.parameter("step");
  if (text.empty() || text == "day") return kDay;
  if (text == "hour") return kHour;
  return fail(400, "A step is day or hour.", "step");
}

double median(const telemetry::FieldSummary& field) { return field.numbers->quantile(0.5); }
double shareOf(std::uint64_t part, const telemetry::FieldSummary& of) {
  return of.rows > 0 ? number(part) / number(of.rows) : std::nan("");
}

/// A field over time: one entry of each list for each window.
class FieldSeries {
 public:
  FieldSeries(std::string name, bool isResult, const telemetry::FieldBaseline* baseline, const ModelRule& rule)
      : name_(std::move(name)), isResult_(isResult), baseline_(baseline), rule_(&rule) {}

  void add(const std::map<Time, WindowOf>& windows) {
    std::optional<telemetry::FieldSummary> before;
    for (const auto& [start, window] : windows) {
      const auto field = window.summary.field(name_, isResult_);
      const bool isComparable = field && window.hasBaseline;
      const auto apart = isComparable ? telemetry::compare(baseline_, *field) : telemetry::compareBins({}, {});
      points_.push_back({start, field, apart.psi, apart.psiBound});
      if (!isComparable) continue;
      if (before) {
        const auto step = change(*before, *field);
        const bool areMany =
            number(before->rows) >= number(rule_->least) && number(field->rows) >= number(rule_->least);
        if (areMany && step.psi > rule_->jump && step.psi > step.psiBound)
          jumps_.push_back({start, step.psi, median(*before), median(*field)});
      }
      if (field->rows >= rule_->least) before = field, last_ = points_.size() - 1;
    }
  }

  [[nodiscard]] bool hasDrifted() const {
    if (!last_) return false;
    const Point& p = points_[*last_];
    return p.psi > rule_->drift && p.psi > p.bound;
  }
  [[nodiscard]] bool hasJumped() const { return hasDrifted() && !jumps_.empty(); }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  void write(JsonWriter& w) const {
    const bool isNumber =
        baseline_ != nullptr ? baseline_->kind == telemetry::FieldBaseline::Kind::number : hasNumbers();
    w.open('{').name("name").text(name_).name("role").text(isResult_ ? "result" : "input");
    w.name("kind").text(isNumber ? "number" : "category");
    w.name("status").text(!last_ ? "unknown" : hasJumped() ? "act" : hasDrifted() ? "watch" : "fine");
    w.name("text").text(text());
    w.name("now").number(last_ ? points_[*last_].psi : std::nan("")).name("limit").number(rule_->drift);
    list(w, "drift", [](const Point& p) { return p.psi; });
    list(w, "bound", [](const Point& p) { return p.bound; });
    list(w, "missing", [](const Point& p) { return p.field ? shareOf(p.field->missing, *p.field) : std::nan(""); });
    list(w, "invalid", [](const Point& p) { return p.field ? shareOf(p.field->invalid, *p.field) : std::nan(""); });
    list(w, "outside", [](const Point& p) { return p.field ? shareOf(p.field->outside, *p.field) : std::nan(""); });
    list(w, "novel", [](const Point& p) { return p.field ? shareOf(p.field->novel, *p.field) : std::nan(""); });
    list(w, "median", [](const Point& p) { return p.field ? median(*p.field) : std::nan(""); });
    writeList(w, "jumps", jumps_, [&](const Jump& j) {
      w.open('{').name("start").text(isoText(j.start)).name("change").number(j.size);
      w.name("fromMedian").number(j.before).name("toMedian").number(j.after).close('}');
    });
    w.close('}');
  }

 private:
  struct Point {
    Time start;
    std::optional<telemetry::FieldSummary> field;
    double psi, bound;
  };
  struct Jump {
    Time start;
    double size, before, after;
  };

  template <class Figure>
  void list(JsonWriter& w, const char* name, const Figure& figure) const {
    writeList(w, name, points_, [&](const Point& p) { w.number(figure(p)); });
  }
  [[nodiscard]] bool hasNumbers() const {
    return std::ranges::any_of(points_, [](const Point& p) { return p.field && p.field->numbers->count() > 0; });
  }
  [[nodiscard]] std::string text() const {
    if (baseline_ == nullptr || baseline_->counts.empty()) return "There is no baseline to compare it with.";
    if (!last_) return "There are not enough values yet.";
    if (hasJumped()) {
      const Jump& j = jumps_.back();
      if (!std::isnan(j.before) && !std::isnan(j.after))
        return "The median went from " + amount(j.before) + " to " + amount(j.after) + " on " + dayText(j.start) + ".";
      return "Its values changed on " + dayText(j.start) + ".";
    }
    if (hasDrifted()) return "It is no longer as in training.";
    const auto& field = *points_[*last_].field;
    const double missing = shareOf(field.missing, field);
    const double usual = baseline_->rows > 0 ? baseline_->missing / baseline_->rows : 0;
    if (missing > usual + 0.05) return "Missing in " + percent(missing) + ", " + percent(usual) + " in training.";
    return "As in training.";
  }

  std::string name_;
  bool isResult_;
  const telemetry::FieldBaseline* baseline_;
  const ModelRule* rule_;
  std::vector<Point> points_;
  std::vector<Jump> jumps_;
  std::optional<std::size_t> last_;  // that has enough values
};

std::string driftText(const std::vector<FieldSeries>& fields) {
  std::string jumped, drifted;
  std::size_t jumps = 0, drifts = 0;
  for (const FieldSeries& f : fields) {
    if (!f.hasDrifted()) continue;
    std::string& list = f.hasJumped() ? jumped : drifted;
    ++(f.hasJumped() ? jumps : drifts);
    if ((f.hasJumped() ? jumps : drifts) <= 3) list += (list.empty() ? "" : ", ") + f.name();
  }
  if (jumps + drifts == 0) return fields.empty() ? "No values were told." : "All fields are as in training.";
  std::string out = jumps > 0 ? jumped + " jumped" : "";
  if (drifts > 0) out += (out.empty() ? "" : "; ") + drifted + (drifts == 1 ? " has drifted" : " have drifted");
  const std::size_t rest = fields.size() - jumps - drifts;
  if (rest > 0) out += "; " + std::to_string(rest) + " more " + (rest == 1 ? "is" : "are") + " as in training";
  return out + ".";
}

/// The last whole day beside the same weekdays before it.
std::string volumeText(const std::map<Time, double>& days, Time now) {
  const Time yesterday = startOf(now, kDay) - kDay;
  const auto of = [&](Time day) {
    const auto found = days.find(day);
    return found == days.end() ? 0 : found->second;
  };
  std::vector<double> before;
  for (int week = 1; week <= 4; ++week)
    if (const double n = of(yesterday - week * 7 * kDay); n > 0) before.push_back(n);
  if (before.empty()) return "There is not enough history to say what is usual.";
  std::ranges::sort(before);
  const double usual = before[before.size() / 2], ratio = of(yesterday) / usual;
  if (ratio > 1.5) return "Yesterday had " + percent(ratio - 1) + " more predictions than usual.";
  if (ratio < 0.67) return "Yesterday had " + percent(1 - ratio) + " fewer predictions than usual.";
  return "Volume is normal.";
}

void writeQualityWindows(JsonWriter& w, const Quality& quality, const QualityRule& rule) {
  writeList(w, "windows", quality.windows, [&](const QualityWindow& q) {
    w.open('{').name("start").text(isoText(q.start)).name("cases").number(number(q.cases));
    w.name("known").number(q.predictions > 0 ? std::min(1.0, number(q.cases) / q.predictions) : std::nan(""));
    w.name("value").number(q.figure.value).name("low").number(q.figure.low).name("high").number(q.figure.high);
    w.name("judged").truth(q.isJudged).name("below").truth(q.isBelow).close('}');
  });
  w.name("step").number(rule.days);
}

std::string qualityText(const Quality& quality, const QualityRule& rule) {
  if (quality.status == Status::below) return figureText(rule.figure) + ": " + belowText(rule, quality.belowFor);
  if (quality.status == Status::falling) return figureText(rule.figure) + " is falling towards its threshold.";
  if (quality.status == Status::fine) return figureText(rule.figure) + " is as agreed.";
  return "No window has enough outcomes yet.";
}

void writeSide(JsonWriter& w, std::string_view name, const Comparison::Side& side) {
  const auto& losses = side.summary.losses();
  w.name(name).open('{').name("version").text(side.version).name("cases").number(losses.count);
  w.name("loss").number(losses.count > 0 ? losses.mean() : std::nan(""));
  const auto auc = side.summary.auc();
  w.name("auc").number(auc.value).name("aucLow").number(auc.low).name("aucHigh").number(auc.high).close('}');
}

void writeComparison(JsonWriter& w, const Comparison& c, const std::vector<std::string>& actions) {
  w.open('{');
  writeSide(w, "champion", c.champion);
  writeSide(w, "challenger", c.challenger);
  w.name("loss").text(c.challenger.summary.hasProbabilities() ? "brier" : "loss");
  w.name("paired").truth(c.isPaired).name("cases").number(c.cases).name("since").text(isoText(c.since));
  w.name("difference").number(c.difference.difference).name("low").number(c.difference.low);
  w.name("high").number(c.difference.high);
  w.name("verdict").text(c.difference.isPositive()   ? "challenger"
                         : c.difference.isNegative() ? "champion"
                                                     : "undecided");
  w.name("text").text(verdictText(c)).name("detail").text(comparisonText(c));
  writeTime(w, "certainSince", c.certain.value_or(0));
  writeList(w, "series", c.series, [&](const Comparison::Point& p) {
    w.open('{').name("start").text(isoText(p.start)).name("cases").number(p.cases);
    w.name("difference").number(p.difference.difference).name("low").number(p.difference.low);
    w.name("high").number(p.difference.high).close('}');
  });
  writeList(w, "actions", actions, [&](const std::string& action) { w.text(action); });
  w.close('}');
}

void writeFigures(JsonWriter& w, const OutcomeSummary& all) {
  const auto binary = all.binary();
  w.name("figures").open('{').name("accuracy").number(all.accuracy().value).name("auc").number(binary.auc());
  w.name("brier").number(binary.brier()).name("logLoss").number(binary.logLoss());
  const auto groups = binary.calibration();
  w.name("calibrationError").number(all.hasProbabilities() ? BinaryEvaluation::calibrationError(groups) : std::nan(""));
  w.name("rmse")
      .number(all.rmse().value)
      .name("mae")
      .number(all.mae().value)
      .name("bias")
      .number(all.bias())
      .close('}');
  writeList(w, "calibration", groups, [&](const BinaryEvaluation::Group& g) {
    w.open('{').name("meanScore").number(g.meanScore).name("rate").number(g.rate).name("low").number(g.intervalLow);
    w.name("high").number(g.intervalHigh).name("cases").number(number(g.cases)).close('}');
  });
}

}  // namespace

Pages::Pages(Monitor& monitor)
    : rules_(monitor.settings_.rules),
      store_(monitor.reader_),
      book_(monitor.reader_.database()),
      models_(monitor.models_),
      groups_(groupsOf(rules_, monitor.changedRules_, monitor.models_)),
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
  double predictions = 0;
  std::size_t reporting = 0, below = 0;
  for (const auto& [name, model] : models_) {
    until = std::max(until, model.last);
    predictions += model.predictions24h;
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
      w.close('}');
      writeList(w, "models", g->models, [&](const ModelState* m) {
        w.open('{').name("name").text(m->name).name("status").text(statusName(m->quality.status)).close('}');
      });
      w.name("below").number(number(g->below)).name("retrain").truth(g->mustRetrain());
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
    writeQuality(w, m, rules_.model(name));
    writeDrifted(w, m);
    w.name("predictions24h").number(std::round(m.predictions24h));
    writeTime(w, "lastEvent", m.last);
    w.name("alerts").number(alerts[name]).close('}');
  });
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::model(const std::string& name, const Target& target) {
  const auto found = models_.find(name);
  if (found == models_.end()) return fail(404, "There is no such model.", "model");
  const auto days = daysOf(target);
  const auto step = stepOf(target);
  if (!days) return std::unexpected(days.error());
  if (!step) return std::unexpected(step.error());
  const ModelState& m = found->second;
  const ModelRule& rule = rules_.model(name);
  const auto baseline = store_.baseline(name);
  auto streams = inRole(m.streams, false);
  if (streams.empty()) streams = m.streams;
  const Time from = startOf(now_, *step) - (*days * kDay - *step), to = now_ + kDay;
  const auto windows = store_.windows(streams, *step, from, to);

  JsonWriter w;
  w.open('{').name("name").text(name).name("group").text(m.group).name("status").text(statusName(m.quality.status));
  w.name("predictions24h").number(std::round(m.predictions24h));
  writeTime(w, "lastEvent", m.last);
  auto reporting = store_.hosts();
  const auto reports = store_.reports(m.streams);
  std::erase_if(reporting, [&](const HostState& host) { return !reports.contains(host.instance); });
  w.name("hosts").number(number(reporting.size()));
  w.name("hostsLate").number(number(lateOf(std::move(reporting), now_, rules_.lateHours).size()));
  w.name("hasBaseline").truth(baseline.has_value());
  writeList(w, "versions", m.streams, [&](const Stream& s) {
    w.open('{').name("version").text(s.version).name("variant").text(s.variant.empty() ? "champion" : s.variant);
    w.name("sha256").text(s.sha256);
    writeTime(w, "first", s.first);
    writeTime(w, "last", s.last);
    w.name("predictions").number(std::round(s.predictions)).close('}');
  });
  w.name("step").text(*step == kDay ? "day" : "hour");
  writeList(w, "starts", windows, [&](const auto& x) { w.text(isoText(x.first)); });
  w.name("volume").open('{').name("text").text(volumeText(store_.volumes(streams, now_ - 40 * kDay, now_), now_));
  writeList(w, "predictions", windows, [&](const auto& x) { w.number(std::round(x.second.summary.predictions())); });
  writeList(w, "errors", windows, [&](const auto& x) { w.number(number(x.second.summary.errors())); });
  w.close('}').name("latency").open('{');
  for (const auto& [quantile, p] : {std::pair("p50", 0.5), std::pair("p95", 0.95), std::pair("p99", 0.99)})
    writeList(w, quantile, windows, [&](const auto& x) { w.number(x.second.summary.seconds().quantile(p)); });
  w.close('}');

  std::vector<FieldSeries> fields;
  std::map<std::pair<bool, std::string>, bool> names;
  for (const auto& [start, window] : windows)
    for (std::size_t i = 0; i < window.summary.fields(); ++i) {
      const auto f = window.summary.field(i);
      if (f.name != rule.key) names[{f.isResult, std::string(f.name)}] = true;
    }
  for (const auto& [key, is] : names) {
    const auto* known = !baseline ? nullptr : key.first ? baseline->result(key.second) : baseline->field(key.second);
    fields.emplace_back(key.second, key.first, known, rule);
    fields.back().add(windows);
  }
  std::ranges::stable_sort(fields, {}, [](const FieldSeries& f) { return f.hasJumped() ? 0 : f.hasDrifted() ? 1 : 2; });
  w.name("drift").open('{').name("text").text(baseline ? driftText(fields)
                                                       : "There is no baseline: PUT one, made by scorelet baseline.");
  writeList(w, "fields", fields, [&](const FieldSeries& f) { f.write(w); });
  w.close('}');

  w.name("quality");
  const QualityRule quality = rule.quality.value_or(QualityRule{.threshold = std::nan("")});
  const auto judged = store_.outcomes(streams, now_ - *days * kDay, to);
  if (judged.empty()) {
    w.raw("null");
  } else {
    OutcomeSummary all;
    for (const auto& [day, summary] : judged) all.merge(summary);
    // The status is that of the rule, whatever stretch is shown.
    Quality shown = qualityOf(store_, quality, 0, streams, now_,
                              static_cast<std::size_t>(std::max<Time>(1, *days / quality.days)) + 1);
    shown.status = m.quality.status;
    shown.belowFor = m.quality.belowFor;
    double predictions = 0;
    for (const auto& [day, n] : store_.volumes(streams, judged.begin()->first, to)) predictions += n;
    w.open('{').name("figure").text(figureName(quality.figure));
    w.name("better")
        .text(isHigherBetter(quality.figure) ? "higher" : "lower")
        .name("threshold")
        .number(quality.threshold);
    w.name("status")
        .text(statusName(shown.status))
        .name("text")
        .text(rule.quality ? qualityText(shown, quality) : "No threshold was agreed.");
    writeQualityWindows(w, shown, quality);
    w.name("cases")
        .number(number(all.cases()))
        .name("waiting")
        .number(std::max(0.0, std::round(predictions) - number(all.cases())));
    writeFigures(w, all);
    w.close('}');
  }
  std::vector<Alert> alerts = book_.list(now_ - *days * kDay);
  std::erase_if(alerts, [&](const Alert& a) { return a.model != name; });
  w.name("comparison");
  if (m.comparison) {
    std::vector<std::string> actions;
    for (const Alert& a : alerts)
      if (a.kind == "challenger" && a.state == "firing") actions = a.actions;
    writeComparison(w, *m.comparison, actions);
  } else {
    w.raw("null");
  }
  writeAlerts(w, "alerts", alerts);
  return jsonResponse(w.close('}').take());
}

Pages::Answer Pages::field(const std::string& model, const std::string& name, const Target& target) {
  const auto found = models_.find(model);
  if (found == models_.end()) return fail(404, "There is no such model.", "model");
  const auto step = stepOf(target);
  if (!step) return std::unexpected(step.error());
  auto streams = inRole(found->second.streams, false);
  if (streams.empty()) streams = found->second.streams;
  const auto baseline = store_.baseline(model);
  std::optional<Time> start;
  if (const auto text = target.parameter("start"); !text.empty()) {
    start = readTime(text);
    if (!start) return fail(400, "A time is such as 2026-11-21T00:00:00Z.", "start");
    start = startOf(*start, *step);
  } else if (const auto last = store_.lastWindows(streams, *step, 1); !last.empty()) {
    start = last.front();
  }
  std::map<Time, WindowOf> windows;
  if (start) windows = store_.windows(streams, *step, *start - 40 * *step, *start + 1);
  const auto window = start ? windows.find(*start) : windows.end();
  if (window == windows.end()) return fail(404, "There is no such window.", "start");
  std::optional<telemetry::FieldSummary> current, previous;
  bool isResult = false;
  for (const bool result : {false, true})
    if (!current && (current = window->second.summary.field(name, result))) isResult = result;
  if (!current) return fail(404, "Nothing is told of such a field in that window.", "field");
  Time before = 0;
  for (auto w = window; w != windows.begin() && !previous;) {
    --w;
    if ((previous = w->second.summary.field(name, isResult))) before = w->first;
  }
  const auto* known = !baseline ? nullptr : isResult ? baseline->result(name) : baseline->field(name);
  if (!window->second.hasBaseline) known = nullptr;
  const auto apart = telemetry::compare(known, *current);
  const auto sinceBefore = previous ? change(*previous, *current) : telemetry::compareBins({}, {});

  JsonWriter w;
  const bool isNumber =
      known != nullptr ? known->kind == telemetry::FieldBaseline::Kind::number : current->numbers->count() > 0;
  w.open('{').name("name").text(name).name("role").text(isResult ? "result" : "input");
  w.name("kind").text(isNumber ? "number" : "category").name("step").text(*step == kDay ? "day" : "hour");
  w.name("start").text(isoText(*start));
  writeTime(w, "before", before);
  const auto labels = known != nullptr ? telemetry::binLabels(*known) : std::vector<std::string>();
  writeList(w, "labels", labels, [&](const std::string& label) { w.text(label); });
  const auto shares = [&](const char* of, const auto& counts) {
    double sum = 0;
    for (const auto n : counts) sum += static_cast<double>(n);
    writeList(w, of, counts, [&](const auto n) { w.number(sum > 0 ? static_cast<double>(n) / sum : 0); });
    return sum;
  };
  const double ofReference = shares("reference", known != nullptr ? known->counts : std::vector<double>());
  const auto bins = [&](const std::optional<telemetry::FieldSummary>& f) {
    return f && f->bins.size() == labels.size() ? std::vector<std::uint64_t>(f->bins.begin(), f->bins.end())
                                                : std::vector<std::uint64_t>();
  };
  const double ofPrevious = shares("previous", bins(previous)), ofCurrent = shares("current", bins(current));
  w.name("cases").open('{').name("reference").number(ofReference).name("previous").number(ofPrevious);
  w.name("current").number(ofCurrent).close('}');
  w.name("rows").number(number(current->rows)).name("missing").number(shareOf(current->missing, *current));
  w.name("invalid")
      .number(shareOf(current->invalid, *current))
      .name("outside")
      .number(shareOf(current->outside, *current));
  w.name("novel").number(shareOf(current->novel, *current));
  w.name("median").number(median(*current)).name("low").number(current->numbers->quantile(0.05));
  w.name("high").number(current->numbers->quantile(0.95));
  writeList(w, "novelValues", current->others, [&](const telemetry::NovelValue& v) {
    w.open('{').name("value").text(v.value).name("count").number(number(v.count)).close('}');
  });
  w.name("psi").number(apart.psi).name("psiBound").number(apart.psiBound).name("ks").number(apart.ksOnBins);
  w.name("jensenShannonDistance").number(std::sqrt(apart.jensenShannon)).name("chiSquareP").number(apart.homogeneity.p);
  w.name("change").number(sinceBefore.psi);
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
    const ModelRule& rule = rules_.model(name);
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
  rules_.write(w);
  return jsonResponse(w.take());
}

}  // namespace scorelet::monitor
