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

}  // namespace scorelet::program
