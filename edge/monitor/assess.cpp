#include "monitor/assess.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scorelet::monitor {
namespace {

using telemetry::FieldSummary;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kRecent = 8;      // windows of quality that a status needs
constexpr std::size_t kJumpDays = 8;    // that a jump is looked for in
constexpr Time kCompared = 365 * kDay;  // how far back a challenger is looked at

Status statusOf(const Quality& quality, const QualityRule& rule, std::size_t needed) {
  std::vector<double> judged;
  for (const QualityWindow& w : quality.windows)
    if (w.isJudged) judged.push_back(w.figure.value);
  if (judged.empty()) return Status::unknown;
  if (quality.belowFor >= needed) return Status::below;
  if (quality.belowFor > 0) return Status::falling;
  const std::size_t before = std::min<std::size_t>(3, judged.size() - 1);
  if (before == 0) return Status::fine;
  double mean = 0;
  for (std::size_t i = 0; i < before; ++i) mean += judged[judged.size() - 2 - i] / static_cast<double>(before);
  return rule.isBelow(judged.back() + (judged.back() - mean)) ? Status::falling : Status::fine;
}

telemetry::SequentialDifference differenceOf(bool isPaired, const OutcomeSummary::Losses& pairs,
                                             const OutcomeSummary::Losses& champion,
                                             const OutcomeSummary::Losses& challenger) {
  return isPaired ? telemetry::sequentialDifference(pairs) : telemetry::sequentialDifference(champion, challenger);
}

}  // namespace

std::string_view statusName(Status status) noexcept {
  switch (status) {
    case Status::unknown: return "unknown";
    case Status::fine: return "fine";
    case Status::falling: return "falling";
    case Status::below: return "below";
  }
  return {};
}

const QualityWindow* Quality::last() const noexcept {
  for (auto w = windows.rbegin(); w != windows.rend(); ++w)
    if (w->isJudged) return &*w;
  return nullptr;
}

std::vector<HostState> lateOf(std::vector<HostState> hosts, Time now, double hours) {
  const auto late = static_cast<Time>(hours * kHour);
  const auto newest = std::ranges::max_element(hosts, {}, &HostState::lastEvent);
  const Time since = newest == hosts.end() ? 0 : newest->lastEvent - late;
  std::erase_if(hosts, [&](const HostState& h) { return h.lastEvent >= since && h.lastSeen >= now - late; });
  return hosts;
}

std::string newestVersion(std::span<const Stream> streams) {
  const auto newest = std::ranges::max_element(streams, {}, &Stream::last);
  return newest == streams.end() ? std::string() : newest->version;
}

double usualOf(const std::map<Time, double>& volumes, Time start) {
  std::vector<double> before;
  for (int week = 1; week <= 4; ++week)
    if (const auto found = volumes.find(start - week * 7 * kDay); found != volumes.end())
      before.push_back(found->second);
  if (before.empty()) return kUnknown;
  std::ranges::sort(before);
  return before[before.size() / 2];
}

std::vector<Stream> inRole(std::span<const Stream> streams, bool isChallenger) {
  std::vector<Stream> out;
  for (const Stream& stream : streams)
    if (stream.isChallenger() == isChallenger) out.push_back(stream);
  return out;
}

Quality qualityOf(Store& store, const QualityRule& rule, int windows, std::span<const Stream> streams, Time now,
                  std::size_t most) {
  const Time length = rule.days * kDay, last = stretchOf(now, rule.days);
  const Time first = last - length * static_cast<Time>(most - 1);
  std::map<Time, OutcomeSummary> summaries;
  for (const auto& [day, summary] : store.outcomes(streams, first, last + length))
    summaries[stretchOf(day, rule.days)].merge(summary);
  Quality out;
  if (summaries.empty()) return out;
  const auto volumes = store.volumes(streams, kDay, first, last + length);
  for (Time start = summaries.begin()->first; start <= last; start += length) {
    QualityWindow& w = out.windows.emplace_back();
    w.start = start;
    w.figure = {kUnknown, kUnknown, kUnknown};
    for (auto day = volumes.lower_bound(start); day != volumes.end() && day->first < start + length; ++day)
      w.predictions += day->second;
    const auto found = summaries.find(start);
    if (found == summaries.end()) continue;
    w.cases = found->second.cases();
    w.figure = figureOf(found->second, rule.figure);
    w.isJudged = start + length <= now && w.cases >= rule.least && !std::isnan(w.figure.value);
    w.isBelow = !std::isnan(w.figure.value) && rule.isBelow(w.figure.value);
    if (w.isJudged) out.belowFor = w.isBelow ? out.belowFor + 1 : 0;
  }
  out.status = statusOf(out, rule, static_cast<std::size_t>(windows > 0 ? windows : rule.windows));
  return out;
}

