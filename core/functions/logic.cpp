// Comparisons, membership, Kleene logic. Equal values of one type have equal lanes, texts included.
#include "functions/functions.hpp"

namespace scorelet::functions {

Value isMissingFunction(Call&, Arguments a) { return fromBool(isMissing(a[0])); }
Value isNotMissing(Call&, Arguments a) { return fromBool(!isMissing(a[0])); }
Value isValid(Call&, Arguments a) { return fromBool(isPresent(a[0])); }
Value isNotValid(Call&, Arguments a) { return fromBool(!isPresent(a[0])); }

namespace {

/// Below 0, 0, above 0. Texts are in the order of their code points, which is that of UTF-8's bytes.
int compare(const Call& call, Arguments a) {
  if (call.types[0] == DataType::string) return call.strings.text(a[0]).compare(call.strings.text(a[1]));
  return a[0] < a[1] ? -1 : a[0] > a[1] ? 1 : 0;
}

bool contains(Arguments set, Value v) {
  for (const Value item : set)
    if (item == v) return true;
  return false;
}

/// Kleene's and/or: `decisive` decides whatever stands beside it.
Value kleene(Arguments a, double decisive) {
  Value unusable = 1 - decisive;
  for (const Value v : a) {
    if (v == decisive) return decisive;
    if (isInvalid(v) ? !isInvalid(unusable) : isMissing(v) && isPresent(unusable)) unusable = v;
  }
  return unusable;
}

}  // namespace

Value equal(Call&, Arguments a) { return fromBool(a[0] == a[1]); }
Value notEqual(Call&, Arguments a) { return fromBool(a[0] != a[1]); }
Value lessThan(Call& call, Arguments a) { return fromBool(compare(call, a) < 0); }
Value lessOrEqual(Call& call, Arguments a) { return fromBool(compare(call, a) <= 0); }
Value greaterThan(Call& call, Arguments a) { return fromBool(compare(call, a) > 0); }
Value greaterOrEqual(Call& call, Arguments a) { return fromBool(compare(call, a) >= 0); }

Value isIn(Call&, Arguments a) { return isPresent(a[0]) ? fromBool(contains(a.subspan(1), a[0])) : a[0]; }
Value isNotIn(Call&, Arguments a) { return isPresent(a[0]) ? fromBool(!contains(a.subspan(1), a[0])) : a[0]; }

Value conjunction(Call&, Arguments a) { return kleene(a, 0); }
Value disjunction(Call&, Arguments a) { return kleene(a, 1); }
Value negation(Call&, Arguments a) { return fromBool(a[0] == 0); }

Value choice(Call&, Arguments a) {
  if (!isPresent(a[0])) return a[0];
  if (a[0] != 0) return a[1];
  return a.size() > 2 ? a[2] : missing();
}

}  // namespace scorelet::functions
