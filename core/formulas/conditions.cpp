// Comparisons, the treatments of a field, and predicates.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>

#include "formulas/numbers.hpp"
#include "formulas/translation.hpp"

namespace scorelet::formulas {

using program::PredicateOp;
using program::Predicates;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A boolean as the number that comparisons in the core see.
Formula comparable(const Lane& x) {
  return x.type == DataType::boolean ? iff(x.formula, number(1), number(0)) : x.formula;
}

/// x < limit, or x <= `last` where that is the shorter way to say it.
Formula below(const Lane& lane, double limit, std::string_view less, std::string_view lessOrAt) {
  const Formula x = comparable(lane);
  // What some producers write for "not above 0": spreadsheets may take numbers that small for 0.
  constexpr double kNothing = 1e-30;
  if (limit != 0 && std::fabs(limit) < kNothing) return binary(limit > 0 ? lessOrAt : less, x, number(0));
  if (lane.type == DataType::float32 || lane.isSingle) return binary(less, x, number(betweenFloats(limit)));
  const double last = std::nextafter(limit, -kInfinity);
  if (isShorter(last, limit)) return binary(lessOrAt, x, number(roundedDown(last)));
  return binary(less, x, number(roundedUp(limit)));
}

/// Values that are numbers of single precision, or none at all.
bool isSingle(std::initializer_list<Value> values) {
  return std::ranges::all_of(values, [](Value v) { return !isPresent(v) || toFloat(v) == v; });
}

}  // namespace

Formula isBelow(const Lane& x, double limit) { return below(x, limit, "<", "<="); }
Formula isAboveOrAt(const Lane& x, double limit) { return below(x, limit, ">=", ">"); }
Formula isBelowOrAt(const Lane& x, double limit) { return below(x, std::nextafter(limit, kInfinity), "<", "<="); }
Formula isAbove(const Lane& x, double limit) { return below(x, std::nextafter(limit, kInfinity), ">=", ">"); }

Formula isAmong(Translation& t, const Lane& x, std::span<const Value> values) {
  Formulas tests;
  for (const Value v : values)
    if (isPresent(v)) tests.push_back(equals(x.formula, t.constant(v, x.type)));
  return any(std::move(tests));
}

Formula isIn(const Interval& interval, const Lane& x) {
  Formulas tests;
  if (std::isfinite(interval.left))
    tests.push_back(interval.leftClosed ? isAboveOrAt(x, interval.left) : isAbove(x, interval.left));
  if (std::isfinite(interval.right))
    tests.push_back(interval.rightClosed ? isBelowOrAt(x, interval.right) : isBelow(x, interval.right));
  return all(std::move(tests));
}

