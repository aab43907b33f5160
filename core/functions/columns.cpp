// The frequent functions on whole columns, without a call for each value.
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

constexpr double kAsk = std::numeric_limits<double>::quiet_NaN();

// A single row first: what a loop needs before it begins takes longer than that.
template <double (*F)(double)>
void one(const double* const* a, std::size_t n, double* out) {
  if (n == 1)
    *out = F(*a[0]);
  else
    for (std::size_t i = 0; i < n; ++i) out[i] = F(a[0][i]);
}
template <double (*F)(double, double)>
void two(const double* const* a, std::size_t n, double* out) {
  if (n == 1)
    *out = F(*a[0], *a[1]);
  else
    for (std::size_t i = 0; i < n; ++i) out[i] = F(a[0][i], a[1][i]);
}
template <bool (*F)(double, double)>
void test(const double* const* a, std::size_t n, double* out) {
  for (std::size_t i = 0; i < n; ++i) {
    const double x = a[0][i], y = a[1][i];
    const double answer = F(x, y) ? 1.0 : 0.0;
    const bool arePresent = (x == x) & (y == y);  // no branch, so that the loop is done in lanes
    out[i] = arePresent ? answer : kAsk;
  }
}

double sumOf(double x, double y) { return x + y; }
double differenceOf(double x, double y) { return x - y; }
double productOf(double x, double y) { return x * y; }
double quotientOf(double x, double y) { return y == 0 ? kAsk : x / y; }
double squareRootOf(double x) { return std::sqrt(x); }
double sizeOf(double x) { return std::fabs(x); }
double expOf(double x) { return x == x ? dm::exp(x) : kAsk; }
double lnOf(double x) { return x > 0 ? dm::log(x) : kAsk; }
double ln1pOf(double x) { return x > -1 ? dm::log1p(x) : kAsk; }
bool isEqual(double x, double y) { return x == y; }
bool isOther(double x, double y) { return x != y; }
bool isLess(double x, double y) { return x < y; }
bool isLessOrEqual(double x, double y) { return x <= y; }
bool isGreater(double x, double y) { return x > y; }
bool isGreaterOrEqual(double x, double y) { return x >= y; }
double both(double x, double y) { return x == x ? (x == 0 ? (y == y ? 0 : kAsk) : y) : kAsk; }
double either(double x, double y) { return x == x ? (x != 0 ? (y == y ? 1 : kAsk) : y) : kAsk; }
double notOf(double x) { return x == x ? (x == 0 ? 1 : 0) : kAsk; }

void chosen(const double* const* a, std::size_t n, double* out) {
  for (std::size_t i = 0; i < n; ++i) {
    const double c = a[0][i], yes = a[1][i], no = a[2][i];
    out[i] = c == c ? (c != 0 ? yes : no) : kAsk;
  }
}

struct Row {
  Function function;
  std::size_t arguments;
  Columns columns;
  bool isForTexts;  ///< also where lanes are numbers of texts
};
constexpr Row kRows[] = {
    {add, 2, two<sumOf>, false},
    {subtract, 2, two<differenceOf>, false},
    {multiply, 2, two<productOf>, false},
    {divide, 2, two<quotientOf>, false},
    {absolute, 1, one<sizeOf>, false},
    {sqrt, 1, one<squareRootOf>, false},
    {unary<dm::exp>, 1, one<expOf>, false},
    {ln, 1, one<lnOf>, false},
    {ln1p, 1, one<ln1pOf>, false},
    {threshold, 2, test<isGreater>, false},
    {equal, 2, test<isEqual>, true},
    {notEqual, 2, test<isOther>, true},
    {lessThan, 2, test<isLess>, false},
    {lessOrEqual, 2, test<isLessOrEqual>, false},
    {greaterThan, 2, test<isGreater>, false},
    {greaterOrEqual, 2, test<isGreaterOrEqual>, false},
    {conjunction, 2, two<both>, false},
    {disjunction, 2, two<either>, false},
    {negation, 1, one<notOf>, false},
    {choice, 3, chosen, true},
};

}  // namespace

Columns columnsOf(const Builtin& function, std::span<const DataType> types) noexcept {
  for (const Row& row : kRows)
    if (row.function == function.function && row.arguments == types.size() &&
        (row.isForTexts || types[0] != DataType::string))
      return row.columns;
  return nullptr;
}

}  // namespace scorelet::functions
