#include <algorithm>

#include "program/interval.hpp"
#include "program/program.hpp"

namespace scorelet::program {

namespace {

bool contains(const std::vector<Value>& sorted, Value v) noexcept {
  return std::binary_search(sorted.begin(), sorted.end(), v);
}

}  // namespace

Value Treatment::apply(Value v) const noexcept {
  Reason reason = reasonOf(v);
  if (isInner && reason != Reason::none) return v;
  if (isPresent(v)) {
    if (contains(missingValues, v)) {
      v = missing();
    } else if (contains(invalidValues, v)) {
      reason = Reason::declaredInvalid;
    } else if (checksDomain && !contains(validValues, v)) {
      const bool isInside =
          std::any_of(intervals.begin(), intervals.end(), [v](const Interval& i) { return inInterval(i, v); });
      if (!isInside) reason = Reason::notInDomain;
    }
  }
  if (reason != Reason::none && (checksValidity || reason == Reason::notCastable)) {
    switch (invalidTreatment) {
      case InvalidValueTreatment::returnInvalid: return invalid(reason, field);
      case InvalidValueTreatment::asIs:
        // A value that is not of the data type cannot be used as it is.
        return reason == Reason::notCastable ? invalid(reason, field) : v;
      case InvalidValueTreatment::asValue: return invalidReplacement;
      case InvalidValueTreatment::asMissing: v = missing(); break;
    }
  } else if (isPresent(v) && outliers != OutlierTreatment::asIs) {
    const bool below = hasLow && v < low, above = hasHigh && v > high;
    if (below || above) v = outliers == OutlierTreatment::asMissingValues ? missing() : below ? low : high;
  }
  if (isPresent(v)) return v;
  if (missingIsInvalid) return invalid(Reason::missingNotAllowed, field);
  return missingReplacement;
}

void Treatment::apply(std::span<Value> lanes) const noexcept {
  // Most values are ordinary and pass as they are. They are told from the others for all lanes at once, where there are
  // so few rules that to look at each takes less time than to search.
  constexpr std::size_t kFewRules = 16;
  const std::size_t rules = missingValues.size() + invalidValues.size() + validValues.size() + intervals.size();
  const bool hasLimits = outliers != OutlierTreatment::asIs;
  if (const bool passes = passesAll(); passes || rules > kFewRules || lanes.size() == 1) {
    for (Value& v : lanes)
      if (!passes || !isPresent(v)) v = apply(v);
    return;
  }
  constexpr double kYes = 1, kNo = 0;  // doubles, as what they are told from: compilers vectorise that
  const std::size_t n = lanes.size();
  Value x[kChunk];
  double isOrdinary[kChunk];
  std::copy_n(lanes.data(), n, x);
  const auto mark = [&](double(&marks)[kChunk], double as, auto isMeant) {
    for (std::size_t i = 0; i < n; ++i) {
      const double other = marks[i];
      marks[i] = isMeant(x[i]) ? as : other;
    }
  };
  std::fill_n(isOrdinary, n, kNo);
  if (!checksDomain) mark(isOrdinary, kYes, [](Value v) { return isPresent(v); });
  for (const Value valid : validValues) mark(isOrdinary, kYes, [valid](Value v) { return v == valid; });
  for (const Interval valid : intervals) mark(isOrdinary, kYes, [valid](Value v) { return inInterval(valid, v); });
  for (const auto* list : {&missingValues, &invalidValues})
    for (const Value listed : *list) mark(isOrdinary, kNo, [listed](Value v) { return v == listed; });
  if (hasLimits && hasLow) mark(isOrdinary, kNo, [least = low](Value v) { return v < least; });
  if (hasLimits && hasHigh) mark(isOrdinary, kNo, [most = high](Value v) { return v > most; });
  for (std::size_t i = 0; i < n; ++i)
    if (isOrdinary[i] == kNo) lanes[i] = apply(x[i]);
}

}  // namespace scorelet::program
