// The steps of expressions (core/program/steps.hpp).
#include <algorithm>
#include <cmath>

#include "base/datetime.hpp"
#include "formulas/links.hpp"
#include "formulas/steps.hpp"
#include "program/steps.hpp"

namespace scorelet::formulas {

namespace {

using namespace program;

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

/// Arguments of a call, numbers where the function computes.
std::vector<Lane> argumentsOf(Translation& t, const CallStep& s) {
  std::vector<Lane> out;
  for (std::size_t i = 0; i < s.arguments.size(); ++i) {
    const bool computes = s.function->parameters[std::min<std::size_t>(i, 3)] == functions::ParamKind::number;
    out.push_back(computes ? t.numberLane(s.arguments[i]) : t.lane(s.arguments[i]));
  }
  return out;
}

/// Functions of numbers that Excel has under another name.
constexpr std::pair<std::string_view, std::string_view> kSame[] = {
    {"abs", "ABS"},     {"acos", "ACOS"},  {"asin", "ASIN"},       {"atan", "ATAN"},       {"cos", "COS"},
    {"cosh", "COSH"},   {"erf", "ERF"},    {"exp", "EXP"},         {"floor", "INT"},       {"ln", "LN"},
    {"log10", "LOG10"}, {"modulo", "MOD"}, {"sin", "SIN"},         {"sinh", "SINH"},       {"sqrt", "SQRT"},
    {"tan", "TAN"},     {"tanh", "TANH"},  {"uppercase", "UPPER"}, {"lowercase", "LOWER"}, {"stringLength", "LEN"}};

/// Near 0, where the difference from 1 would lose digits, the beginning of the series.
Formula smallOr(const Formula& x, double cubic, bool isExp, Formula otherwise) {
  constexpr double kSmall = 1e-5;
  const Formula square = binary("/", power(x, 2), number(2));
  const Formula cube = times(number(cubic), power(x, 3));
  return iff(binary("<", call("ABS", {x}), number(kSmall)), add(isExp ? add(x, square) : subtract(x, square), cube),
             std::move(otherwise));
}

/// A function of present values as a formula; null: it has none.
Formula present(Translation& t, std::string_view name, const std::vector<Lane>& a) {
  const auto x = [&](std::size_t i) -> const Formula& { return a[i].formula; };
  for (const auto& [ours, excel] : kSame)
    if (ours == name) {
      Formulas all;
      for (const Lane& lane : a) all.push_back(lane.formula);
      return call(excel, std::move(all));
    }
  if (name == "+") return add(x(0), x(1));
  if (name == "-") return subtract(x(0), x(1));
  if (name == "*") return times(x(0), x(1));
  if (name == "/") return over(x(0), x(1));
  if (name == "ceil") return negate(call("INT", {negate(x(0))}));
  if (name == "round") return nearestInteger(x(0));
  if (name == "rint") {
    const Formula isTie = binary("=", call("MOD", {x(0), number(1)}), number(0.5));
    return iff(isTie, times(number(2), call("ROUND", {over(x(0), number(2)), number(0)})),
               call("ROUND", {x(0), number(0)}));
  }
  if (name == "expm1") return smallOr(x(0), 1.0 / 6, true, subtract(call("EXP", {x(0)}), number(1)));
  if (name == "ln1p") return smallOr(x(0), 1.0 / 3, false, call("LN", {add(number(1), x(0))}));
  if (name == "hypot") return call("SQRT", {call("SUMSQ", {x(0), x(1)})});
  if (name == "pow") {
    if (x(1)->kind == Node::Kind::number && x(1)->number != 0) return binary("^", x(0), x(1));
    return iff(binary("=", x(1), number(0)), number(1), binary("^", x(0), x(1)));
  }
  if (name == "threshold") return iff(binary(">", x(0), x(1)), number(1), number(0));
  if (name == "expit") return logistic(x(0));
  if (name == "logit") return call("LN", {over(x(0), subtract(number(1), x(0)))});
  if (name == "stdNormalCDF") return call("NORMSDIST", {x(0)});
  if (name == "stdNormalIDF") return call("NORMSINV", {x(0)});
  if (name == "stdNormalPDF") return call("NORMDIST", {x(0), number(0), number(1), logical(false)});
  if (name == "normalCDF") return call("NORMDIST", {x(0), x(1), x(2), logical(true)});
  if (name == "normalPDF") return call("NORMDIST", {x(0), x(1), x(2), logical(false)});
  if (name == "normalIDF") return call("NORMINV", {x(0), x(1), x(2)});
  if (name == "equal") return equals(x(0), x(1));
  if (name == "notEqual") return opposite(equals(x(0), x(1)));
  if (name == "not") return opposite(x(0));
  if (name == "concat") {
    Formula out = x(0);
    for (std::size_t i = 1; i < a.size(); ++i) out = binary("&", out, x(i));
    return out;
  }
  if (name == "substring") return call("MID", {x(0), call("INT", {x(1)}), call("INT", {x(2)})});
  constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"lessThan", "<"}, {"lessOrEqual", "<="}, {"greaterThan", ">"}, {"greaterOrEqual", ">="}};
  for (const auto& [ours, sign] : kOrders)
    if (ours == name) {
      if (a[0].type == DataType::string) return nullptr;
      if (x(1)->kind == Node::Kind::number && isNumeric(a[0].type)) {
        const double limit = x(1)->number;
        if (sign == "<") return isBelow(a[0], limit);
        if (sign == "<=") return isBelowOrAt(a[0], limit);
        return sign == ">" ? isAbove(a[0], limit) : isAboveOrAt(a[0], limit);
      }
      return binary(sign, x(0), x(1));
    }
  if (name == "dateDaysSinceYear" && a[1].formula->kind == Node::Kind::number) {
    const auto first = static_cast<double>(daysFromCivil(static_cast<std::int64_t>(a[1].formula->number), 1, 1));
    if (a[0].type == DataType::date) return subtract(x(0), number(first));
    if (a[0].type == DataType::dateTime) return subtract(call("INT", {over(x(0), number(86400))}), number(first));
  }
  if (name == "dateSecondsSinceYear" && a[1].formula->kind == Node::Kind::number) {
    const auto first = static_cast<double>(daysFromCivil(static_cast<std::int64_t>(a[1].formula->number), 1, 1));
    if (a[0].type == DataType::dateTime) return subtract(call("INT", {x(0)}), number(first * 86400));
  }
  if (name == "dateSecondsSinceMidnight") {
    if (a[0].type == DataType::dateTime) return call("MOD", {call("INT", {x(0)}), number(86400)});
    if (a[0].type == DataType::time) return call("INT", {x(0)});
  }
  (void)t;
  return nullptr;
}

