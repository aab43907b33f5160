// NaiveBayesModel: the logarithm of each class's likelihood, then shares.
#include "models/naive_bayes/naive_bayes.hpp"

#include <cmath>

#include "formulas/links.hpp"
#include "formulas/steps.hpp"

namespace scorelet::formulas {

namespace {

using namespace models::naive_bayes;

constexpr double kNever = -1e200;  // stands for the logarithm of 0

Formula logarithm(double x) { return number(std::isinf(x) ? kNever : x); }

Formula density(Translation& t, const Density& d, const Formula& x) {
  if (d.kind == Density::Kind::gaussian) {
    const Formula square = power(subtract(x, number(d.mean)), 2);
    return subtract(logarithm(d.logarithm), over(square, number(2 * d.variance)));
  }
  const Formula log =
      subtract(subtract(times(x, number(d.logarithm)), number(d.mean)), call("GAMMALN", {add(x, number(1))}));
  const Formula isCount = all({binary(">=", x, number(0)), binary("=", call("INT", {x}), x)});
  (void)t;
  return iff(isCount, log, number(kNever));
}

/// What one input adds to the logarithm of class `c`.
Formula part(Translation& t, const Bayes& bayes, const Input& input, std::size_t c) {
  const std::size_t k = bayes.classes.size();
  if (input.stats.empty()) {
    const Lane& x = t.lane(input.slot);
    Formula out = number(0);  // nothing is known of other values
    for (std::size_t v = input.values.size(); v-- > 0;)
      out = iff(equals(x.formula, t.constant(input.values[v], x.type)), logarithm(input.logs[v * k + c]), out);
    return out;
  }
  constexpr double kVanishes = -745.133219101941;  // e to this is 0
  const Lane x = t.numberLane(input.slot);
  const Formula log = density(t, input.stats[c], x.formula);
  const Formula threshold = logarithm(bayes.logThreshold);
  Formula out;
  if (input.isExtension) {
    const Formula v = t.define("v", whenPresent({x}, log, number(0)));
    out = iff(binary("<", v, number(kVanishes)), threshold, v);
  } else {
    out = call("MAX", {log, threshold});
  }
  return x.mayBeMissing ? iff(isBlank(x.formula), number(0), out) : out;
}

}  // namespace

bool translateNaiveBayes(Translation& t, const program::Wiring::Known& step) {
  const auto* s = step.as<NaiveBayesStep>();
  if (s == nullptr) return false;
  const Bayes& bayes = s->bayes;
  Formulas logs;
  for (std::size_t c = 0; c < bayes.classes.size(); ++c) {
    Formula sum = logarithm(bayes.logCounts[c]);
    for (const Input& input : bayes.inputs) sum = add(sum, part(t, bayes, input, c));
    logs.push_back(t.define("log", sum));
  }
  // Where every class is impossible there is nothing to share out.
  Formulas checked;
  for (const Formula& log : logs)
    checked.push_back(t.define("log", iff(binary(">", call("MAX", logs), number(kNever / 2)), log, invalidFormula())));
  setClasses(t, {}, shares(t, checked, true), bayes.classes, s->type, s->probabilities, s->value, true);
  return true;
}

}  // namespace scorelet::formulas
