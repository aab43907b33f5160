// What the step of a Scorecard says of its lanes (Step::describe).
#include "models/scorecard/scorecard.hpp"

namespace scorelet::models::scorecard {

void ScorecardStep::describe(program::Wiring& wiring) const {
  wiring.is(*this);
  program::Sum sum{card.initialScore, {}};
  for (std::uint32_t c = 0; c < card.characteristics.size(); ++c) {
    std::vector<Slot> reads;
    const Characteristic& characteristic = card.characteristics[c];
    for (std::uint32_t a = characteristic.first; a < characteristic.first + characteristic.count; ++a) {
      card.predicates.describe(card.attributes[a].predicate, reads, wiring);
      if (const Slot slot = card.attributes[a].complexPartialScore; slot != compile::kNoSlot) reads.push_back(slot);
    }
    sum.terms.push_back({1, {{std::move(reads), this, c}}});
  }
  wiring.sum(value, std::move(sum));
}

}  // namespace scorelet::models::scorecard