/// min, max, sum …: missing arguments are left out.
Formula skipping(std::string_view name, const std::vector<Lane>& a) {
  constexpr double kLarge = 9.99e307;
  const bool isLeast = name == "min", isMost = name == "max", isMean = name == "avg", isProduct = name == "product";
  const auto or_ = [](const Lane& lane, Formula otherwise) {
    return lane.mayBeMissing ? iff(isBlank(lane.formula), std::move(otherwise), lane.formula) : lane.formula;
  };
  Formula out;
  if (name == "median") {
    if (anyMissing(a)) return nullptr;
    Formulas all;
    for (const Lane& lane : a) all.push_back(lane.formula);
    return call("MEDIAN", std::move(all));
  }
  if (isLeast || isMost) {
    Formulas each;
    for (const Lane& lane : a) each.push_back(or_(lane, number(isLeast ? kLarge : -kLarge)));
    out = call(isLeast ? "MIN" : "MAX", std::move(each));
  } else if (isProduct) {
    out = number(1);
    for (const Lane& lane : a) out = times(out, or_(lane, number(1)));
  } else {
    out = number(0);
    Formula count = number(0);
    double always = 0;
    for (const Lane& lane : a) {
      out = add(out, or_(lane, number(0)));
      if (lane.mayBeMissing)
        count = add(count, iff(isBlank(lane.formula), number(0), number(1)));
      else
        ++always;
    }
    if (isMean) out = over(out, add(count, number(always)));
  }
  if (std::ranges::any_of(a, [](const Lane& lane) { return !lane.mayBeMissing; })) return out;
  Formulas blanks;
  for (const Lane& lane : a) blanks.push_back(isBlank(lane.formula));
  return iff(all(std::move(blanks)), missingFormula(), out);
}