telemetry::BinComparison change(const FieldSummary& before, const FieldSummary& now) {
  if (before.bins.size() != now.bins.size()) return telemetry::compareBins({}, {});
  const std::vector<double> a(before.bins.begin(), before.bins.end()), b(now.bins.begin(), now.bins.end());
  return telemetry::compareBins(a, b);
}

/// The last step of a field from one day to the next, the newest first, that is a jump.
void findJump(const std::vector<std::pair<Time, WindowOf>>& days, const ModelRule& rule, FieldDrift& drift) {
  for (std::size_t i = 0; i + 1 < days.size() && !drift.jumped; ++i) {
    const auto& [start, after] = days[i];
    const auto& before = days[i + 1].second;
    if (!after.hasBaseline || !before.hasBaseline) continue;
    const auto now = after.summary.field(drift.name, drift.isResult);
    const auto was = before.summary.field(drift.name, drift.isResult);
    if (!now || !was) continue;
    const auto step = change(*was, *now);
    if (!(step.psi > rule.jumpLimit() && step.psi > step.psiBound)) continue;
    drift.jumped = start;
    drift.medianBefore = was->numbers->quantile(0.5);
    drift.median = now->numbers->quantile(0.5);
  }
}

Drift driftOf(Store& store, const ModelRule& rule, std::span<const Stream> streams) {
  Drift out;
  out.p95 = kUnknown;
  if (streams.empty()) return out;
  const auto baseline = store.baseline(streams.front().model);
  std::vector<std::pair<Time, WindowOf>> days;  // the newest first
  for (const Time start : store.lastWindows(streams, kDay, kJumpDays)) {
    auto found = store.windows(streams, kDay, start, start + 1);
    if (!found.empty() && found.begin()->second.summary.events() >= rule.leastEvents())
      days.emplace_back(start, std::move(found.begin()->second));
  }
  if (days.empty()) return out;
  const auto& [start, now] = days.front();
  out.start = start;
  out.events = now.summary.events();
  out.errors = now.summary.errors();
  out.p95 = now.summary.seconds().quantile(0.95);
  for (std::size_t i = 0; i < now.summary.fields(); ++i) {
    const FieldSummary field = now.summary.field(i);
    if (field.isResult || field.name == rule.key) continue;
    if (const auto beyond = field.outside + field.novel; beyond > 0)
      out.outside.push_back({std::string(field.name), static_cast<double>(beyond) / static_cast<double>(out.events)});
  }
  if (!baseline || !now.hasBaseline) return out;
  for (std::size_t i = 0; i < now.summary.fields(); ++i) {
    const FieldSummary field = now.summary.field(i);
    if (field.name == rule.key) continue;  // each is new
    const auto* known = field.isResult ? baseline->result(field.name) : baseline->field(field.name);
    const auto apart = telemetry::compare(known, field);
    if (std::isnan(apart.psi)) continue;
    FieldDrift& drift = out.fields.emplace_back();
    drift.name = field.name;
    drift.isResult = field.isResult;
    drift.psi = apart.psi;
    drift.bound = apart.psiBound;
    drift.hasDrifted = apart.psi > rule.driftLimit() && apart.psi > apart.psiBound;
    if (drift.hasDrifted) findJump(days, rule, drift);
  }
  return out;
}

