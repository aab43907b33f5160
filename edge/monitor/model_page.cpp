// One model over time, and one of its fields.
#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_writer.hpp"
#include "base/number.hpp"
#include "monitor/page_parts.hpp"
#include "monitor/pages.hpp"
#include "monitor/wording.hpp"

namespace scorelet::monitor {
namespace {

using service::fail;
using service::jsonResponse;
using service::Target;

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
        const bool areMany = before->rows >= rule_->leastEvents() && field->rows >= rule_->leastEvents();
        if (areMany && step.psi > rule_->jumpLimit() && step.psi > step.psiBound)
          jumps_.push_back({start, step.psi, median(*before), median(*field)});
      }
      if (field->rows >= rule_->leastEvents()) before = field, last_ = points_.size() - 1;
    }
  }

  [[nodiscard]] bool hasDrifted() const {
    if (!last_) return false;
    const Point& p = points_[*last_];
    return p.psi > rule_->driftLimit() && p.psi > p.bound;
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
    w.name("now").number(last_ ? points_[*last_].psi : std::nan("")).name("limit").number(rule_->driftLimit());
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

/// What is usual in windows that devices which are late have still to send; null in others.
void writeExpected(JsonWriter& w, const std::map<Time, WindowOf>& windows, const std::map<Time, double>& volumes,
                   Time step, Time lateSince, Time now) {
  writeList(w, "expected", windows, [&](const auto& x) {
    const bool isAwaited = x.first + step > lateSince && x.first + step <= now;
    w.number(isAwaited ? std::round(usualOf(volumes, x.first)) : std::nan(""));
  });
}

void writeBundle(JsonWriter& w, const Agreement* bundle) {
  w.name("bundle");
  if (bundle == nullptr) {
    w.raw("null");
    return;
  }
  w.open('{').name("version").text(bundle->sha256.substr(0, 16)).name("signed").truth(bundle->isSigned);
  writeText(w, "by", bundle->by);
  writeTime(w, "created", bundle->created);
  writeList(w, "owners", bundle->owners, [&](const std::string& owner) { w.text(owner); });
  writeText(w, "trainedFrom", bundle->trainedFrom);
  writeText(w, "trainedTo", bundle->trainedTo);
  w.close('}');
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
  w.name("loss").text(lossOf(c));
  w.name("paired").truth(c.isPaired).name("cases").number(c.cases).name("since").text(isoText(c.since));
  w.name("difference").number(c.difference.difference).name("low").number(c.difference.low);
  w.name("high").number(c.difference.high);
  w.name("verdict").text(verdictOf(c));
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

Pages::Answer Pages::model(const std::string& name, const Target& target) {
  const auto found = models_.find(name);
  if (found == models_.end()) return fail(404, "There is no such model.", "model");
  const auto days = daysOf(target);
  const auto step = stepOf(target);
  if (!days) return std::unexpected(days.error());
  if (!step) return std::unexpected(step.error());
  const ModelState& m = found->second;
  const ModelInForce& inForce = store_.inForce().of(name);
  const ModelRule& rule = inForce.rule;
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
  const auto late = lateOf(std::move(reporting), now_, rules_.lateHours);
  Time lateSince = now_;
  for (const HostState& host : late) lateSince = std::min(lateSince, reports.at(host.instance));
  w.name("hostsLate").number(number(late.size()));
  w.name("hasBaseline").truth(baseline.has_value());
  writeBundle(w, store_.inForce().bundle(name));
  writeList(w, "versions", m.streams, [&](const Stream& s) {
    w.open('{').name("version").text(s.version).name("variant").text(s.variant.empty() ? "champion" : s.variant);
    w.name("sha256").text(s.sha256);
    writeTime(w, "first", s.first);
    writeTime(w, "last", s.last);
    w.name("predictions").number(std::round(s.predictions)).close('}');
  });
  w.name("step").text(*step == kDay ? "day" : "hour");
  writeList(w, "starts", windows, [&](const auto& x) { w.text(isoText(x.first)); });
  w.name("volume").open('{').name("text").text(volumeText(store_.volumes(streams, kDay, now_ - 40 * kDay, now_), now_));
  writeList(w, "predictions", windows, [&](const auto& x) { w.number(std::round(x.second.summary.predictions())); });
  writeList(w, "errors", windows, [&](const auto& x) { w.number(number(x.second.summary.errors())); });
  writeExpected(w, windows, store_.volumes(streams, *step, from - 28 * kDay, to), *step, lateSince, now_);
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
    for (const auto& [day, n] : store_.volumes(streams, kDay, judged.begin()->first, to)) predictions += n;
    w.open('{').name("figure").text(figureName(quality.figure));
    w.name("better")
        .text(isHigherBetter(quality.figure) ? "higher" : "lower")
        .name("threshold")
        .number(quality.threshold);
    writeText(w, "source", rule.quality ? sourceName(inForce.quality) : std::string_view());
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

}  // namespace scorelet::monitor