/// and, or: an argument that decides goes before one that is missing or invalid.
Formula kleene(const std::vector<Lane>& a, bool decisive) {
  Formulas each, deciding, blanks;
  for (const Lane& lane : a) {
    each.push_back(lane.formula);
    Formula decides = binary("=", lane.formula, logical(decisive));
    if (lane.mayBeInvalid) decides = call("IFERROR", {decides, logical(false)});
    deciding.push_back(decides);
    blanks.push_back(isBlank(lane.formula));
  }
  if (!anyMissing(a) && !anyInvalid(a)) return decisive ? any(std::move(each)) : all(std::move(each));
  return iff(any(std::move(deciding)), logical(decisive),
             iff(any(std::move(blanks)), missingFormula(), logical(!decisive)));
}

/// Functions that see missing and invalid arguments themselves.
std::optional<Lane> own(Translation& t, const CallStep& s, const std::vector<Lane>& a) {
  const std::string_view name = s.function->name;
  const Formula x = a[0].formula;
  Lane out{nullptr, s.resultType, false, false};
  const auto noError = [&](Formula test, bool ofError) {
    return a[0].mayBeInvalid ? call("IFERROR", {std::move(test), logical(ofError)}) : test;
  };
  if (name == "isMissing") {
    out.formula = noError(isBlank(x), false);
  } else if (name == "isNotMissing") {
    out.formula = noError(isFilled(x), true);
  } else if (name == "isValid") {
    out.formula = noError(isFilled(x), false);
  } else if (name == "isNotValid") {
    out.formula = noError(isBlank(x), true);
  } else if (name == "and" || name == "or") {
    out = {kleene(a, name == "or"), DataType::boolean, anyMissing(a), anyInvalid(a)};
  } else if (name == "if") {
    const Formula no = a.size() > 2 ? a[2].formula : missingFormula();
    out.formula = whenPresent({a[0]}, iff(x, a[1].formula, no));
    out.mayBeMissing = anyMissing(a) || a.size() < 3;
    out.mayBeInvalid = anyInvalid(a);
  } else if (name == "isIn" || name == "isNotIn") {
    Formulas tests;
    for (std::size_t i = 1; i < a.size(); ++i) {
      if (a[i].mayBeInvalid) t.refuse("the function " + quoted(name) + " lists what may be invalid");
      if (!isMissingFormula(a[i].formula))
        tests.push_back(a[0].type == DataType::string ? call("EXACT", {x, a[i].formula}) : equals(x, a[i].formula));
    }
    const Formula isAmong = any(std::move(tests));
    out = {whenPresent({a[0]}, name == "isIn" ? isAmong : opposite(isAmong)), DataType::boolean, a[0].mayBeMissing,
           a[0].mayBeInvalid};
  } else {
    return std::nullopt;
  }
  return out;
}

