// What is told of a row besides its results.
#include <scorelet/model.hpp>

#include "run/scratch.hpp"

namespace scorelet {

namespace {

/// What a reason means to the person who supplied the row.
std::string wordsFor(Reason reason, const std::string& place) {
  switch (reason) {
    case Reason::notCastable: return "The value of \"" + place + "\" is not of the field's data type.";
    case Reason::notInDomain: return "The value of \"" + place + "\" is not one that the model knows.";
    case Reason::declaredInvalid: return "The value of \"" + place + "\" is declared invalid by the model.";
    case Reason::missingNotAllowed: return "\"" + place + "\" is missing, and the model does not score without it.";
    case Reason::functionDomain: return "The function \"" + place + "\" has no answer for its arguments.";
    case Reason::regexLimit: return "A regular expression needed more steps than allowed (limits.regexSteps).";
    case Reason::textLimit: return "A text or list is longer than allowed (limits.textBytes, limits.listItems).";
    case Reason::notANumber: return "The computation has no numeric answer for this row.";
    case Reason::stateRequired: return "The model needs earlier rows that were not given.";
    case Reason::derivedNotValid: return "The derived field \"" + place + "\" is not among its valid values.";
    case Reason::none: break;
  }
  return "The row could not be scored.";
}

Code codeOf(Reason reason) noexcept {
  switch (reason) {
    case Reason::missingNotAllowed: return Code::missingValue;
    case Reason::functionDomain:
    case Reason::notANumber: return Code::functionError;
    case Reason::regexLimit:
    case Reason::textLimit: return Code::limitReached;
    default: return Code::invalidValue;
  }
}

}  // namespace

Diagnostics Scorer::diagnostics(std::size_t row) const {
  Diagnostics out;
  const program::Program& program = model_.program();
  for (const auto& column : scratch_->results) {
    const Value v = column[row];
    if (!isInvalid(v)) continue;
    const Reason reason = reasonOf(v);
    const std::string place = whereOf(v) < program.fieldNames.size() ? program.fieldNames[whereOf(v)] : std::string();
    Diagnostic d;
    d.code = codeOf(reason);
    d.field = reason == Reason::functionDomain || reason == Reason::notANumber ? std::string() : place;
    d.message = wordsFor(reason, place);
    bool isKnown = false;
    for (const Diagnostic& known : out) isKnown |= known.message == d.message;
    if (!isKnown) out.push_back(std::move(d));
  }
  return out;
}

RowDetails Scorer::details(std::size_t row) const {
  RowDetails out;
  if (!scratch_->keepsDetails) return out;
  const program::DetailPlan& plan = model_.program().details;
  std::size_t d = 0;
  const auto lane = [&] { return scratch_->details[d++][row]; };
  const auto shown = [&](Value v, const program::TypedSlot& slot) {
    return toResultValue(v, slot.type, slot.item, scratch_->strings, scratch_->lists);
  };
  const auto one = [&](const program::TypedSlot& slot) { return shown(slot ? lane() : (++d, missing()), slot); };
  const auto keyed = [&](const auto& plans, std::vector<RowDetails::Weighted>& into) {
    for (const auto& [key, slot] : plans)
      if (const Value v = lane(); isPresent(v)) into.push_back({key, v});
  };
  out.predictedValue = one(plan.predictedValue);
  out.predictedDisplayValue = one(plan.predictedDisplayValue);
  out.entityId = one(plan.entityId);
  keyed(plan.probability, out.probability);
  keyed(plan.confidence, out.confidence);
  keyed(plan.affinity, out.affinity);
  for (const auto& [name, slot, active] : plan.derived) {
    Value v = lane();
    // Where the model was not asked the lane holds what it held: a text or a list of an earlier batch.
    for (std::size_t i = 0; i < active.size(); ++i)
      if (lane() != 1) v = missing();
    out.derived.emplace_back(name, shown(v, slot));
  }
  return out;
}

}  // namespace scorelet
