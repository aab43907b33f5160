// What the steps of Targets say of their lanes (Step::describe).
#include "compile/target_steps.hpp"

namespace scorelet::compile {

void RescaleStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  if (min || max || cast != CastInteger::none || isPresent(defaultValue) || isList)
    wiring.function(to, {from});
  else
    wiring.sum(to, {constant, {program::termOf(from, factor)}});
}

void PriorStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  wiring.function(to, {from});
  for (std::size_t c = 0; c < toProbabilities.size(); ++c)
    wiring.function(toProbabilities[c], {from, fromProbabilities[c]});
}

}  // namespace scorelet::compile
