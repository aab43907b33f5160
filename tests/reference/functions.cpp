// Built-in functions (spec: Built-in Functions), one line of meaning each.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

#include "base/math.hpp"
#include "base/text.hpp"
#include "calendar.hpp"
#include "expressions.hpp"

namespace scorelet::reference {

namespace {

using Values = std::vector<Value>;

/// What missing arguments do: make the result missing, drop out, or are the function's own matter.
enum class OnMissing { propagate, skip, own };

struct Builtin {
  const char* parameters;  ///< per argument: n number, t text, b boolean, m moment, a any; the last one repeats
  DataType result;  ///< DataType::list: from the arguments ("integer if all are, float if all are narrow, else double")
  OnMissing onMissing;
  std::function<Value(const Values&)> call;
};

constexpr DataType kPromoted = DataType::list;

Value outside(const char* what) { return Value::invalid(DataType::float64, what); }
Value real(double x) { return Value::number(x); }
Value whole(double x) { return Value::number(x, DataType::integer); }
double x(const Values& v, std::size_t i = 0) { return v[i].asDouble(); }

Builtin unary(double (*f)(double)) {
  return {"n", DataType::float64, OnMissing::propagate, [f](const Values& v) { return real(f(x(v))); }};
}

Builtin comparison(bool (*f)(const Value&, const Value&)) {
  return {"aa", DataType::boolean, OnMissing::propagate,
          [f](const Values& v) { return Value::boolean(f(v[0], v[1])); }};
}

Builtin arithmetic(double (*f)(double, double)) {
  return {"nn", kPromoted, OnMissing::propagate, [f](const Values& v) { return real(f(x(v, 0), x(v, 1))); }};
}

/// Kleene's and/or: `decisive` decides whatever stands beside it.
Builtin kleene(bool decisive) {
  return {"b", DataType::boolean, OnMissing::own, [decisive](const Values& v) {
            Value open = Value::boolean(!decisive);
            for (const Value& a : v) {
              if (a.isPresent() && (a.asDouble() != 0) == decisive) return Value::boolean(decisive);
              if (!a.isPresent() && !open.isInvalid()) open = a;
            }
            return open;
          }};
}

Builtin question(bool (*f)(const Value&)) {
  return {"a", DataType::boolean, OnMissing::own, [f](const Values& v) { return Value::boolean(f(v[0])); }};
}

Builtin membership(bool wanted) {
  return {"a", DataType::boolean, OnMissing::own, [wanted](const Values& v) {
            if (!v[0].isPresent()) return v[0];
            return Value::boolean(
                std::any_of(v.begin() + 1, v.end(), [&](const Value& a) { return equals(v[0], a); }) == wanted);
          }};
}

Value quotient(const Values& v) { return x(v, 1) == 0 ? outside("division by zero") : real(x(v, 0) / x(v, 1)); }

/// x - y floor(x/y), by the exact remainder: the rounding of the quotient would cost digits.
Value modulo(const Values& v) {
  const double rest = dm::fmod(x(v, 0), x(v, 1));
  return real(rest != 0 && (rest < 0) != (x(v, 1) < 0) ? rest + x(v, 1) : rest);
}

Value median(const Values& v) {
  std::vector<double> sorted;
  for (const Value& a : v) sorted.push_back(a.asDouble());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return real(sorted.size() % 2 != 0 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
}

Value choose(const Values& v) {
  const DataType type = v.size() > 2 && v[1].type != v[2].type ? commonType(v[1].type, v[2].type) : v[1].type;
  if (!v[0].isPresent()) return cast(v[0], type);
  if (x(v) != 0) return cast(v[1], type);
  return v.size() > 2 ? cast(v[2], type) : Value::missing(type);
}

/// Mean and standard deviation in arguments 1 and 2.
Builtin normal(double (*f)(double z, double sigma), bool isQuantile) {
  return {"nnn", DataType::float64, OnMissing::propagate, [=](const Values& v) {
            const double sigma = x(v, 2);
            if (!(sigma > 0)) return outside("standard deviation is not positive");
            if (!isQuantile) return real(f((x(v, 0) - x(v, 1)) / sigma, sigma));
            if (!(x(v, 0) > 0 && x(v, 0) < 1)) return outside("not a probability");
            return real(x(v, 1) + sigma * dm::normalQuantile(x(v, 0)));
          }};
}

Value matches(const Values& v) {
  switch (regexes().matches(v[1].asText(), v[0].asText())) {
    case Regexes::Outcome::yes: return Value::boolean(true);
    case Regexes::Outcome::no: return Value::boolean(false);
    default: return Value::invalid(DataType::boolean, "regular expression");
  }
}

Value replace(const Values& v) {
  std::string out;
  const auto outcome = regexes().replace(v[1].asText(), v[0].asText(), v[2].asText(), out, 1 << 20);
  if (outcome == Regexes::Outcome::badPattern || outcome == Regexes::Outcome::limit)
    return Value::invalid(DataType::string, "regular expression");
  return Value::text(out);
}

Value substring(const Values& v) {
  const std::string& s = v[0].asText();
  const double start = x(v, 1), length = x(v, 2);
  if (start < 1 || length < 0 || start != std::floor(start) || length != std::floor(length))
    return Value::invalid(DataType::string, "substring bounds");
  const double count = static_cast<double>(codePoints(s));
  if (start > count) return Value::text("");
  const auto from = byteOffset(s, static_cast<std::size_t>(start - 1));
  const auto to = byteOffset(s, static_cast<std::size_t>(std::min(start - 1 + length, count)));
  return Value::text(s.substr(from, to - from));
}

Value trimBlanks(const Values& v) {
  const std::string& s = v[0].asText();
  const std::size_t from = s.find_first_not_of(" \t\n\r\f\v");
  if (from == std::string::npos) return Value::text("");
  return Value::text(s.substr(from, s.find_last_not_of(" \t\n\r\f\v") - from + 1));
}

/// C printf with one conversion for one number.
Value formatNumber(const Values& v) {
  const std::string& format = v[1].asText();
  std::size_t conversions = 0;
  char letter = 0;
  std::string wide;
  for (std::size_t i = 0; i < format.size(); ++i) {
    wide += format[i];
    if (format[i] != '%') continue;
    if (i + 1 < format.size() && format[i + 1] == '%') {
      wide += format[++i];
      continue;
    }
    ++conversions;
    const std::size_t end = format.find_first_not_of("0123456789+- #.", i + 1);
    if (end == std::string::npos) return Value::invalid(DataType::string, "format");
    wide += format.substr(i + 1, end - i - 1);
    letter = format[end];
    // An integer of any size: as a fixed number without places.
    const bool isInteger = letter == 'd' || letter == 'i';
    if (isInteger && wide.find('.') != std::string::npos) return Value::invalid(DataType::string, "format");
    wide += isInteger ? ".0f" : std::string(1, letter);
    i = end;
  }
  if (conversions != 1 || std::string_view("dieEfgG").find(letter) == std::string_view::npos)
    return Value::invalid(DataType::string, "format");
  char buffer[512];
  const bool isInteger = letter == 'd' || letter == 'i';
  if (isInteger && std::isinf(x(v))) return Value::invalid(DataType::string, "format");
  // Zero has no sign.
  std::snprintf(buffer, sizeof buffer, wide.c_str(), (isInteger ? roundHalfUp(x(v)) : x(v)) + 0.0);
  return Value::text(buffer);
}

double secondsSince1970(const Value& v) { return v.type == DataType::date ? v.asDouble() * 86400 : v.asDouble(); }

Value formatDatetime(const Values& v) {
  const CivilTime t = civilTime(secondsSince1970(v[0]));
  std::tm tm{};
  tm.tm_year = t.year - 1900;
  tm.tm_mon = t.month - 1;
  tm.tm_mday = t.day;
  tm.tm_hour = t.hour;
  tm.tm_min = t.minute;
  tm.tm_sec = static_cast<int>(t.second);
  const double days = std::floor(secondsSince1970(v[0]) / 86400);
  tm.tm_wday = static_cast<int>(days + 4 - 7 * std::floor((days + 4) / 7));
  tm.tm_yday = static_cast<int>(days - daysToYear(t.year));
  char buffer[512];
  return Value::text(std::string(buffer, std::strftime(buffer, sizeof buffer, v[1].asText().c_str(), &tm)));
}

const std::map<std::string, Builtin>& builtins() {
  using M = OnMissing;
  const auto D = DataType::float64, I = DataType::integer, S = DataType::string, B = DataType::boolean;
  static const std::map<std::string, Builtin> table{
      {"+", arithmetic([](double a, double b) { return a + b; })},
      {"-", arithmetic([](double a, double b) { return a - b; })},
      {"*", arithmetic([](double a, double b) { return a * b; })},
      {"/", {"nn", D, M::propagate, quotient}},
      {"min", {"n", kPromoted, M::skip, [](const Values& v) { return *std::min_element(v.begin(), v.end(), less); }}},
      {"max", {"n", kPromoted, M::skip, [](const Values& v) { return *std::max_element(v.begin(), v.end(), less); }}},
      {"sum",
       {"n", kPromoted, M::skip,
        [](const Values& v) {
          double s = 0;
          for (auto& a : v) s += a.asDouble();
          return real(s);
        }}},
      {"avg",
       {"n", D, M::skip,
        [](const Values& v) {
          double s = 0;
          for (auto& a : v) s += a.asDouble();
          return real(s / static_cast<double>(v.size()));
        }}},
      {"median", {"n", D, M::skip, median}},
      {"product",
       {"n", kPromoted, M::skip,
        [](const Values& v) {
          double p = 1;
          for (auto& a : v) p *= a.asDouble();
          return real(p);
        }}},
      {"log10",
       {"n", D, M::propagate, [](const Values& v) { return x(v) > 0 ? real(dm::log10(x(v))) : outside("log10"); }}},
      {"ln", {"n", D, M::propagate, [](const Values& v) { return x(v) > 0 ? real(dm::log(x(v))) : outside("ln"); }}},
      {"ln1p",
       {"n", D, M::propagate, [](const Values& v) { return x(v) > -1 ? real(dm::log1p(x(v))) : outside("ln1p"); }}},
      {"sqrt",
       {"n", D, M::propagate, [](const Values& v) { return x(v) >= 0 ? real(std::sqrt(x(v))) : outside("sqrt"); }}},
      {"abs", {"n", kPromoted, M::propagate, [](const Values& v) { return real(std::fabs(x(v))); }}},
      {"exp", unary(dm::exp)},
      {"expm1", unary(dm::expm1)},
      {"pow",
       {"nn", D, M::propagate,
        [](const Values& v) {
          return x(v, 0) == 0 && x(v, 1) < 0 ? outside("pow") : real(dm::pow(x(v, 0), x(v, 1)));
        }}},
      {"hypot", {"nn", D, M::propagate, [](const Values& v) { return real(dm::hypot(x(v, 0), x(v, 1))); }}},
      {"threshold", {"nn", I, M::propagate, [](const Values& v) { return whole(x(v, 0) > x(v, 1) ? 1 : 0); }}},
      {"floor", {"n", kPromoted, M::propagate, [](const Values& v) { return real(std::floor(x(v))); }}},
      {"ceil", {"n", kPromoted, M::propagate, [](const Values& v) { return real(std::ceil(x(v))); }}},
      {"round", {"n", kPromoted, M::propagate, [](const Values& v) { return real(roundHalfUp(x(v))); }}},
      {"rint", {"n", kPromoted, M::propagate, [](const Values& v) { return real(std::rint(x(v))); }}},
      {"modulo", {"nn", kPromoted, M::propagate, modulo}},
      {"sin", unary(dm::sin)},
      {"cos", unary(dm::cos)},
      {"tan", unary(dm::tan)},
      {"atan", unary(dm::atan)},
      {"sinh", unary(dm::sinh)},
      {"cosh", unary(dm::cosh)},
      {"tanh", unary(dm::tanh)},
      {"erf", unary(dm::erf)},
      {"asin",
       {"n", D, M::propagate,
        [](const Values& v) { return std::fabs(x(v)) <= 1 ? real(dm::asin(x(v))) : outside("asin"); }}},
      {"acos",
       {"n", D, M::propagate,
        [](const Values& v) { return std::fabs(x(v)) <= 1 ? real(dm::acos(x(v))) : outside("acos"); }}},
      {"x-atan2", {"nn", D, M::propagate, [](const Values& v) { return real(dm::atan2(x(v, 0), x(v, 1))); }}},
      {"logit",
       {"n", D, M::propagate,
        [](const Values& v) {
          return x(v) > 0 && x(v) < 1 ? real(dm::log(x(v) / (1 - x(v)))) : outside("not a probability");
        }}},
      {"expit", unary([](double y) { return 1 / (1 + dm::exp(-y)); })},
      {"isMissing", question([](const Value& v) { return v.isMissing(); })},
      {"isNotMissing", question([](const Value& v) { return !v.isMissing(); })},
      {"isValid", question([](const Value& v) { return v.isPresent(); })},
      {"isNotValid", question([](const Value& v) { return !v.isPresent(); })},
      {"equal", comparison([](const Value& a, const Value& b) { return equals(a, b); })},
      {"notEqual", comparison([](const Value& a, const Value& b) { return !equals(a, b); })},
      {"lessThan", comparison([](const Value& a, const Value& b) { return less(a, b); })},
      {"lessOrEqual", comparison([](const Value& a, const Value& b) { return !less(b, a); })},
      {"greaterThan", comparison([](const Value& a, const Value& b) { return less(b, a); })},
      {"greaterOrEqual", comparison([](const Value& a, const Value& b) { return !less(a, b); })},
      {"and", kleene(false)},
      {"or", kleene(true)},
      {"not", {"b", B, M::propagate, [](const Values& v) { return Value::boolean(x(v) == 0); }}},
      {"isIn", membership(true)},
      {"isNotIn", membership(false)},
      {"if", {"b-", B, M::own, choose}},
      {"uppercase",
       {"t", S, M::propagate,
        [](const Values& v) {
          std::string o;
          toUpper(v[0].asText(), o);
          return Value::text(o);
        }}},
      {"lowercase",
       {"t", S, M::propagate,
        [](const Values& v) {
          std::string o;
          toLower(v[0].asText(), o);
          return Value::text(o);
        }}},
      {"stringLength",
       {"t", I, M::propagate, [](const Values& v) { return whole(static_cast<double>(codePoints(v[0].asText()))); }}},
      {"substring", {"tnn", S, M::propagate, substring}},
      {"trimBlanks", {"t", S, M::propagate, trimBlanks}},
      {"concat",
       {"t", S, M::propagate,
        [](const Values& v) {
          std::string o;
          for (auto& a : v) o += a.asText();
          return Value::text(o);
        }}},
      {"replace", {"t", S, M::propagate, replace}},
      {"matches", {"t", B, M::propagate, matches}},
      {"formatNumber", {"nt", S, M::propagate, formatNumber}},
      {"formatDatetime", {"mt", S, M::propagate, formatDatetime}},
      {"formatDateTime", {"mt", S, M::propagate, formatDatetime}},
      {"dateDaysSinceYear",
       {"mn", I, M::propagate,
        [](const Values& v) {
          return whole(std::floor(secondsSince1970(v[0]) / 86400) - daysToYear(static_cast<int>(x(v, 1))));
        }}},
      {"dateSecondsSinceYear",
       {"mn", I, M::propagate,
        [](const Values& v) {
          return whole(std::floor(secondsSince1970(v[0])) - daysToYear(static_cast<int>(x(v, 1))) * 86400);
        }}},
      {"dateSecondsSinceMidnight",
       {"m", I, M::propagate,
        [](const Values& v) {
          const double s = std::floor(secondsSince1970(v[0]));
          return whole(v[0].type == DataType::time ? s : s - 86400 * std::floor(s / 86400));
        }}},
      {"normalCDF", normal([](double z, double) { return dm::normalCdf(z); }, false)},
      {"normalPDF", normal([](double z, double sigma) { return dm::normalPdf(z) / sigma; }, false)},
      {"normalIDF", normal(nullptr, true)},
      {"stdNormalCDF", unary(dm::normalCdf)},
      {"stdNormalPDF", unary(dm::normalPdf)},
      {"stdNormalIDF",
       {"n", D, M::propagate,
        [](const Values& v) {
          return x(v) > 0 && x(v) < 1 ? real(dm::normalQuantile(x(v))) : outside("not a probability");
        }}},
  };
  return table;
}

Value prepared(const Value& v, char kind) {
  if (kind == 'n' && v.isText()) return cast(v, DataType::float64);
  if (kind == 'n' && v.type == DataType::string) return cast(v, DataType::float64);
  if (kind == 't') return cast(v, DataType::string);
  if (kind == 'b') return cast(v, DataType::boolean);
  if (kind == 'm' && v.type == DataType::string) return cast(v, DataType::dateTime);
  return v;
}

bool wantsMoment(const std::string& name, std::size_t argument) {
  const auto found = builtins().find(name);
  if (found == builtins().end()) return false;
  const std::string_view kinds = found->second.parameters;
  return kinds[std::min(argument, kinds.size() - 1)] == 'm';
}

DataType promoted(const Values& arguments) {
  bool allIntegers = true, allNarrow = true;
  for (const Value& v : arguments) {
    const bool isInteger = v.type == DataType::integer || v.type == DataType::boolean;
    allIntegers &= isInteger;
    allNarrow &= isInteger || v.type == DataType::float32;
  }
  return allIntegers ? DataType::integer : allNarrow ? DataType::float32 : DataType::float64;
}

}  // namespace

std::optional<Value> callBuiltin(const std::string& name, const Values& given) {
  const auto found = builtins().find(name);
  if (found == builtins().end()) return std::nullopt;
  const Builtin& f = found->second;
  Values arguments;
  const std::string_view kinds = f.parameters;
  for (std::size_t i = 0; i < given.size(); ++i)
    arguments.push_back(prepared(given[i], kinds[std::min(i, kinds.size() - 1)]));
  if (kinds[0] == 'a' && arguments.size() > 1) {
    DataType meeting = arguments[0].type;
    for (const Value& a : arguments) meeting = commonType(meeting, a.type);
    for (Value& a : arguments) a = cast(a, meeting);
  }
  const DataType type = f.result == kPromoted ? promoted(arguments) : f.result;
  if (f.onMissing == OnMissing::own) {
    const Value v = f.call(arguments);
    return name == "if" ? v : cast(v, type);
  }
  for (const Value& a : arguments)
    if (a.isInvalid()) return cast(a, type);
  if (f.onMissing == OnMissing::skip) std::erase_if(arguments, [](const Value& a) { return a.isMissing(); });
  const bool anyMissing = std::any_of(arguments.begin(), arguments.end(), [](const Value& a) { return a.isMissing(); });
  if (anyMissing || arguments.empty()) return Value::missing(type);
  Value result = f.call(arguments);
  if (result.isNumber()) return Value::number(result.asDouble(), type);
  return cast(result, type);
}

Value evaluateApply(const Context& context, Node e) {
  const std::string name = attributeOr(e, "function", "");
  Values arguments;
  for (Node a : children(e)) {
    if (!isExpression(a)) continue;
    Value v = evaluate(Context{context.scope, context.parameters}, a);
    // A constant says by its form that it is a time of day.
    const bool mayBeTime = localName(a) == "Constant" && v.isText() && wantsMoment(name, arguments.size());
    if (const Value time = mayBeTime ? cast(v, DataType::time) : Value(); time.isPresent()) v = time;
    arguments.push_back(std::move(v));
  }
  bool anyMissing = false, anyInvalid = false;
  for (const Value& a : arguments) anyMissing |= a.isMissing(), anyInvalid |= a.isInvalid();

  Value result;
  // A document's own function goes before a vendor's of the same name, but not before one of the standard.
  const bool isVendor = name.starts_with("x-") || name == "expit" || name == "logit" || name == "formatDateTime";
  Node function;
  for (Node f : children(child(context.scope.session().root, "TransformationDictionary"), "DefineFunction"))
    if (attributeOr(f, "name", "") == name) function = f;
  if (auto builtin = function && isVendor ? std::nullopt : callBuiltin(name, arguments)) {
    result = std::move(*builtin);
  } else {
    if (!function) return Value::invalid(DataType::float64, "there is no function " + name);
    std::map<std::string, Field> parameters;
    std::size_t i = 0;
    for (Node p : children(function, "ParameterField")) {
      if (i >= arguments.size()) return Value::invalid(DataType::float64, "too few arguments");
      const Value& a = arguments[i++];
      parameters[attributeOr(p, "name", "")].value = a.isList() ? a : cast(a, dataTypeOf(p, a.type));
    }
    const auto type = dataTypeFromName(function.attribute("dataType").value());
    result = evaluate(Context{context.scope, &parameters, type}, expressionIn(function));
    if (type && !result.isList()) result = cast(result, *type);
  }
  const DataType type = result.type;
  if (anyMissing && !anyInvalid)
    if (const auto mapped = attribute(e, "mapMissingTo")) return parseReplacement(*mapped, type);
  // An invalid argument is not this call's to treat.
  if (result.isInvalid() && !anyInvalid && attributeOr(e, "invalidValueTreatment", "returnInvalid") == "asMissing")
    result = Value::missing(type);
  if (result.isMissing())
    if (const auto otherwise = attribute(e, "defaultValue")) return parseReplacement(*otherwise, type);
  return result;
}

}  // namespace scorelet::reference
