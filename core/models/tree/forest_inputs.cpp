#include "models/tree/forest_inputs.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace scorelet::models::tree {

namespace {

/// The place of a float in the order of all floats, zeros being one.
std::uint32_t order(float x) noexcept {
  const auto bits = std::bit_cast<std::int32_t>(x + 0.0f);
  return static_cast<std::uint32_t>(bits ^ ((bits >> 31) | std::numeric_limits<std::int32_t>::min()));
}

bool isFloat(double x) noexcept { return static_cast<double>(static_cast<float>(x)) == x; }

/// The greatest double below `t`.
double before(double t) noexcept {
  if (t == 0) return -std::numeric_limits<double>::denorm_min();
  const auto bits = std::bit_cast<std::int64_t>(t);
  return std::bit_cast<double>(t > 0 ? bits - 1 : bits + 1);
}

std::uint32_t roundedDown(double x) noexcept {
  const auto f = static_cast<float>(x);
  return order(f) - (static_cast<double>(f) > x);
}

std::uint32_t roundedUp(double x) noexcept {
  const auto f = static_cast<float>(x);
  return order(f) + (static_cast<double>(f) < x);
}

/// How many of the ascending values are at most x; without a branch that could be foreseen wrongly: compilers make one
/// of a choice, where doubles are compared.
std::uint32_t reached(const std::vector<Value>& values, double x) noexcept {
  const Value* from = values.data();
  for (std::size_t n = values.size(); n > 1; n -= n / 2) from += (from[n / 2 - 1] <= x) * (n / 2);
  return static_cast<std::uint32_t>(from - values.data()) + (*from <= x);
}

template <class Key>
bool fillColumn(const double* lane, std::size_t n, std::uint32_t* keys, const Key& key) noexcept {
  bool any = false;
  for (std::size_t i = 0; i < n; ++i) {
    keys[i] = key(lane[i]);
    any |= !isPresent(lane[i]);
  }
  return any;
}

}  // namespace

ForestInput::Kind kindFor(const std::vector<double>& thresholds) noexcept {
  if (std::all_of(thresholds.begin(), thresholds.end(), isFloat)) return ForestInput::Kind::below;
  if (std::all_of(thresholds.begin(), thresholds.end(), [](double t) { return isFloat(before(t)); }))
    return ForestInput::Kind::above;
  return ForestInput::Kind::rank;
}

std::uint32_t ForestInput::thresholdKey(double threshold) const noexcept {
  if (kind == Kind::below) return order(static_cast<float>(threshold));
  if (kind == Kind::above) return order(static_cast<float>(before(threshold))) + 1;
  return reached(values, threshold);
}

std::uint32_t ForestInput::memberKey(Value x) const noexcept {
  if (!positions.empty()) {
    if (!(x >= 0 && x < static_cast<double>(positions.size()))) return kInNone;
    const auto i = static_cast<std::uint32_t>(x);
    return static_cast<double>(i) == x ? positions[i] : kInNone;
  }
  const auto at = std::lower_bound(values.begin(), values.end(), x);
  return at != values.end() && *at == x ? static_cast<std::uint32_t>(at - values.begin()) + kFirstMember : kInNone;
}

bool ForestInput::fillPlain(std::span<const Plain> inputs, const Frame& frame, std::uint32_t* keys) noexcept {
  bool arePresent = true;
  for (const auto [slot, column, kind] : inputs) {
    const Value x = *frame.at(slot);
    keys[column] = kind == Kind::below ? roundedDown(x) : roundedUp(x);
    arePresent &= isPresent(x);
  }
  return arePresent;
}

std::uint64_t ForestInput::fill(const Frame& frame, std::uint32_t* keys, std::size_t stride) const noexcept {
  const double* lane = frame.at(slot);
  std::uint32_t* const first = keys + columns[0].number * stride;
  bool anyHole = false;
  switch (kind) {
    case Kind::below: anyHole = fillColumn(lane, frame.n, first, roundedDown); break;
    case Kind::above: anyHole = fillColumn(lane, frame.n, first, roundedUp); break;
    case Kind::rank: anyHole = fillColumn(lane, frame.n, first, [this](double x) { return reached(values, x); }); break;
    case Kind::member: anyHole = fillColumn(lane, frame.n, first, [this](Value x) { return memberKey(x); }); break;
  }
  std::uint64_t unclear = 0;
  const bool isMember = kind == Kind::member;
  for (const Column& column : columns) {
    std::uint32_t* const to = keys + column.number * stride;
    if (isMember) std::fill(first + frame.n, first + stride, kInNone);  // rows that are walked in vain stay in the sets
    if (to != first) std::copy_n(first, stride, to);
    if (!column.strays) continue;
    for (std::size_t i = 0; i < frame.n; ++i) unclear |= static_cast<std::uint64_t>(first[i] == kInNone) << i;
  }
  if (!anyHole) return unclear;
  for (std::size_t i = 0; i < frame.n; ++i) {
    if (isPresent(lane[i])) continue;
    bool isUnclear = isInvalid(lane[i]);
    for (const Column& column : columns) {
      isUnclear |= column.hole == Way::own;
      const bool isYes = column.hole == Way::yes;
      keys[column.number * stride + i] = isMember ? (isYes ? kInAll : kInNone) : (isYes ? kLeast : kMost);
    }
    const auto bit = std::uint64_t{1} << i;
    unclear = isUnclear ? unclear | bit : unclear & ~bit;
  }
  return unclear;
}

std::size_t ForestInput::bytes() const noexcept {
  return sizeof(*this) + values.size() * sizeof(Value) + positions.size() * sizeof(std::uint16_t) +
         columns.size() * sizeof(Column);
}

}  // namespace scorelet::models::tree
