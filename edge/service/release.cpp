#include "service/release.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/json_writer.hpp"

namespace scorelet::service {
namespace {

std::string percent(double share) {
  std::string out;
  appendNumber(out, std::round(share * 1000) / 10);
  return out + " %";
}

void writeArm(JsonWriter& out, const Arm& arm) {
  const Arm::Counts counts = arm.counts();
  out.open('{').name("alias").text(arm.alias()).name("version").text(arm.deployment()->version());
  out.name("rows").number(static_cast<double>(counts.rows)).name("badRows").number(static_cast<double>(counts.badRows));
  out.close('}');
}

}  // namespace

Arm::Arm(std::string alias, std::shared_ptr<Deployment> deployment, bool isWatchedForDrift)
    : alias_(std::move(alias)), deployment_(std::move(deployment)) {
  if (isWatchedForDrift) window_.emplace(deployment_->model(), deployment_->baseline());
}

void Arm::add(const Batch& block, const Scorer& scorer) {
  std::uint64_t bad = 0;
  for (std::size_t row = 0; row < block.rows; ++row) bad += scorer.ok(row) ? 0 : 1;
  const Guard guard(mutex_);
  counts_.rows += block.rows;
  counts_.badRows += bad;
  if (window_) window_->add(block, scorer);
}

Arm::Counts Arm::counts() const {
  const Guard guard(mutex_);
  return counts_;
}

std::string Arm::drift(double most) const {
  const Guard guard(mutex_);
  std::string out;
  double largest = most;
  for (std::size_t i = 0; window_ && i < window_->fields(); ++i) {
    const auto field = window_->field(i);
    if (!field.isResult || !field.hasDrifted(largest)) continue;
    largest = field.drift.psi;
    out.assign(field.name).append(" has drifted, PSI ");
    appendNumber(out, std::round(largest * 1000) / 1000);
  }
  return out;
}

ShadowCounts& ShadowCounts::operator+=(const ShadowCounts& other) {
  rows += other.rows;
  differentRows += other.differentRows;
  badRows += other.badRows;
  largest = std::max(largest, other.largest);
  return *this;
}

Release::Release(std::shared_ptr<Deployment> champion, ReleaseSettings settings)
    : champion_("champion", std::move(champion), false), settings_(std::move(settings)) {}

void Release::put(const std::string& alias, std::shared_ptr<Deployment> deployment) {
  if (alias == settings_.shadow) shadow_ = deployment;
  const bool isArm = std::ranges::any_of(settings_.split, [&](const auto& arm) { return arm.alias == alias; });
  const bool isWatched = settings_.stepBack && settings_.stepBack->drift;
  if (isArm) arms_.push_back(std::make_unique<Arm>(alias, std::move(deployment), isWatched));
}

Arm& Release::choose(std::string_view key) {
  const auto* const chosen = key.empty() ? nullptr : settings_.armOf(champion()->name(), key);
  for (const auto& arm : arms_)
    if (chosen != nullptr && arm->alias() == chosen->alias) return *arm;
  return champion_;
}

Arm* Release::find(std::string_view version) {
  if (version == champion()->version()) return &champion_;
  for (const auto& arm : arms_)
    if (version == arm->deployment()->version()) return arm.get();
  return nullptr;
}

void Release::addShadow(const ShadowCounts& counts) {
  const Guard guard(mutex_);
  shadowCounts_ += counts;
}

std::vector<std::shared_ptr<Deployment>> Release::deployments() const {
  std::vector<std::shared_ptr<Deployment>> out{champion()};
  for (const auto& arm : arms_) out.push_back(arm->deployment());
  if (shadow_ != nullptr && std::ranges::find(out, shadow_) == out.end()) out.push_back(shadow_);
  return out;
}

std::size_t Release::memoryBytes() const {
  std::size_t out = 0;
  for (const auto& deployment : deployments()) out += deployment->memoryBytes();
  return out;
}

std::string Release::fault(const Arm& arm) const {
  if (!settings_.stepBack || &arm == &champion_) return {};
  const auto& rule = *settings_.stepBack;
  const Arm::Counts own = arm.counts();
  if (own.rows < rule.rows) return {};
  const double others = champion_.counts().share();
  if (rule.badRows && own.share() > std::max(*rule.badRows, others))
    return percent(own.share()) + " of its " + std::to_string(own.rows) + " rows are bad, of the champion's " +
           percent(others);
  return rule.drift ? arm.drift(*rule.drift) : std::string();
}

std::string Release::json() const {
  JsonWriter out;
  out.open('{').name("settings").raw(settings_.json()).name("versions").open('[');
  writeArm(out, champion_);
  for (const auto& arm : arms_) writeArm(out, *arm);
  out.close(']');
  if (shadow_ != nullptr) {
    const Guard guard(mutex_);
    out.name("shadow").open('{').name("version").text(shadow_->version());
    out.name("rows").number(static_cast<double>(shadowCounts_.rows));
    out.name("differentRows").number(static_cast<double>(shadowCounts_.differentRows));
    out.name("badRows").number(static_cast<double>(shadowCounts_.badRows));
    out.name("largestDifference").number(shadowCounts_.largest).close('}');
  }
  return out.close('}').take();
}

ShadowCounts compareShadow(const Batch& block, const Scorer& answered, Scorer& shadow) {
  const Model &before = answered.model(), &after = shadow.model();
  Batch batch;
  batch.rows = block.rows;
  for (const InputField& input : after.inputs()) {
    const int known = before.inputIndex(input.name);
    const bool isThere = known >= 0 && static_cast<std::size_t>(known) < block.columns.size();
    batch.columns.push_back(isThere ? block.columns[static_cast<std::size_t>(known)] : Column{});
  }
  shadow.score(batch);
  ShadowCounts out;
  out.rows = block.rows;
  std::vector<bool> isDifferent(block.rows);
  for (std::size_t c = 0; c < before.results().size(); ++c) {
    const int other = after.resultIndex(before.results()[c].name);
    if (other < 0) continue;
    for (std::size_t row = 0; row < block.rows; ++row) {
      const ResultValue x = answered.value(c, row), y = shadow.value(static_cast<std::size_t>(other), row);
      const bool areNumbers = x.kind == ResultValue::Kind::number && y.kind == ResultValue::Kind::number;
      const bool isSame =
          areNumbers ? x.number == y.number
                     : x.kind == y.kind && answered.text(c, row) == shadow.text(static_cast<std::size_t>(other), row);
      if (isSame) continue;
      isDifferent[row] = true;
      if (areNumbers) out.largest = std::max(out.largest, std::fabs(x.number - y.number));
    }
  }
  for (std::size_t row = 0; row < block.rows; ++row) {
    out.differentRows += isDifferent[row] ? 1 : 0;
    out.badRows += shadow.ok(row) ? 0 : 1;
  }
  return out;
}

}  // namespace scorelet::service
