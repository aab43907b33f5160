#include "explain/marginal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

#include <scorelet/records.hpp>

#include "base/math.hpp"
#include "base/number.hpp"

namespace scorelet::explain {

namespace {

using Source = Background::Source;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool isWhole(DataType type) noexcept {
  return isNumeric(type) && type != DataType::float32 && type != DataType::float64;
}

/// Equal for texts that are the same value of the field.
std::string keyOf(const InputField& field, std::string_view text) {
  const auto x = isNumeric(field.dataType) ? parseDouble(text) : std::nullopt;
  if (!x) return std::string(text);
  std::string key;
  appendNumber(key, *x);
  return key;
}

double sum(const std::vector<double>& numbers) {
  double total = 0;
  for (const double x : numbers) total += x;
  return total;
}

}  // namespace

Marginal::Marginal(const InputField& field) : field_(field), statistics_(field.statistics ? *field.statistics : none_) {
  if (field.isList) return;
  if (field.opType == OpType::continuous)
    (void)(takeHistogram() || takeQuantiles() || takeFrequencies() || takeNormal() || takeRange() || takeIntervals() ||
           takeValues() || takeReplacement());
  else
    (void)(takeFrequencies() || takeValues() || takeHistogram() || takeQuantiles() || takeNormal() || takeRange() ||
           takeIntervals() || takeReplacement());
}

Cell Marginal::at(double p) const {
  double x;
  if (source_ == Source::normal) {
    x = std::clamp(*statistics_.mean + *statistics_.standardDeviation * dm::normalQuantile(p), low_, high_);
  } else {
    const double reached = p * pieces_.back().until;
    const auto found = std::upper_bound(pieces_.begin(), pieces_.end() - 1, reached,
                                        [](double r, const Piece& piece) { return r < piece.until; });
    if (found->text.data() != nullptr) return Cell::of(found->text);
    const double q = std::clamp((reached - (found->until - found->weight)) / found->weight, 0.0, 1.0);
    const auto [low, high] = found->numbers;
    if (isWhole(field_.dataType)) return Cell::of(std::min(low + std::floor(q * (high - low + 1)), high));
    x = std::clamp(low * (1 - q) + high * q, low, high);  // does not overflow, nor leave the piece
  }
  return Cell::of(isWhole(field_.dataType) ? roundHalfUp(x) : x);
}

double Marginal::missingShare() const noexcept {
  if (!statistics_.missing || field_.missingValueTreatment == MissingValueTreatment::returnInvalid) return 0;
  double present = 0;
  if (statistics_.total) {
    present = *statistics_.total - *statistics_.missing - statistics_.invalid.value_or(0);
  } else {
    present = sum(statistics_.histogram.frequencies);
    if (present == 0)
      for (const auto& value : statistics_.values) present += value.frequency;
    if (present == 0) return 0;  // missing among how many?
  }
  const double known = std::max(present, 0.0) + *statistics_.missing;
  return known > 0 ? *statistics_.missing / known : 0;
}

/// Of a field that holds whole numbers: the least and the greatest of those.
Marginal::Numbers Marginal::within(double low, double high, bool lowIsIn, bool highIsIn) const noexcept {
  if (!isWhole(field_.dataType)) return {low, high};
  const double first = lowIsIn ? std::ceil(low) : std::floor(low) + 1;
  const double last = highIsIn ? std::floor(high) : std::ceil(high) - 1;
  if (first <= last) return {first, last};
  const double nearest = roundHalfUp(low / 2 + high / 2);
  return {nearest, nearest};
}

void Marginal::add(double weight, Numbers numbers) {
  if (weight > 0) pieces_.push_back({weight, numbers, {}});
}

void Marginal::add(double weight, std::string_view text) {
  if (weight > 0) pieces_.push_back({weight, {}, text});
}

/// What was added so far, if there is anything, is the distribution.
bool Marginal::accept(Source source) {
  double until = 0;
  for (Piece& piece : pieces_) piece.until = until += piece.weight;
  if (until > 0 && until < kInfinity) {
    source_ = source;
    return true;
  }
  pieces_.clear();
  return false;
}

/// Of values that may be used; a listed one that is invalid is no part of valid data.
bool Marginal::takeFrequencies() {
  std::unordered_map<std::string, ListedValue::Property> listed;
  bool isClosed = false;
  for (const ListedValue& v : field_.values) {
    listed.emplace(keyOf(field_, v.value), v.property);
    isClosed |= v.property == ListedValue::Property::valid && field_.intervals.empty();
  }
  for (const auto& [value, frequency] : statistics_.values) {
    const auto known = listed.find(keyOf(field_, value));
    if (known == listed.end() ? isClosed : known->second != ListedValue::Property::valid) continue;
    add(frequency, value);
  }
  return accept(Source::frequencies);
}

bool Marginal::takeHistogram() {
  const auto& [edges, frequencies, isRightClosed] = statistics_.histogram;
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    const double low = std::isinf(edges[i]) ? edges[i + 1] : edges[i];
    const double high = std::isinf(edges[i + 1]) ? edges[i] : edges[i + 1];
    const bool isPoint = low == high;
    add(frequencies[i], within(low, high, isPoint || !isRightClosed || i == 0,
                               isPoint || isRightClosed || i + 1 == frequencies.size()));
  }
  return accept(Source::histogram);
}

