// What the step of a RegressionModel says of its lanes (Step::describe).
#include "models/regression/regression.hpp"

namespace scorelet::models::regression {

program::Sum Table::describe() const {
  program::Sum sum{intercept, {}};
  for (std::uint32_t t = 0; t < terms.size(); ++t) {
    const Term& term = terms[t];
    program::Term out{term.coefficient, {}};
    if (term.kind == Term::Kind::product)
      for (std::uint32_t f = 0; f < term.count; ++f) out.factors.push_back({{factors[term.first + f]}});
    else if (term.kind == Term::Kind::numeric && term.exponent == 1)
      out.factors.push_back({{term.slot}});
    else
      out.factors.push_back({{term.slot}, this, t});
    sum.terms.push_back(std::move(out));
  }
  return sum;
}

void RegressionStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  const std::size_t k = outputs.size();
  if (!isClassification) {
    if (normalization == Normalization::none)
      wiring.sum(outputs[0], tables[0].describe());
    else
      wiring.link(outputs[0], tables[0].describe(), {});
    return;
  }
  std::vector<program::Sum> sums;
  std::vector<Slot> reads;
  for (const Table& table : tables) {
    sums.push_back(table.describe());
    for (const program::Term& term : sums.back().terms)
      for (const program::Factor& factor : term.factors)
        reads.insert(reads.end(), factor.reads.begin(), factor.reads.end());
  }
  wiring.function(winner, reads);
  const auto negate = [](program::Sum sum) {
    sum.constant = -sum.constant;
    for (program::Term& term : sum.terms) term.weight = -term.weight;
    return sum;
  };
  // Links with f(-y) = 1 - f(y): the last of two categories has a predictor too.
  const bool isSymmetric = normalization == Normalization::logit || normalization == Normalization::probit ||
                           normalization == Normalization::cauchit;
  const bool isClosed = k == 2 && normalization != Normalization::softmax && normalization != Normalization::simplemax;
  for (std::size_t t = 0; t < k; ++t) {
    if (isOrdinal || normalization == Normalization::simplemax || (isClosed && t == 1 && !isSymmetric))
      wiring.function(outputs[t], reads);
    else if (normalization == Normalization::none && t + 1 < k)
      wiring.sum(outputs[t], std::move(sums[t]));
    else if (normalization == Normalization::none)
      wiring.function(outputs[t], reads);
    else
      wiring.link(outputs[t], isClosed && t == 1 ? negate(tables[0].describe()) : std::move(sums[t]), reads);
  }
}

}  // namespace scorelet::models::regression