Lane treat(Translation& t, Lane x, const program::Treatment& treatment, const std::string& hint) {
  const bool hasChecks = treatment.checksValidity && (treatment.checksDomain || !treatment.invalidValues.empty());
  const bool hasLimits = treatment.outliers != OutlierTreatment::asIs && (treatment.hasLow || treatment.hasHigh);
  const Lane replacement = treatment.missingIsInvalid ? Lane{invalidFormula(), x.type, false, true}
                                                      : t.constantLane(treatment.missingReplacement, treatment.type);
  if (!hasChecks && !hasLimits && treatment.missingValues.empty() && isMissingFormula(replacement.formula)) return x;

  x.isSingle &= isSingle({treatment.missingReplacement, treatment.invalidReplacement, treatment.low, treatment.high});
  Lane v = x;
  v.formula = t.define(hint, x.formula);
  Lane out = v;
  out.mayBeMissing = false;
  if (hasLimits) {
    const bool isCut = treatment.outliers == OutlierTreatment::asExtremeValues;
    out.mayBeMissing |= !isCut && replacement.mayBeMissing;
    out.mayBeInvalid |= !isCut && replacement.mayBeInvalid;
    Formula high = v.formula;
    if (treatment.hasHigh)
      high = iff(isAbove(v, treatment.high), isCut ? number(treatment.high) : replacement.formula, high);
    if (treatment.hasLow)
      high = iff(isBelow(v, treatment.low), isCut ? number(treatment.low) : replacement.formula, high);
    out.formula = high;
  }
  if (hasChecks) {
    Lane invalidValue = v;  // asIs
    switch (treatment.invalidTreatment) {
      case InvalidValueTreatment::returnInvalid: invalidValue = {invalidFormula(), x.type, false, true}; break;
      case InvalidValueTreatment::asIs: invalidValue.mayBeMissing = false; break;
      case InvalidValueTreatment::asMissing: invalidValue = replacement; break;
      case InvalidValueTreatment::asValue:
        invalidValue = t.constantLane(treatment.invalidReplacement, treatment.type);
        break;
    }
    Formula isValid = logical(true);
    if (treatment.checksDomain) {
      Formulas ways{isAmong(t, v, treatment.validValues)};
      for (const Interval& interval : treatment.intervals) ways.push_back(isIn(interval, v));
      isValid = any(std::move(ways));
    }
    if (!treatment.invalidValues.empty()) isValid = all({isValid, opposite(isAmong(t, v, treatment.invalidValues))});
    out.formula = iff(isValid, out.formula, invalidValue.formula);
    out.mayBeMissing |= invalidValue.mayBeMissing;
    out.mayBeInvalid |= invalidValue.mayBeInvalid;
  }
  Formulas holes;
  if (v.mayBeMissing) holes.push_back(isBlank(v.formula));
  if (!treatment.missingValues.empty()) holes.push_back(isAmong(t, v, treatment.missingValues));
  if (!holes.empty()) {
    out.mayBeMissing |= replacement.mayBeMissing;
    out.mayBeInvalid |= replacement.mayBeInvalid;
    out.formula = iff(any(std::move(holes)), replacement.formula, out.formula);
  }
  return out;
}

/// The test of one field, of which a missing value is neither true nor false.
Formula Truths::comparison(const Predicates::Node& n, const Lane& x, bool isTrue) {
  Formula test;
  switch (n.op) {
    case PredicateOp::equal:
    case PredicateOp::notEqual: {
      test = equals(x.formula, t_.constant(n.value, x.type));
      if ((n.op == PredicateOp::equal) != isTrue) test = opposite(test);
      break;
    }
    case PredicateOp::isIn:
    case PredicateOp::isNotIn: {
      test = isAmong(t_, x, predicates_.set(n));
      if ((n.op == PredicateOp::isIn) != isTrue) test = opposite(test);
      break;
    }
    default: {
      if (x.type == DataType::string) t_.refuse("texts are compared by their order");
      const bool less = n.op == PredicateOp::lessThan, atMost = n.op == PredicateOp::lessOrEqual;
      const bool more = n.op == PredicateOp::greaterThan;
      if (less)
        test = isTrue ? isBelow(x, n.value) : isAboveOrAt(x, n.value);
      else if (atMost)
        test = isTrue ? isBelowOrAt(x, n.value) : isAbove(x, n.value);
      else if (more)
        test = isTrue ? isAbove(x, n.value) : isBelowOrAt(x, n.value);
      else
        test = isTrue ? isAboveOrAt(x, n.value) : isBelow(x, n.value);
    }
  }
  return x.mayBeMissing ? all({isFilled(x.formula), test}) : test;
}

bool Truths::mayBeInvalid(std::uint32_t i) {
  const Predicates::Node& n = predicates_.node(i);
  if (n.op <= PredicateOp::alwaysFalse) return false;
  if (n.op < PredicateOp::conjunction) return t_.lane(n.slot).mayBeInvalid;
  return std::ranges::any_of(predicates_.operands(n), [this](std::uint32_t k) { return mayBeInvalid(k); });
}