std::optional<Comparison> comparisonOf(Store& store, const std::string& model, std::span<const Stream> streams,
                                       Time now) {
  auto challengers = inRole(streams, true);
  if (challengers.empty()) return std::nullopt;
  // The newest version that is tried, in whatever role.
  const std::string version = newestVersion(challengers);
  std::erase_if(challengers, [&](const Stream& s) { return s.version != version; });
  const auto champions = inRole(streams, false);
  Comparison out;
  out.since = startOf(std::ranges::min_element(challengers, {}, &Stream::first)->first, kDay);
  out.since = std::max(out.since, startOf(now - kCompared, kDay));
  out.champion.version = newestVersion(champions);
  out.challenger.version = version;
  const Time end = startOf(now, kDay) + kDay;
  const auto ofChampion = store.outcomes(champions, out.since, end);
  const auto ofChallenger = store.outcomes(challengers, out.since, end);
  const auto pairs = store.pairs(model, out.since);
  OutcomeSummary::Losses paired, champion, challenger;
  for (const auto& [day, losses] : pairs) paired.merge(losses);
  for (const auto& [day, summary] : ofChampion) out.champion.summary.merge(summary);
  for (const auto& [day, summary] : ofChallenger) out.challenger.summary.merge(summary);
  out.isPaired = paired.count * 2 >= out.challenger.summary.losses().count && paired.count > 0;
  out.cases = out.isPaired ? paired.count : out.challenger.summary.losses().count;
  paired = {};
  for (Time day = out.since; day < end; day += kDay) {
    const auto p = pairs.find(day);
    const auto a = ofChampion.find(day), b = ofChallenger.find(day);
    if (p == pairs.end() && a == ofChampion.end() && b == ofChallenger.end()) continue;
    if (p != pairs.end()) paired.merge(p->second);
    if (a != ofChampion.end()) champion.merge(a->second.losses());
    if (b != ofChallenger.end()) challenger.merge(b->second.losses());
    const auto difference = differenceOf(out.isPaired, paired, champion, challenger);
    if (std::isnan(difference.difference)) continue;
    out.series.push_back({day, out.isPaired ? paired.count : challenger.count, difference});
    const bool isDecided = difference.isPositive() || difference.isNegative();
    if (!isDecided)
      out.certain.reset();
    else if (!out.certain)
      out.certain = day;
  }
  out.difference = differenceOf(out.isPaired, paired, champion, challenger);
  return out;
}

ModelState assess(Store& store, int windows, std::string name, std::vector<Stream> streams, Time now) {
  ModelState out;
  out.name = std::move(name);
  out.group = store.inForce().groupOf(out.name);
  out.streams = std::move(streams);
  const ModelRule& rule = store.inForce().model(out.name);
  const auto champions = inRole(out.streams, false);
  const auto& judged = champions.empty() ? out.streams : champions;
  if (rule.quality)
    out.quality = qualityOf(store, *rule.quality, windows, judged, now,
                            static_cast<std::size_t>(std::max(windows, rule.quality->windows)) + kRecent);
  out.drift = driftOf(store, rule, judged);
  out.comparison = comparisonOf(store, out.name, out.streams, now);
  for (const Stream& stream : judged) out.last = std::max(out.last, stream.last);
  return out;
}

std::map<std::string, GroupRule> changedRules(Store& store) {
  std::map<std::string, GroupRule> out;
  Statement& found = store.database().query("SELECT name, retrain, windows FROM groupRules");
  while (found.next()) {
    GroupRule& rule = out[std::string(found.text(0))];
    rule.match = found.text(0);
    rule.retrain = found.text(1);
    if (!found.isNull(2)) rule.windows = static_cast<int>(found.integer(2));
  }
  return out;
}

std::map<std::string, GroupState> groupsOf(const InForce& inForce, const std::map<std::string, GroupRule>& changed,
                                           const std::map<std::string, ModelState>& models) {
  std::map<std::string, GroupState> out;
  for (const auto& [name, model] : models) {
    const auto [place, isNew] = out.try_emplace(model.group);
    GroupState& group = place->second;
    if (isNew) {
      group.name = model.group;
      group.region = model.group.substr(0, model.group.find('/'));
      auto [rule, source] = inForce.group(model.group, changed);
      group.rule = std::move(rule);
      group.source = source;
    }
    group.models.push_back(&model);
    group.below += model.quality.status == Status::below ? 1 : 0;
    group.falling += model.quality.status == Status::falling ? 1 : 0;
  }
  return out;
}

}  // namespace scorelet::monitor
