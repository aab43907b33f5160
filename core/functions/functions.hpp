// The functions behind the table, by subject. All have the shape of functions::Function.
#pragma once

#include "functions/builtins.hpp"

namespace scorelet::functions {

using Arguments = std::span<const Value>;

/// A result that is NaN because the arguments were outside the function's domain.
[[nodiscard]] constexpr Value inDomain(double x) noexcept { return checked(x, Reason::functionDomain); }
[[nodiscard]] constexpr Value outsideDomain() noexcept { return invalid(Reason::functionDomain); }
/// A text as a value, unless it is too long.
[[nodiscard]] inline Value internText(Call& call, std::string_view text) {
  return text.size() > call.textBytes ? invalid(Reason::textLimit) : call.strings.intern(text);
}

/// A mathematical function of one argument whose NaN says "outside the domain".
template <double (*F)(double)>
Value unary(Call&, Arguments a) {
  return inDomain(F(a[0]));
}
template <double (*F)(double, double)>
Value binary(Call&, Arguments a) {
  return inDomain(F(a[0], a[1]));
}

// arithmetic.cpp
Value add(Call&, Arguments);
Value subtract(Call&, Arguments);
Value multiply(Call&, Arguments);
Value divide(Call&, Arguments);
Value modulo(Call&, Arguments);
Value power(Call&, Arguments);
Value absolute(Call&, Arguments);
Value floor(Call&, Arguments);
Value ceil(Call&, Arguments);
Value round(Call&, Arguments);
Value rint(Call&, Arguments);
Value sqrt(Call&, Arguments);
Value ln(Call&, Arguments);
Value log10(Call&, Arguments);
Value ln1p(Call&, Arguments);
Value threshold(Call&, Arguments);

// aggregates.cpp
Value min(Call&, Arguments);
Value max(Call&, Arguments);
Value sum(Call&, Arguments);
Value product(Call&, Arguments);
Value avg(Call&, Arguments);
Value median(Call&, Arguments);

// logic.cpp
Value isMissingFunction(Call&, Arguments);
Value isNotMissing(Call&, Arguments);
Value isValid(Call&, Arguments);
Value isNotValid(Call&, Arguments);
Value equal(Call&, Arguments);
Value notEqual(Call&, Arguments);
Value lessThan(Call&, Arguments);
Value lessOrEqual(Call&, Arguments);
Value greaterThan(Call&, Arguments);
Value greaterOrEqual(Call&, Arguments);
Value isIn(Call&, Arguments);
Value isNotIn(Call&, Arguments);
Value conjunction(Call&, Arguments);
Value disjunction(Call&, Arguments);
Value negation(Call&, Arguments);
Value choice(Call&, Arguments);

// texts.cpp
Value uppercase(Call&, Arguments);
Value lowercase(Call&, Arguments);
Value stringLength(Call&, Arguments);
Value substring(Call&, Arguments);
Value trimBlanks(Call&, Arguments);
Value concat(Call&, Arguments);
Value replace(Call&, Arguments);
Value matches(Call&, Arguments);

// format_number.cpp, format_datetime.cpp
Value formatNumber(Call&, Arguments);
Value formatDatetime(Call&, Arguments);

// dates.cpp
Value dateDaysSinceYear(Call&, Arguments);
Value dateSecondsSinceYear(Call&, Arguments);
Value dateSecondsSinceMidnight(Call&, Arguments);

// distributions.cpp
Value normalCdf(Call&, Arguments);
Value normalPdf(Call&, Arguments);
Value normalIdf(Call&, Arguments);
Value stdNormalCdf(Call&, Arguments);
Value stdNormalPdf(Call&, Arguments);
Value stdNormalIdf(Call&, Arguments);
Value expit(Call&, Arguments);
Value logit(Call&, Arguments);

}  // namespace scorelet::functions
