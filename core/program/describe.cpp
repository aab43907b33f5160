// What the steps of expressions say of their lanes (Step::describe).
#include "program/steps.hpp"
#include "program/wiring.hpp"

namespace scorelet::program {

namespace {

/// A present value comes out as it went in.
bool keepsValues(const Treatment& t) {
  return !t.checksDomain && t.outliers == OutlierTreatment::asIs && t.missingValues.empty() && t.invalidValues.empty();
}

bool isReal(DataType t) { return t == DataType::float64 || t == DataType::float32; }

/// Sums and products with constants.
bool describeSum(const CallStep& call, Wiring& wiring) {
  if (call.mapsMissing || call.invalidIsMissing || isPresent(call.defaultValue) || call.arguments.size() != 2)
    return false;
  const Slot a = call.arguments[0], b = call.arguments[1];
  const Value left = wiring.constant(a), right = wiring.constant(b);
  const std::string_view name = call.function->name;
  if (name == "+" || name == "-") {
    wiring.sum(call.to, {0, {termOf(a), termOf(b, name == "+" ? 1 : -1)}});
  } else if (name == "*" && isPresent(right)) {
    wiring.sum(call.to, {0, {termOf(a, right)}});
  } else if (name == "*" && isPresent(left)) {
    wiring.sum(call.to, {0, {termOf(b, left)}});
  } else if (name == "*") {
    wiring.sum(call.to, {0, {{1, {{{a}}, {{b}}}}}});
  } else if (name == "/" && isReal(call.resultType) && isPresent(right) && right != 0) {
    wiring.sum(call.to, {0, {termOf(a, 1 / right)}});
  } else {
    return false;
  }
  return true;
}

}  // namespace

void TreatStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  if (keepsValues(treatment) && !isPresent(treatment.missingReplacement))
    wiring.copy(to, from);
  else
    wiring.treated(to, from);
}

void CastStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  if (isReal(to.type) && isNumeric(from.type))
    wiring.copy(to.slot, from.slot);
  else
    wiring.function(to.slot, {from.slot});
}

void CastItemsStep::describe(Wiring& wiring) const { wiring.function(to.slot, {from.slot}); }
void ReplaceMissingStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.treated(to, from);
}
void CopyStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.copy(to, from);
}

void CallStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  // Comparisons and the like with a constant.
  for (const Slot constant : arguments)
    if (const Value at = wiring.constant(constant); isPresent(at))
      for (const Slot slot : arguments) wiring.cut(slot, at);
  if (!describeSum(*this, wiring)) wiring.function(to, arguments);
}

void FunctionResultStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads = arguments;
  reads.push_back(from);
  wiring.function(to, std::move(reads));
}

void NormContinuousStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.function(to, {from});
  for (const double knot : orig) wiring.cut(from, knot);
}

void NormDiscreteStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.function(to, {from});
}
void DiscretizeStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.function(to, {from});
  for (const Bin& bin : bins) wiring.cut(from, bin.interval.left), wiring.cut(from, bin.interval.right);
}

void MapValuesStep::describe(Wiring& wiring) const {
  wiring.is(*this);
  wiring.function(to, keys);
}
void TextIndexStep::describe(Wiring& wiring) const { wiring.function(to, {text, term}); }
void AggregateStep::describe(Wiring& wiring) const { wiring.function(to, {from}); }

}  // namespace scorelet::program
