// What the steps of a GeneralRegressionModel say of their lanes (Step::describe).
#include "models/general_regression/steps.hpp"

namespace scorelet::models::general_regression {

program::Sum Design::describe(const Equation& equation, Slot offset) const {
  program::Sum sum;
  for (const Term& coefficient : equation.terms) {
    program::Term term{coefficient.beta, {}};
    const Row& row = rows[coefficient.row];
    for (std::uint32_t c = row.first; c < row.first + row.count; ++c)
      term.factors.push_back({{cells[c].slot}, this, c});
    sum.terms.push_back(std::move(term));
  }
  sum.terms.push_back(program::termOf(offset));
  return sum;
}

void MeanStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  program::Sum sum = design.describe(equation, offset);
  if (link.kind == Link::Kind::identity && wiring.constant(trials) == 1)
    wiring.sum(value, std::move(sum));
  else
    wiring.link(value, std::move(sum), {trials});
}

/// Of cumulative probabilities no class has a predictor of its own.
void ClassStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  std::vector<Slot> reads{offset};
  for (const auto& cell : design.cells) reads.push_back(cell.slot);
  wiring.function(winner, reads);
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    if (kind == Kind::ordinal || (kind == Kind::binary && c == reference))
      wiring.function(probabilities[c], reads);
    else
      wiring.link(probabilities[c], c == reference ? program::Sum{} : design.describe(equations[c], offset), reads);
}

}  // namespace scorelet::models::general_regression