Formula Truths::isUnknown(std::uint32_t i) {
  const Predicates::Node& n = predicates_.node(i);
  if (n.op <= PredicateOp::isNotMissing) return logical(false);
  if (n.op < PredicateOp::conjunction) {
    const Lane& x = t_.lane(n.slot);
    return x.mayBeMissing ? isBlank(x.formula) : logical(false);
  }
  const auto operands = predicates_.operands(n);
  Formulas each;
  for (const std::uint32_t k : operands) each.push_back(isUnknown(k));
  if (n.op == PredicateOp::exclusive) return any(std::move(each));
  if (n.op == PredicateOp::surrogate) {
    Formula out = logical(true);
    for (std::size_t k = operands.size(); k-- > 0;) out = iff(each[k], out, logical(false));
    return out;
  }
  const Formula someUnknown = any(each);
  if (someUnknown->kind == Node::Kind::logical) return logical(false);
  return opposite(any({isYes(i), isNo(i)}));
}

Formula Truths::isYes(std::uint32_t i) {
  const Predicates::Node& n = predicates_.node(i);
  if (n.op == PredicateOp::alwaysTrue) return logical(true);
  if (n.op == PredicateOp::alwaysFalse) return logical(false);
  if (n.op < PredicateOp::conjunction) {
    const Lane& x = t_.lane(n.slot);
    if (n.op == PredicateOp::isMissing) return x.mayBeMissing ? isBlank(x.formula) : logical(false);
    if (n.op == PredicateOp::isNotMissing) return x.mayBeMissing ? isFilled(x.formula) : logical(true);
    return comparison(n, x, true);
  }
  const auto operands = predicates_.operands(n);
  Formulas yes;
  for (const std::uint32_t k : operands) yes.push_back(isYes(k));
  if (n.op == PredicateOp::conjunction) {
    // One that is false decides before an invalid value behind it is met.
    Formula out = all(yes);
    if (mayBeInvalid(i))
      for (std::size_t k = operands.size() - 1; k-- > 0;) out = iff(isNo(operands[k]), logical(false), out);
    return out;
  }
  if (n.op == PredicateOp::disjunction) {
    if (!mayBeInvalid(i)) return any(std::move(yes));
    Formula out = yes.back();
    for (std::size_t k = operands.size() - 1; k-- > 0;) out = iff(yes[k], logical(true), out);
    return out;
  }
  if (n.op == PredicateOp::exclusive) {
    Formula count = number(0);
    for (const Formula& y : yes) count = add(count, iff(y, number(1), number(0)));
    return all({opposite(isUnknown(i)), call("ISODD", {count})});
  }
  Formula out = logical(false);
  for (std::size_t k = operands.size(); k-- > 0;) out = iff(isUnknown(operands[k]), out, yes[k]);
  return out;
}

Formula Truths::isNo(std::uint32_t i) {
  const Predicates::Node& n = predicates_.node(i);
  if (n.op == PredicateOp::alwaysTrue) return logical(false);
  if (n.op == PredicateOp::alwaysFalse) return logical(true);
  if (n.op < PredicateOp::conjunction) {
    const Lane& x = t_.lane(n.slot);
    if (n.op == PredicateOp::isMissing) return x.mayBeMissing ? isFilled(x.formula) : logical(true);
    if (n.op == PredicateOp::isNotMissing) return x.mayBeMissing ? isBlank(x.formula) : logical(false);
    return comparison(n, x, false);
  }
  const auto operands = predicates_.operands(n);
  Formulas no;
  for (const std::uint32_t k : operands) no.push_back(isNo(k));
  if (n.op == PredicateOp::conjunction) {
    if (!mayBeInvalid(i)) return any(std::move(no));
    Formula out = no.back();
    for (std::size_t k = operands.size() - 1; k-- > 0;) out = iff(no[k], logical(true), out);
    return out;
  }
  if (n.op == PredicateOp::disjunction) {
    Formula out = all(no);
    if (mayBeInvalid(i))
      for (std::size_t k = operands.size() - 1; k-- > 0;) out = iff(isYes(operands[k]), logical(false), out);
    return out;
  }
  if (n.op == PredicateOp::exclusive) return opposite(any({isUnknown(i), isYes(i)}));
  Formula out = logical(false);
  for (std::size_t k = operands.size(); k-- > 0;) out = iff(isUnknown(operands[k]), out, no[k]);
  return out;
}

}  // namespace scorelet::formulas
