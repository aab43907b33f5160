#include "formulas/links.hpp"

#include <algorithm>

namespace scorelet::formulas {

using models::Normalization;

namespace {

/// Excel has no infinity: beyond, where 1/(1+e^x) is 0 to all digits, EXP would be an error.
constexpr double kMostExponent = 709;

/// e^x, which grows without an error up to what a double holds.
Formula expOf(Formula x) { return call("EXP", {std::move(x)}); }
Formula boundedExp(Formula x) { return expOf(call("MIN", {std::move(x), number(kMostExponent)})); }

}  // namespace

Formula logistic(Formula y) { return over(number(1), add(number(1), boundedExp(negate(std::move(y))))); }

Formula inverseLink(Translation& t, Normalization normalization, Formula y) {
  constexpr double kPi = 3.141592653589793;
  switch (normalization) {
    case Normalization::none:
    case Normalization::simplemax: return y;
    case Normalization::softmax:
    case Normalization::logit: return logistic(std::move(y));
    case Normalization::probit: return call("NORMSDIST", {std::move(y)});
    case Normalization::cloglog: {
      // 1 - e^-u, by its series where u is small.
      const Formula u = t.define("u", boundedExp(std::move(y)));
      constexpr double kSmall = 1e-5;
      return iff(binary("<", u, number(kSmall)),
                 add(subtract(u, over(power(u, 2), number(2))), over(power(u, 3), number(6))),
                 subtract(number(1), expOf(negate(u))));
    }
    case Normalization::exp: return expOf(std::move(y));
    case Normalization::loglog: return expOf(negate(boundedExp(negate(std::move(y)))));
    case Normalization::cauchit: return add(number(0.5), over(call("ATAN", {std::move(y)}), number(kPi)));
  }
  return y;
}

Formulas shares(Translation& t, const Formulas& numbers, bool isSoftmax) {
  Formulas parts = numbers;
  if (isSoftmax) {
    constexpr std::size_t kMost = 200;
    Formula most = numbers[0];
    for (std::size_t i = 0; i < numbers.size(); i += kMost) {
      Formulas group(numbers.begin() + static_cast<std::ptrdiff_t>(i),
                     numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), i + kMost)));
      if (i != 0) group.push_back(most);
      most = call("MAX", std::move(group));
    }
    most = t.define("most", most);
    for (Formula& p : parts) p = t.define("e", call("EXP", {subtract(p, most)}));
  }
  Formula sum = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) sum = add(sum, parts[i]);
  sum = t.define("sum", sum);
  for (Formula& p : parts) p = over(p, sum);
  return parts;
}

void setClasses(Translation& t, const std::vector<Lane>& lanes, const Formulas& probabilities,
                const std::vector<Value>& categories, DataType type, const std::vector<Slot>& slots, Slot winner,
                bool mayBeInvalid) {
  const bool mayBeMissing = anyMissing(lanes);
  Formulas named, names;
  for (std::size_t c = 0; c < probabilities.size(); ++c) {
    const Formula p = mayBeMissing ? whenPresent(lanes, probabilities[c]) : probabilities[c];
    t.set(slots[c], {p, DataType::float64, mayBeMissing, mayBeInvalid}, "p");
    named.push_back(t.lane(slots[c]).formula);
    names.push_back(t.constant(categories[c], type));
  }
  Formula best = largest(t, named, names);
  if (mayBeMissing) best = iff(isBlank(named[0]), missingFormula(), best);
  t.set(winner, {best, type, mayBeMissing, mayBeInvalid}, "class");
}

}  // namespace scorelet::formulas
