// One row per function, in the order of their names, by which `find` searches.
#include <algorithm>
#include <initializer_list>

#include "base/math.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

using enum ParamKind;
using Result = ResultRule;
using Missing = MissingRule;

constexpr std::uint8_t kMany = 255;

constexpr Builtin row(std::string_view name, std::uint8_t minArguments, std::uint8_t maxArguments,
                      std::initializer_list<ParamKind> kinds, ResultRule result, MissingRule missing, Function function,
                      std::string_view summary, bool isVendor = false) {
  Builtin b{name, minArguments, maxArguments, {}, result, missing, function, isVendor, summary};
  for (std::size_t i = 0; i < std::size(b.parameters); ++i)
    b.parameters[i] = kinds.begin()[std::min(i, kinds.size() - 1)];
  return b;
}

// clang-format off
constexpr Builtin kTable[] = {
    row("*",                        2, 2,      {number},         Result::promoted, Missing::propagate, multiply,                  "product of two"),
    row("+",                        2, 2,      {number},         Result::promoted, Missing::propagate, add,                       "sum of two"),
    row("-",                        2, 2,      {number},         Result::promoted, Missing::propagate, subtract,                  "difference of two"),
    row("/",                        2, 2,      {number},         Result::real,     Missing::propagate, divide,                    "quotient; division by zero is invalid"),
    row("abs",                      1, 1,      {number},         Result::promoted, Missing::propagate, absolute,                  "absolute value"),
    row("acos",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::acos>,           "arc cosine"),
    row("and",                      2, kMany,  {boolean},        Result::boolean,  Missing::own,       conjunction,               "true if all arguments are"),
    row("asin",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::asin>,           "arc sine"),
    row("atan",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::atan>,           "arc tangent"),
    row("avg",                      1, kMany,  {number},         Result::real,     Missing::skip,      avg,                       "mean of the arguments present"),
    row("ceil",                     1, 1,      {number},         Result::promoted, Missing::propagate, ceil,                      "least integer not below x"),
    row("concat",                   2, kMany,  {text},           Result::text,     Missing::propagate, concat,                    "texts one after the other"),
    row("cos",                      1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::cos>,            "cosine"),
    row("cosh",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::cosh>,           "hyperbolic cosine"),
    row("dateDaysSinceYear",        2, 2,      {moment, number}, Result::integer,  Missing::propagate, dateDaysSinceYear,         "days since January 1 of a year"),
    row("dateSecondsSinceMidnight", 1, 1,      {moment},         Result::integer,  Missing::propagate, dateSecondsSinceMidnight,  "seconds since midnight"),
    row("dateSecondsSinceYear",     2, 2,      {moment, number}, Result::integer,  Missing::propagate, dateSecondsSinceYear,      "seconds since January 1, 0:00 of a year"),
    row("equal",                    2, 2,      {any},            Result::boolean,  Missing::propagate, equal,                     "x = y"),
    row("erf",                      1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::erf>,            "error function"),
    row("exp",                      1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::exp>,            "e to the power x"),
    row("expit",                    1, 1,      {number},         Result::real,     Missing::propagate, expit,                     "1 / (1 + e to the power -x)", true),
    row("expm1",                    1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::expm1>,          "e to the power x, minus 1"),
    row("floor",                    1, 1,      {number},         Result::promoted, Missing::propagate, floor,                     "greatest integer not above x"),
    row("formatDateTime",           2, 2,      {moment, text},   Result::text,     Missing::propagate, formatDatetime,            "formatDatetime as some producers spell it", true),
    row("formatDatetime",           2, 2,      {moment, text},   Result::text,     Missing::propagate, formatDatetime,            "date or time written as a strftime format says"),
    row("formatNumber",             2, 2,      {number, text},   Result::text,     Missing::propagate, formatNumber,              "number written as a printf format says"),
    row("greaterOrEqual",           2, 2,      {any},            Result::boolean,  Missing::propagate, greaterOrEqual,            "x >= y"),
    row("greaterThan",              2, 2,      {any},            Result::boolean,  Missing::propagate, greaterThan,               "x > y"),
    row("hypot",                    2, 2,      {number},         Result::real,     Missing::propagate, binary<dm::hypot>,         "square root of x² + y²"),
    row("if",                       2, 3,      {boolean, any},   Result::alike,    Missing::own,       choice,                    "second argument if the first is true, else the third"),
    row("isIn",                     2, kMany,  {any},            Result::boolean,  Missing::own,       isIn,                      "true if the first argument is among the others"),
    row("isMissing",                1, 1,      {any},            Result::boolean,  Missing::own,       isMissingFunction,         "true if the argument is missing"),
    row("isNotIn",                  2, kMany,  {any},            Result::boolean,  Missing::own,       isNotIn,                   "true if the first argument is not among the others"),
    row("isNotMissing",             1, 1,      {any},            Result::boolean,  Missing::own,       isNotMissing,              "true if the argument is not missing"),
    row("isNotValid",               1, 1,      {any},            Result::boolean,  Missing::own,       isNotValid,                "true if the argument is missing or invalid"),
    row("isValid",                  1, 1,      {any},            Result::boolean,  Missing::own,       isValid,                   "true if the argument is neither missing nor invalid"),
    row("lessOrEqual",              2, 2,      {any},            Result::boolean,  Missing::propagate, lessOrEqual,               "x <= y"),
    row("lessThan",                 2, 2,      {any},            Result::boolean,  Missing::propagate, lessThan,                  "x < y"),
    row("ln",                       1, 1,      {number},         Result::real,     Missing::propagate, ln,                        "natural logarithm"),
    row("ln1p",                     1, 1,      {number},         Result::real,     Missing::propagate, ln1p,                      "natural logarithm of 1 + x"),
    row("log10",                    1, 1,      {number},         Result::real,     Missing::propagate, log10,                     "logarithm to base 10"),
    row("logit",                    1, 1,      {number},         Result::real,     Missing::propagate, logit,                     "ln(p / (1 - p))", true),
    row("lowercase",                1, 1,      {text},           Result::text,     Missing::propagate, lowercase,                 "text in lower case"),
    row("matches",                  2, 2,      {text},           Result::boolean,  Missing::propagate, matches,                   "true if a pattern occurs in a text"),
    row("max",                      1, kMany,  {number},         Result::promoted, Missing::skip,      max,                       "largest of the arguments present"),
    row("median",                   1, kMany,  {number},         Result::real,     Missing::skip,      median,                    "median of the arguments present"),
    row("min",                      1, kMany,  {number},         Result::promoted, Missing::skip,      min,                       "smallest of the arguments present"),
    row("modulo",                   2, 2,      {number},         Result::promoted, Missing::propagate, modulo,                    "x - y floor(x / y)"),
    row("normalCDF",                3, 3,      {number},         Result::real,     Missing::propagate, normalCdf,                 "normal distribution: probability up to x"),
    row("normalIDF",                3, 3,      {number},         Result::real,     Missing::propagate, normalIdf,                 "normal distribution: quantile of p"),
    row("normalPDF",                3, 3,      {number},         Result::real,     Missing::propagate, normalPdf,                 "normal distribution: density at x"),
    row("not",                      1, 1,      {boolean},        Result::boolean,  Missing::propagate, negation,                  "true if the argument is false"),
    row("notEqual",                 2, 2,      {any},            Result::boolean,  Missing::propagate, notEqual,                  "x differs from y"),
    row("or",                       2, kMany,  {boolean},        Result::boolean,  Missing::own,       disjunction,               "true if any argument is"),
    row("pow",                      2, 2,      {number},         Result::real,     Missing::propagate, power,                     "x to the power y"),
    row("product",                  1, kMany,  {number},         Result::promoted, Missing::skip,      product,                   "product of the arguments present"),
    row("replace",                  3, 3,      {text},           Result::text,     Missing::propagate, replace,                   "text with every match of a pattern replaced"),
    row("rint",                     1, 1,      {number},         Result::promoted, Missing::propagate, rint,                      "nearest integer, halves to even"),
    row("round",                    1, 1,      {number},         Result::promoted, Missing::propagate, round,                     "nearest integer, halves up"),
    row("sin",                      1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::sin>,            "sine"),
    row("sinh",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::sinh>,           "hyperbolic sine"),
    row("sqrt",                     1, 1,      {number},         Result::real,     Missing::propagate, sqrt,                      "square root"),
    row("stdNormalCDF",             1, 1,      {number},         Result::real,     Missing::propagate, stdNormalCdf,              "standard normal distribution: probability up to x"),
    row("stdNormalIDF",             1, 1,      {number},         Result::real,     Missing::propagate, stdNormalIdf,              "standard normal distribution: quantile of p"),
    row("stdNormalPDF",             1, 1,      {number},         Result::real,     Missing::propagate, stdNormalPdf,              "standard normal distribution: density at x"),
    row("stringLength",             1, 1,      {text},           Result::integer,  Missing::propagate, stringLength,              "number of characters"),
    row("substring",                3, 3,      {text, number},   Result::text,     Missing::propagate, substring,                 "part of a text: start from 1, length"),
    row("sum",                      1, kMany,  {number},         Result::promoted, Missing::skip,      sum,                       "sum of the arguments present"),
    row("tan",                      1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::tan>,            "tangent"),
    row("tanh",                     1, 1,      {number},         Result::real,     Missing::propagate, unary<dm::tanh>,           "hyperbolic tangent"),
    row("threshold",                2, 2,      {number},         Result::integer,  Missing::propagate, threshold,                 "1 if x > y, else 0"),
    row("trimBlanks",               1, 1,      {text},           Result::text,     Missing::propagate, trimBlanks,                "text without blanks at its ends"),
    row("uppercase",                1, 1,      {text},           Result::text,     Missing::propagate, uppercase,                 "text in upper case"),
    row("x-atan2",                  2, 2,      {number},         Result::real,     Missing::propagate, binary<dm::atan2>,         "angle of the point (y, x)", true),
};
// clang-format on

static_assert(std::ranges::is_sorted(kTable, {}, &Builtin::name));

}  // namespace

const Builtin* find(std::string_view name) noexcept {
  const auto* at = std::ranges::lower_bound(kTable, name, {}, &Builtin::name);
  return at != std::end(kTable) && at->name == name ? at : nullptr;
}

std::span<const Builtin> all() noexcept { return kTable; }

}  // namespace scorelet::functions
