#include "formulas/translation.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "formulas/steps.hpp"

namespace scorelet::formulas {

Translation::Translation(const program::Program& program, const program::Wiring& wiring, std::string treesSheet)
    : program_(program),
      wiring_(wiring),
      treesSheet_(std::move(treesSheet)),
      lanes_(program.slotCount),
      refusals_(program.slotCount, "it needs a calculation that has no formula"),
      hints_(program.slotCount) {
  for (std::size_t r = program.results.size(); r-- > 0;)
    if (const Slot s = program.resultSlots[r].slot; s != program::kNoSlot) hints_[s] = program.results[r].name;
  for (const auto& field : program.details.derived)
    if (field.value.slot != program::kNoSlot) hints_[field.value.slot] = field.name;
  for (const program::Constant& c : program.constants) {
    lanes_[c.slot] = constantLane(c.value, c.type);
    refusals_[c.slot].clear();
  }
  for (const program::InputPlan& plan : program.forResults.inputs) readInput(plan);
  for (const program::Wiring::Known& step : wiring.known()) translate(step);
}

void Translation::translate(const program::Wiring::Known& step) {
  refusal_.clear();
  translateStep(*this, step);
}

const Lane& Translation::lane(Slot slot) {
  if (slot != program::kNoSlot && lanes_[slot]) return *lanes_[slot];
  refuse(slot == program::kNoSlot ? "it needs a calculation that has no formula" : refusals_[slot]);
  return nothing_;
}

Lane Translation::numberLane(Slot slot) {
  Lane x = lane(slot);
  return x.type == DataType::boolean ? cast(*this, x, DataType::integer) : x;
}

void Translation::set(Slot slot, Lane lane, std::string_view hint) {
  if (slot == program::kNoSlot) return;
  refusals_[slot] = refusal_;
  if (!refusal_.empty()) return;
  if (lane.formula->kind != Node::Kind::name && !isConstant(lane.formula)) {
    const bool isNamed = !hints_[slot].empty();
    lane.formula = define(isNamed ? hints_[slot] : std::string(hint), lane.formula);
    definitions_.back().isNamed = isNamed;
  }
  lanes_[slot] = std::move(lane);
}

Formula Translation::define(std::string_view hint, Formula formula) {
  if (formula->kind == Node::Kind::name || isConstant(formula)) return formula;
  definitions_.push_back({std::string(hint.empty() ? "v" : hint), std::move(formula)});
  return name(static_cast<std::uint32_t>(definitions_.size() - 1));
}

Formula Translation::constant(Value v, DataType type) {
  if (isMissing(v)) return missingFormula();
  if (isInvalid(v)) return invalidFormula();
  if (type == DataType::string) {
    constexpr std::size_t kMost = 255;  // characters of a text in a formula
    const std::string_view words = program_.symbols.text(static_cast<std::uint32_t>(v));
    if (codePoints(words) > kMost) refuse("a text is longer than the 255 characters that a formula takes");
    return text(words);
  }
  if (type == DataType::boolean) return logical(v != 0);
  return number(v);
}

Lane Translation::constantLane(Value v, DataType type) { return {constant(v, type), type, isMissing(v), isInvalid(v)}; }

namespace {

constexpr double kEpoch = 25569;  // 1970-01-01 as Excel counts days, from 1900 on
constexpr double kDay = 86400;

bool isMomentOrNumber(DataType type) {
  return isNumeric(type) || type == DataType::date || type == DataType::time || type == DataType::dateTime;
}

}  // namespace

/// A cell in the lanes of its field's type, then the treatments. What is no number is invalid in a field of numbers.
void Translation::readInput(const program::InputPlan& plan) {
  const InputField& field = program_.inputs[plan.input];
  refusal_.clear();
  if (hints_[plan.slot].empty()) hints_[plan.slot] = field.name;
  if (plan.isList) refuse("the field \"" + field.name + "\" holds lists");
  definitions_.push_back({field.name, nullptr, plan.input, true});
  const Formula cell = name(static_cast<std::uint32_t>(definitions_.size() - 1));
  const program::Treatment& treatment = program_.treatments[plan.domain];
  // What cannot be cast takes the way of invalid values at once.
  Formula bad = invalidFormula();
  const Formula replaced =
      treatment.missingIsInvalid ? invalidFormula() : constant(treatment.missingReplacement, plan.type);
  if (treatment.invalidTreatment == InvalidValueTreatment::asMissing) bad = missingFormula();
  if (treatment.invalidTreatment == InvalidValueTreatment::asValue)
    bad = constant(treatment.invalidReplacement, plan.type);
  Lane x{cell, plan.type, true, bad->kind == Node::Kind::call};
  const bool isMoment = plan.type == DataType::date || plan.type == DataType::time || plan.type == DataType::dateTime;
  if (plan.type == DataType::string) {
    // A number in a field of texts is the text of it; a blank cell is the empty one.
    x.formula = binary("&", cell, missingFormula());
    x.mayBeInvalid = false;
  } else if (plan.type == DataType::boolean) {
    x.formula = iff(
        call("ISLOGICAL", {cell}), cell,
        iff(isBlank(cell), missingFormula(),
            iff(any({binary("=", cell, number(1)), call("EXACT", {cell, text("true")})}), logical(true),
                iff(any({binary("=", cell, number(0)), call("EXACT", {cell, text("false")})}), logical(false), bad))));
  } else if (isMomentOrNumber(plan.type)) {
    Formula value = cell;
    if (plan.type == DataType::date) value = subtract(call("INT", {cell}), number(kEpoch));
    if (plan.type == DataType::time)
      value = call("ROUND", {times(call("MOD", {cell, number(1)}), number(kDay)), number(3)});
    if (plan.type == DataType::dateTime)
      value = call("ROUND", {times(subtract(cell, number(kEpoch)), number(kDay)), number(3)});
    const Formula blankOrBad = iff(isBlank(cell), missingFormula(), bad);
    constexpr double kMostInteger = 9007199254740992;  // beyond, a double cannot tell integers apart
    const Formula isWhole =
        all({binary("=", call("INT", {cell}), cell), binary("<=", call("ABS", {cell}), number(kMostInteger))});
    if (plan.type == DataType::integer) value = iff(isWhole, cell, bad);
    x.formula = iff(call("ISNUMBER", {cell}), value, blankOrBad);
  } else {
    refuse("the field \"" + field.name + "\" has the data type " + std::string(dataTypeName(plan.type)));
  }
  if (!isMoment && plan.type == DataType::float32) {
    x.formula = define(field.name, x.formula);
    x.formula = toSingle(*this, x);
    x.isSingle = true;
  }
  set(plan.slot, treat(*this, x, treatment, field.name + "_in"), field.name);
}

Formula whenPresent(const std::vector<Lane>& lanes, Formula then, Formula otherwise) {
  if (!anyMissing(lanes)) return then;
  Formulas blanks;
  std::vector<const Node*> seen;
  for (const Lane& lane : lanes) {
    if (!lane.mayBeMissing && !lane.mayBeInvalid) continue;
    const Node* const known = lane.formula.get();
    const bool isNew = std::ranges::none_of(seen, [&](const Node* other) {
      return other == known ||
             (other->kind == Node::Kind::name && known->kind == Node::Kind::name && other->id == known->id);
    });
    if (!isNew) continue;
    seen.push_back(known);
    blanks.push_back(isBlank(lane.formula));
  }
  return iff(any(std::move(blanks)), std::move(otherwise), std::move(then));
}

bool anyMissing(const std::vector<Lane>& lanes) {
  return std::ranges::any_of(lanes, [](const Lane& lane) { return lane.mayBeMissing; });
}
bool anyInvalid(const std::vector<Lane>& lanes) {
  return std::ranges::any_of(lanes, [](const Lane& lane) { return lane.mayBeInvalid; });
}

Formula nearestInteger(Formula x) { return call("INT", {add(std::move(x), number(0.5))}); }

/// To 24 binary digits, halves to even.
Formula toSingle(Translation& t, const Lane& lane) {
  constexpr double kFraction = 23;
  const Formula x = t.define("v", lane.formula);
  if (isConstant(x)) return x->kind == Node::Kind::number ? number(toFloat(x->number)) : x;
  const Formula exponent = call("INT", {call("LOG", {call("ABS", {x}), number(2)})});
  const Formula unit =
      t.define("unit", whenPresent({lane}, iff(binary("=", x, number(0)), number(1),
                                               binary("^", number(2), subtract(exponent, number(kFraction))))));
  const Formula units = binary("/", x, unit);
  const Formula isTie = binary("=", call("MOD", {units, number(1)}), number(0.5));
  const Formula even = times(number(2), call("ROUND", {binary("/", units, number(2)), number(0)}));
  return whenPresent({lane}, times(iff(isTie, even, call("ROUND", {units, number(0)})), unit));
}

Lane cast(Translation& t, const Lane& from, DataType to) {
  if (from.type == to) return from;
  Lane x = from;
  x.type = to;
  x.isSingle =
      to == DataType::float32 || (to == DataType::float64 && (from.isSingle || from.type == DataType::float32));
  const bool areNumbers = isNumeric(from.type) && isNumeric(to);
  const bool isPlain = from.type == DataType::integer || from.type == DataType::float32 ||
                       from.type == DataType::float64 || from.type == DataType::boolean;
  const auto refuse = [&] {
    t.refuse("a value of type " + std::string(dataTypeName(from.type)) + " is turned into " +
             std::string(dataTypeName(to)));
    return x;
  };
  if (from.type == DataType::boolean &&
      (to == DataType::integer || to == DataType::float32 || to == DataType::float64)) {
    x.formula = whenPresent({from}, iff(from.formula, number(1), number(0)));
  } else if (from.type == DataType::boolean && to == DataType::string) {
    x.formula = whenPresent({from}, iff(from.formula, text("true"), text("false")));
  } else if (from.type == DataType::integer && to == DataType::string) {
    x.formula = binary("&", from.formula, missingFormula());
  } else if (isPlain && areNumbers &&
             (to == DataType::float64 || (to == DataType::float32 && from.type == DataType::float32))) {
    return x;
  } else if (isPlain && to == DataType::float32) {
    x.formula = toSingle(t, from);
  } else if (isPlain && to == DataType::integer) {
    x.formula = whenPresent({from}, nearestInteger(from.formula));
  } else if (isPlain && to == DataType::boolean) {
    x.formula = whenPresent({from}, iff(binary("=", from.formula, number(0)), logical(false),
                                        iff(binary("=", from.formula, number(1)), logical(true), invalidFormula())));
    x.mayBeInvalid = true;
  } else if (from.type == DataType::date && to == DataType::dateTime) {
    x.formula = whenPresent({from}, times(from.formula, number(kDay)));
  } else if (from.type == DataType::dateTime && to == DataType::date) {
    x.formula = whenPresent({from}, call("INT", {binary("/", from.formula, number(kDay))}));
  } else {
    return refuse();
  }
  return x;
}

Formula largest(Translation& t, const Formulas& numbers, const Formulas& values) {
  constexpr std::size_t kMost = 200;  // arguments of one MAX
  Formulas groups;
  for (std::size_t i = 0; i < numbers.size(); i += kMost)
    groups.push_back(call("MAX", {numbers.begin() + static_cast<std::ptrdiff_t>(i),
                                  numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), i + kMost))}));
  const Formula most = t.define("most", groups.size() == 1 ? groups[0] : call("MAX", groups));
  Formula out = values.back();
  for (std::size_t i = numbers.size() - 1; i-- > 0;) out = iff(binary("=", numbers[i], most), values[i], out);
  return out;
}

}  // namespace scorelet::formulas
