// Built-in functions but for text and formats. Real results are mpmath's with 40 digits.
#include "functions_fixture.hpp"

#include <cmath>
#include <limits>

namespace scorelet::functions {
namespace {

constexpr double kTolerance = 4e-15;  // relative
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST_F(FunctionsTest, TheStandardsFunctionsAreAllThere) {
  for (const char* name : {"+",
                           "-",
                           "*",
                           "/",
                           "min",
                           "max",
                           "sum",
                           "avg",
                           "median",
                           "product",
                           "log10",
                           "ln",
                           "sqrt",
                           "abs",
                           "exp",
                           "pow",
                           "threshold",
                           "floor",
                           "ceil",
                           "round",
                           "rint",
                           "modulo",
                           "isMissing",
                           "isNotMissing",
                           "isValid",
                           "isNotValid",
                           "equal",
                           "notEqual",
                           "lessThan",
                           "lessOrEqual",
                           "greaterThan",
                           "greaterOrEqual",
                           "and",
                           "or",
                           "not",
                           "isIn",
                           "isNotIn",
                           "if",
                           "uppercase",
                           "lowercase",
                           "stringLength",
                           "substring",
                           "trimBlanks",
                           "concat",
                           "replace",
                           "matches",
                           "formatNumber",
                           "formatDatetime",
                           "dateDaysSinceYear",
                           "dateSecondsSinceYear",
                           "dateSecondsSinceMidnight",
                           "normalCDF",
                           "normalPDF",
                           "normalIDF",
                           "stdNormalCDF",
                           "stdNormalPDF",
                           "stdNormalIDF",
                           "erf",
                           "expm1",
                           "hypot",
                           "ln1p",
                           "sin",
                           "asin",
                           "sinh",
                           "cos",
                           "acos",
                           "cosh",
                           "tan",
                           "atan",
                           "tanh"}) {
    const Builtin* function = find(name);
    ASSERT_NE(function, nullptr) << name;
    EXPECT_EQ(function->name, name);
    EXPECT_FALSE(function->isVendor) << name;
  }
  for (const char* name : {"x-atan2", "expit", "logit", "formatDateTime"}) {
    ASSERT_NE(find(name), nullptr) << name;
    EXPECT_TRUE(find(name)->isVendor) << name;
  }
  for (const char* name : {"", "Sum", "SQRT", "log", "zzz", "!"}) EXPECT_EQ(find(name), nullptr) << name;
}

TEST_F(FunctionsTest, LastParameterKindRepeats) {
  EXPECT_EQ(find("concat")->parameters[3], ParamKind::text);
  EXPECT_EQ(find("if")->parameters[0], ParamKind::boolean);
  EXPECT_EQ(find("if")->parameters[2], ParamKind::any);
  EXPECT_EQ(find("substring")->parameters[2], ParamKind::number);
}

TEST_F(FunctionsTest, RealFunctionsOfOneArgument) {
  constexpr struct {
    const char* name;
    double x[1];
    double expected;
  } kCases[] = {
      {"log10", {0.001}, -2.99999999999999999},
      {"log10", {7}, 0.845098040014256831},
      {"log10", {1e+300}, 300.0},
      {"ln", {0.5}, -0.693147180559945309},
      {"ln", {10}, 2.30258509299404568},
      {"ln", {5e-324}, -744.440071921381262},
      {"sqrt", {2}, 1.41421356237309505},
      {"sqrt", {1e-300}, 1.00000000000000001e-150},
      {"exp", {0.1}, 1.10517091807564763},
      {"exp", {700}, 1.01423205473500451e+304},
      {"erf", {-1.25}, -0.92290012825645823},
      {"erf", {0.001}, 0.0011283787909692364},
      {"erf", {3}, 0.999977909503001415},
      {"expm1", {1e-10}, 1.00000000005000004e-10},
      {"expm1", {-0.7}, -0.503414696208590463},
      {"expm1", {2}, 6.38905609893065023},
      {"ln1p", {1e-15}, 9.99999999999999578e-16},
      {"ln1p", {-0.9}, -2.30258509299404591},
      {"ln1p", {5}, 1.791759469228055},
      {"sin", {0.5}, 0.479425538604203},
      {"sin", {100}, -0.506365641109758794},
      {"sin", {1000000.0}, -0.349993502171292952},
      {"asin", {-0.3}, -0.304692654015397496},
      {"asin", {1}, 1.57079632679489662},
      {"sinh", {1e-05}, 0.0000100000000001666675},
      {"sinh", {-1.25}, -1.60191908030082564},
      {"sinh", {20}, 242582597.704895138},
      {"cos", {0.5}, 0.877582561890372716},
      {"cos", {100}, 0.862318872287683934},
      {"acos", {0.99}, 0.141539473324427282},
      {"acos", {-0.2}, 1.77215424758522742},
      {"cosh", {0.1}, 1.0050041680558036},
      {"cosh", {15}, 1634508.68623620827},
      {"tan", {0.7}, 0.842288380463079372},
      {"tan", {-2}, 2.18503986326151899},
      {"atan", {2.5}, 1.19028994968253173},
      {"atan", {-10000000000.0}, -1.57079632669489662},
      {"tanh", {0.01}, 0.00999966667999946055},
      {"tanh", {-3}, -0.995054753686730451},
      {"stdNormalCDF", {0.2}, 0.579259709439103027},
      {"stdNormalPDF", {-1.25}, 0.182649085389021905},
      {"expit", {-30}, 9.35762296883929895e-14},
      {"expit", {0.3}, 0.574442516811658984},
      {"expit", {5}, 0.993307149075715144},
      {"logit", {0.3}, -0.847297860387203667},
  };
  for (const auto& c : kCases) {
    const Value actual = call(c.name, {{c.x[0]}});
    EXPECT_LE(std::fabs(actual - c.expected), kTolerance * std::fabs(c.expected))
        << c.name << " of " << c.x[0] << ": " << actual;
  }
}

TEST_F(FunctionsTest, NumbersOfSeveralArguments) {
  const struct {
    const char* name;
    std::vector<double> arguments;
    double expected;
  } cases[] = {{"+", {2, 3}, 5},
               {"-", {2, 3}, -1},
               {"*", {2, 3}, 6},
               {"/", {3, 2}, 1.5},
               {"pow", {2, -1}, 0.5},
               {"pow", {0, 0}, 1},
               {"pow", {-2, 3}, -8},
               {"modulo", {2.5, -3}, -0.5},
               {"modulo", {-7, 3}, 2},
               {"modulo", {7, 3}, 1},
               {"modulo", {-7, -3}, -1},
               {"modulo", {6, 3}, 0},
               {"threshold", {3, 2}, 1},
               {"threshold", {2, 2}, 0},
               {"hypot", {3e200, 4e200}, 5e200},
               {"x-atan2", {1, -1}, 2.356194490192345},
               {"normalCDF", {1, 3, 2}, 0.15865525393145705},
               {"normalPDF", {1, 3, 2}, 0.12098536225957168},
               {"normalIDF", {0.975, 3, 2}, 6.919927969080108},
               {"min", {3, -1, 2}, -1},
               {"max", {3, -1, 2}, 3},
               {"sum", {1, 2, 3.5}, 6.5},
               {"product", {2, 3, 4}, 24},
               {"avg", {1, 2, 6}, 3},
               {"median", {5, 1, 3}, 3},
               {"median", {4, 1, 3, 2}, 2.5},
               {"median", {2, 2, 1, 2}, 2},
               {"median", {7}, 7}};
  for (const auto& c : cases) {
    Value actual = 0;
    const auto& a = c.arguments;
    if (a.size() == 1) actual = call(c.name, {{a[0]}});
    if (a.size() == 2) actual = call(c.name, {{a[0]}, {a[1]}});
    if (a.size() == 3) actual = call(c.name, {{a[0]}, {a[1]}, {a[2]}});
    if (a.size() == 4) actual = call(c.name, {{a[0]}, {a[1]}, {a[2]}, {a[3]}});
    EXPECT_LE(std::fabs(actual - c.expected), kTolerance * std::fabs(c.expected)) << c.name << ": " << actual;
  }
}

TEST_F(FunctionsTest, Rounding) {
  constexpr struct {
    const char* name;
    double x, expected;
  } kCases[] = {{"round", 2.5, 3},
                {"round", -2.5, -2},
                {"round", 0.49999999999999994, 0},
                {"round", -0.5, 0},
                {"round", 4503599627370497, 4503599627370497},
                {"rint", 2.5, 2},
                {"rint", 3.5, 4},
                {"rint", -2.5, -2},
                {"rint", -7, -7},
                {"floor", -1.1, -2},
                {"floor", 1.9, 1},
                {"ceil", 1.1, 2},
                {"ceil", -1.9, -1},
                {"abs", -3.5, 3.5}};
  for (const auto& c : kCases) EXPECT_EQ(call(c.name, {{c.x}}), c.expected) << c.name << " of " << c.x;
  EXPECT_EQ(call("round", {{-kInfinity}}), -kInfinity);
}

TEST_F(FunctionsTest, OutsideTheDomainIsInvalid) {
  constexpr struct {
    const char* name;
    double x;
  } kOne[] = {{"ln", 0},      {"ln", -1},         {"log10", 0},        {"sqrt", -1e-300},   {"ln1p", -1}, {"asin", 1.5},
              {"acos", -1.5}, {"sin", kInfinity}, {"stdNormalIDF", 0}, {"stdNormalIDF", 1}, {"logit", 1}};
  for (const auto& c : kOne)
    EXPECT_EQ(reasonOf(call(c.name, {{c.x}})), Reason::functionDomain) << c.name << " of " << c.x;
  constexpr struct {
    const char* name;
    double x, y;
  } kTwo[] = {
      {"/", 1, 0},    {"/", 0, 0},         {"/", kInfinity, kInfinity}, {"modulo", 5, 0}, {"modulo", kInfinity, 2},
      {"pow", 0, -1}, {"pow", -8, 1.0 / 3}};
  for (const auto& c : kTwo)
    EXPECT_EQ(reasonOf(call(c.name, {{c.x}, {c.y}})), Reason::functionDomain) << c.name << c.x << ", " << c.y;
  EXPECT_EQ(reasonOf(call("-", {{kInfinity}, {kInfinity}})), Reason::notANumber);
  EXPECT_EQ(reasonOf(call("sum", {{kInfinity}, {-kInfinity}})), Reason::notANumber);
  EXPECT_EQ(reasonOf(call("normalCDF", {{0}, {0}, {0}})), Reason::functionDomain);
  EXPECT_EQ(reasonOf(call("normalIDF", {{2}, {0}, {1}})), Reason::functionDomain);
  EXPECT_EQ(call("exp", {{1000}}), kInfinity);
}

TEST_F(FunctionsTest, MissingArguments) {
  const Argument m{missing()};
  EXPECT_TRUE(isMissing(call("+", {{1}, m})));
  EXPECT_EQ(call("sum", {{4}, m, {7}}), 11);
  EXPECT_EQ(call("avg", {{4}, m, {7}}), 5.5);
  EXPECT_EQ(call("median", {m, {3}, m}), 3);
  EXPECT_TRUE(isMissing(call("max", {m, m})));
  EXPECT_TRUE(isMissing(call("equal", {m, m})));
  EXPECT_TRUE(isMissing(call("not", {m})));
  EXPECT_TRUE(isMissing(call("isIn", {m, {1}})));
  EXPECT_TRUE(isMissing(call("isNotIn", {m, {1}})));
}

TEST_F(FunctionsTest, ThreeValuedLogic) {
  const Value f = 0, t = 1, m = missing(), x = invalid(Reason::functionDomain, 5);
  const auto name = [](Value v) { return isInvalid(v) ? 'x' : isMissing(v) ? 'm' : v == 1 ? 't' : 'f'; };
  constexpr struct {
    const char* operands;
    char conjunction, disjunction;
  } kCases[] = {{"tt", 't', 't'}, {"tf", 'f', 't'}, {"ff", 'f', 'f'}, {"tm", 'm', 't'}, {"mt", 'm', 't'},
                {"fm", 'f', 'm'}, {"mf", 'f', 'm'}, {"mm", 'm', 'm'}, {"tx", 'x', 't'}, {"xf", 'f', 'x'},
                {"mx", 'x', 'x'}, {"xm", 'x', 'x'}, {"xx", 'x', 'x'}};
  for (const auto& c : kCases) {
    const auto operand = [&](int i) {
      const char o = c.operands[i];
      return Argument{o == 't' ? t : o == 'f' ? f : o == 'm' ? m : x, DataType::boolean};
    };
    EXPECT_EQ(name(call("and", {operand(0), operand(1)})), c.conjunction) << c.operands;
    EXPECT_EQ(name(call("or", {operand(0), operand(1)})), c.disjunction) << c.operands;
  }
  EXPECT_EQ(whereOf(call("and", {{x}, {t}})), 5u);
  EXPECT_EQ(call("not", {{0}}), 1);
  EXPECT_EQ(call("not", {{1}}), 0);
}

TEST_F(FunctionsTest, ChoiceLooksAtTheChosenBranchOnly) {
  const Argument bad{invalid(Reason::functionDomain)}, m{missing()};
  EXPECT_EQ(call("if", {{1}, {2}, bad}), 2);
  EXPECT_EQ(call("if", {{0}, bad, {3}}), 3);
  EXPECT_EQ(call("if", {{1}, {2}, m}), 2);
  EXPECT_TRUE(isInvalid(call("if", {{1}, bad, {3}})));
  EXPECT_TRUE(isMissing(call("if", {{0}, {2}})));
  EXPECT_TRUE(isMissing(call("if", {m, {2}, {3}})));
  EXPECT_TRUE(isInvalid(call("if", {bad, {2}, {3}})));
}

TEST_F(FunctionsTest, StateOfAValue) {
  const Argument present{1}, m{missing()}, bad{invalid(Reason::notInDomain)};
  const struct {
    const char* name;
    int ofPresent, ofMissing, ofInvalid;
  } cases[] = {{"isMissing", 0, 1, 0}, {"isNotMissing", 1, 0, 1}, {"isValid", 1, 0, 0}, {"isNotValid", 0, 1, 1}};
  for (const auto& c : cases) {
    EXPECT_EQ(call(c.name, {present}), c.ofPresent) << c.name;
    EXPECT_EQ(call(c.name, {m}), c.ofMissing) << c.name;
    EXPECT_EQ(call(c.name, {bad}), c.ofInvalid) << c.name;
  }
}

TEST_F(FunctionsTest, Comparisons) {
  constexpr struct {
    double x, y;
    int equal, less, lessOrEqual;
  } kCases[] = {{1, 2, 0, 1, 1}, {2, 2, 1, 0, 1}, {3, 2, 0, 0, 0}, {0.0, -0.0, 1, 0, 1}};
  for (const auto& c : kCases) {
    EXPECT_EQ(call("equal", {{c.x}, {c.y}}), c.equal);
    EXPECT_EQ(call("notEqual", {{c.x}, {c.y}}), 1 - c.equal);
    EXPECT_EQ(call("lessThan", {{c.x}, {c.y}}), c.less);
    EXPECT_EQ(call("lessOrEqual", {{c.x}, {c.y}}), c.lessOrEqual);
    EXPECT_EQ(call("greaterThan", {{c.x}, {c.y}}), 1 - c.lessOrEqual);
    EXPECT_EQ(call("greaterOrEqual", {{c.x}, {c.y}}), 1 - c.less);
  }
  // Interned in the other order: the order of texts is not that of their ids.
  const Argument zebra = text("zebra"), apple = text("apple"), emoji = text("\U0001F600"), fullwidth = text("\uFF21");
  EXPECT_EQ(call("lessThan", {apple, zebra}), 1);
  EXPECT_EQ(call("lessThan", {zebra, apple}), 0);
  EXPECT_EQ(call("greaterThan", {emoji, fullwidth}), 1);  // by code point, unlike UTF-16
  EXPECT_EQ(call("equal", {apple, text("apple")}), 1);
}

TEST_F(FunctionsTest, Membership) {
  const Argument m{missing()};
  EXPECT_EQ(call("isIn", {{2}, {1}, {2}}), 1);
  EXPECT_EQ(call("isIn", {{3}, {1}, {2}}), 0);
  EXPECT_EQ(call("isNotIn", {{3}, {1}, {2}}), 1);
  EXPECT_EQ(call("isIn", {text("b"), text("a"), text("b")}), 1);
  EXPECT_EQ(call("isIn", {{3}, m, {3}}), 1);
  EXPECT_EQ(call("isNotIn", {{3}, m}), 1);
}

TEST_F(FunctionsTest, Dates) {
  EXPECT_EQ(call("dateDaysSinceYear", {moment("2003-04-01", DataType::date), {1960}}), 15796);
  EXPECT_EQ(call("dateDaysSinceYear", {moment("1960-01-03T23:59:59"), {1960}}), 2);
  EXPECT_EQ(call("dateDaysSinceYear", {moment("1959-12-31", DataType::date), {1960}}), -1);
  EXPECT_EQ(call("dateDaysSinceYear", {moment("1980-01-02", DataType::dateDaysSince1980), {1980}}), 1);
  EXPECT_EQ(call("dateSecondsSinceYear", {moment("2003-01-03T03:30:03"), {1960}}), 1357183803);
  EXPECT_EQ(call("dateSecondsSinceYear", {moment("1960-01-03T03:30:03"), {1960}}), 185403);
  EXPECT_EQ(call("dateSecondsSinceYear", {moment("1959-12-31T23:59:59.5"), {1960}}), -1);
  EXPECT_EQ(call("dateSecondsSinceMidnight", {moment("2003-01-03T03:30:03")}), 12603);
  EXPECT_EQ(call("dateSecondsSinceMidnight", {moment("23:59:59", DataType::time)}), 86399);
  EXPECT_EQ(call("dateSecondsSinceMidnight", {moment("2003-01-03", DataType::date)}), 0);
  EXPECT_EQ(reasonOf(call("dateDaysSinceYear", {moment("10:00:00", DataType::time), {1960}})), Reason::functionDomain);
  EXPECT_EQ(reasonOf(call("dateDaysSinceYear", {moment("2003-01-03"), {1960.5}})), Reason::functionDomain);
  EXPECT_EQ(reasonOf(call("dateSecondsSinceMidnight", {{12}})), Reason::functionDomain);
}

}  // namespace
}  // namespace scorelet::functions