void translate(Translation& t, const CallStep& s) {
  const std::string_view name = s.function->name;
  const std::vector<Lane> a = argumentsOf(t, s);
  Lane out{nullptr, s.resultType, anyMissing(a), true};
  using functions::MissingRule;
  const auto none = [&] {
    t.refuse("the function " + quoted(name) + " has no counterpart in Excel that answers the same");
    out.formula = number(0);
  };
  if (name == "equal" || name == "notEqual") {
    // Texts differ by case too.
    if (a[0].type == DataType::string) {
      const Formula same = call("EXACT", {a[0].formula, a[1].formula});
      out.formula = name == "equal" ? same : opposite(same);
    }
  }
  if (s.function->missing == MissingRule::own) {
    if (auto answer = own(t, s, a))
      out = *answer;
    else
      none();
  } else if (s.function->missing == MissingRule::skip) {
    out.formula = skipping(name, a);
    out.mayBeMissing = std::ranges::all_of(a, [](const Lane& lane) { return lane.mayBeMissing; });
    if (out.formula == nullptr) none();
  } else {
    if (out.formula == nullptr) out.formula = present(t, name, a);
    if (out.formula == nullptr) none();
    const bool isTotal = name == "equal" || name == "notEqual" || name == "not" || name == "threshold" ||
                         name == "concat" || s.resultType == DataType::boolean || name == "abs" || name == "+" ||
                         name == "-" || name == "*";
    out.mayBeInvalid = anyInvalid(a) || !isTotal;
    if (!s.mapsMissing && !isPresent(s.defaultValue)) out.formula = whenPresent(a, out.formula);
  }
  if (s.roundsToFloat) t.isSinglePrecision = true;
  const Lane whenMissing = t.constantLane(s.defaultValue, s.resultType);
  const Lane mapped = t.constantLane(s.mapMissingTo, s.resultType);
  const bool isPropagating = s.function->missing == MissingRule::propagate;
  if (s.invalidIsMissing) {
    // An invalid argument is not this call's to treat.
    out.formula = call("IFERROR", {out.formula, missingFormula()});
    out.mayBeMissing = true;
    Formulas errors;
    for (const Lane& lane : a)
      if (lane.mayBeInvalid) errors.push_back(call("ISERROR", {lane.formula}));
    if (!errors.empty() && s.function->missing != MissingRule::own)
      out.formula = iff(any(std::move(errors)), invalidFormula(), out.formula);
    else
      out.mayBeInvalid = false;
  }
  if (isPresent(s.defaultValue) && (!isPropagating || s.invalidIsMissing)) {
    out.formula = t.define("v", out.formula);
    out.formula = iff(isBlank(out.formula), whenMissing.formula, out.formula);
    out.mayBeMissing = false;
  }
  if (isPropagating && (s.mapsMissing || isPresent(s.defaultValue)) && anyMissing(a)) {
    out.formula = whenPresent(a, out.formula, s.mapsMissing ? mapped.formula : whenMissing.formula);
    out.mayBeMissing = s.mapsMissing && mapped.mayBeMissing;
  } else if (s.mapsMissing && anyMissing(a)) {
    out.formula = whenPresent(a, out.formula, mapped.formula);
    out.mayBeMissing |= mapped.mayBeMissing;
  }
  t.set(s.to, out, name == "*" || name == "+" || name == "-" || name == "/" ? "v" : name);
}

void translate(Translation& t, const FunctionResultStep& s) {
  std::vector<Lane> a;
  for (const Slot slot : s.arguments) a.push_back(t.lane(slot));
  Lane out = t.lane(s.from);
  if (s.invalidIsMissing) {
    const Formula v = out.formula;
    out.formula = call("IFERROR", {v, anyInvalid(a) ? iff(any([&] {
                                                            Formulas errors;
                                                            for (const Lane& lane : a)
                                                              if (lane.mayBeInvalid)
                                                                errors.push_back(call("ISERROR", {lane.formula}));
                                                            return errors;
                                                          }()),
                                                          v, missingFormula())
                                                    : missingFormula()});
    out.mayBeMissing = true;
    out.mayBeInvalid = anyInvalid(a);
  }
  if (isPresent(s.defaultValue) && out.mayBeMissing) {
    out.formula = t.define("v", out.formula);
    out.formula = iff(isBlank(out.formula), t.constant(s.defaultValue, out.type), out.formula);
    out.mayBeMissing = false;
  }
  if (s.mapsMissing && anyMissing(a)) {
    out.formula = whenPresent(a, out.formula, t.constant(s.mapMissingTo, out.type));
    out.mayBeMissing |= !isPresent(s.mapMissingTo);
  }
  t.set(s.to, out);
}

void translate(Translation& t, const NormContinuousStep& s) {
  const Lane x = t.numberLane(s.from);
  const std::size_t last = s.orig.size() - 1;
  const auto line = [&](std::size_t i) {
    const double slope = (s.norm[i + 1] - s.norm[i]) / (s.orig[i + 1] - s.orig[i]);
    return add(number(s.norm[i]), times(number(slope), subtract(x.formula, number(s.orig[i]))));
  };
  Formula out = line(last - 1);
  for (std::size_t i = last - 1; i-- > 0;) out = iff(isBelow(x, s.orig[i + 1]), line(i), out);
  Lane lane{out, DataType::float64, x.mayBeMissing, x.mayBeInvalid};
  if (s.outliers != NormContinuousStep::Outliers::asIs) {
    const bool isCut = s.outliers == NormContinuousStep::Outliers::asExtremeValues;
    const auto outside = [&](double norm) { return isCut ? number(norm) : missingFormula(); };
    lane.formula = iff(isBelow(x, s.orig[0]), outside(s.norm[0]),
                       iff(isAbove(x, s.orig[last]), outside(s.norm[last]), lane.formula));
    lane.mayBeMissing |= !isCut;
  }
  if (x.mayBeMissing) {
    lane.formula = whenPresent({x}, lane.formula, t.constant(s.mapMissingTo, DataType::float64));
    if (isPresent(s.mapMissingTo)) lane.mayBeMissing = s.outliers == NormContinuousStep::Outliers::asMissingValues;
  }
  if (s.roundsToFloat) t.isSinglePrecision = true;
  t.set(s.to, lane);
}