bool Marginal::takeQuantiles() {
  return !statistics_.quantiles.empty() && takeKnots(Source::quantiles, statistics_.quantiles);
}

bool Marginal::takeRange() { return takeKnots(Source::range, {}); }

/// Evenly between neighbours among the quantiles, the minimum, the median and the maximum.
bool Marginal::takeKnots(Source source, std::span<const FieldStatistics::Quantile> quantiles) {
  std::vector<FieldStatistics::Quantile> knots(quantiles.begin(), quantiles.end());
  const auto addUnlessKnown = [&](double limit, const std::optional<double>& value) {
    if (!value) return;
    const auto next = std::find_if(knots.begin(), knots.end(), [&](const auto& k) { return k.limit >= limit; });
    if (next != knots.end() && (next->limit == limit || next->value < *value)) return;
    if (next != knots.begin() && (next - 1)->value > *value) return;
    knots.insert(next, {limit, *value});
  };
  addUnlessKnown(0, statistics_.minimum);
  addUnlessKnown(50, statistics_.median);
  addUnlessKnown(100, statistics_.maximum);
  if (knots.size() < 2) return false;
  // Beyond the outermost knots nothing is known but that there is something.
  add(knots.front().limit, within(knots.front().value, knots.front().value, true, true));
  for (std::size_t k = 1; k < knots.size(); ++k)
    add(knots[k].limit - knots[k - 1].limit, within(knots[k - 1].value, knots[k].value, true, true));
  add(100 - knots.back().limit, within(knots.back().value, knots.back().value, true, true));
  return accept(source);
}

bool Marginal::takeNormal() {
  if (!statistics_.mean || !statistics_.standardDeviation) return false;
  constexpr double kMost = std::numeric_limits<double>::max();
  low_ = statistics_.minimum.value_or(-kMost);
  high_ = statistics_.maximum.value_or(kMost);
  double left = kInfinity, right = -kInfinity;
  for (const Interval& i : field_.intervals) left = std::min(left, i.left), right = std::max(right, i.right);
  if (left <= right) low_ = std::max(low_, left), high_ = std::min(high_, right);
  if (!(low_ <= high_)) return false;
  source_ = Source::normal;
  return true;
}

bool Marginal::takeValues() {
  for (const ListedValue& v : field_.values)
    if (v.property == ListedValue::Property::valid) add(1, v.value);
  if (pieces_.empty() && field_.dataType == DataType::boolean)
    for (const std::string_view word : {"false", "true"}) add(1, word);
  return accept(Source::values);
}

bool Marginal::takeIntervals() {
  if (!isNumeric(field_.dataType)) return false;
  const double ends = isWhole(field_.dataType) ? 1 : 0;
  std::vector<Numbers> all;
  double length = 0;
  for (const Interval& i : field_.intervals) {
    const auto [low, high] = all.emplace_back(within(i.left, i.right, i.leftClosed, i.rightClosed));
    length += high - low + ends;
  }
  if (!(length < kInfinity)) return false;
  for (const Numbers& n : all) add(length > 0 ? n.high - n.low + ends : 1, n);
  return accept(Source::interval);
}

bool Marginal::takeReplacement() {
  if (!field_.missingValueReplacement) return false;
  add(1, *field_.missingValueReplacement);
  return accept(Source::replacement);
}

}  // namespace scorelet::explain