void translate(Translation& t, const NormDiscreteStep& s) {
  const Lane x = t.lane(s.from);
  Lane out{iff(equals(x.formula, t.constant(s.value, x.type)), number(1), number(0)), DataType::float64,
           x.mayBeMissing && !isPresent(s.mapMissingTo), x.mayBeInvalid};
  out.formula = whenPresent({x}, out.formula, t.constant(s.mapMissingTo, DataType::float64));
  t.set(s.to, out);
}

void translate(Translation& t, const DiscretizeStep& s) {
  const Lane x = t.numberLane(s.from);
  Lane out = t.constantLane(s.defaultValue, s.type);
  for (auto bin = s.bins.rbegin(); bin != s.bins.rend(); ++bin)
    out.formula = iff(isIn(bin->interval, x), t.constant(bin->value, s.type), out.formula);
  out.mayBeMissing |= x.mayBeMissing && !isPresent(s.mapMissingTo);
  out.mayBeInvalid |= x.mayBeInvalid;
  out.formula = whenPresent({x}, out.formula, t.constant(s.mapMissingTo, s.type));
  t.set(s.to, out);
}

void translate(Translation& t, const MapValuesStep& s) {
  const std::size_t width = s.keys.size();
  std::vector<Lane> keys;
  for (const Slot key : s.keys) keys.push_back(t.lane(key));
  Lane out = t.constantLane(s.defaultValue, s.type);
  for (std::size_t r = s.values.size(); r-- > 0;) {
    Formulas tests;
    for (std::size_t k = 0; k < width; ++k)
      tests.push_back(equals(keys[k].formula, t.constant(s.rows[r * width + k], keys[k].type)));
    out.formula = iff(all(std::move(tests)), t.constant(s.values[r], s.type), out.formula);
    out.mayBeMissing |= isMissing(s.values[r]);
  }
  out.mayBeMissing |= anyMissing(keys) && !isPresent(s.mapMissingTo);
  out.mayBeInvalid |= anyInvalid(keys);
  out.formula = whenPresent(keys, out.formula, t.constant(s.mapMissingTo, s.type));
  t.set(s.to, out);
}

}  // namespace

bool translateExpression(Translation& t, const Wiring::Known& step) {
  if (const auto* s = step.as<TreatStep>()) {
    if (s->isList) t.refuse("a field holds lists");
    t.set(s->to, treat(t, t.lane(s->from), s->treatment, t.hintOf(s->from)));
  } else if (const auto* c = step.as<CastStep>()) {
    t.set(c->to.slot, cast(t, t.lane(c->from.slot), c->to.type));
  } else if (const auto* r = step.as<ReplaceMissingStep>()) {
    Lane x = t.lane(r->from);
    if (x.mayBeMissing) {
      x.formula = whenPresent({x}, x.formula, t.constant(r->value, x.type));
      x.isSingle &= toFloat(r->value) == r->value;
      x.mayBeMissing = !isPresent(r->value);
    }
    t.set(r->to, x);
  } else if (const auto* y = step.as<CopyStep>()) {
    t.set(y->to, t.lane(y->from));
  } else if (const auto* f = step.as<CallStep>()) {
    translate(t, *f);
  } else if (const auto* e = step.as<FunctionResultStep>()) {
    translate(t, *e);
  } else if (const auto* n = step.as<NormContinuousStep>()) {
    translate(t, *n);
  } else if (const auto* d = step.as<NormDiscreteStep>()) {
    translate(t, *d);
  } else if (const auto* b = step.as<DiscretizeStep>()) {
    translate(t, *b);
  } else if (const auto* m = step.as<MapValuesStep>()) {
    translate(t, *m);
  } else {
    return false;
  }
  return true;
}

}  // namespace scorelet::formulas
