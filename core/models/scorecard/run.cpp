#include "base/sort.hpp"
#include "models/scorecard/scorecard.hpp"

namespace scorelet::models::scorecard {

using program::Truth;

std::size_t ScorecardStep::bytes() const noexcept {
  return card.characteristics.size() * sizeof(Characteristic) + card.attributes.size() * sizeof(Attribute) +
         card.reasonCodes.size() * sizeof(Value) + card.predicates.bytes();
}

void ScorecardStep::run(const Frame& frame) const {
  for (std::size_t row = 0; row < frame.n; ++row) {
    frame.at(value)[row] = add(frame, row);
    if (wantsReasons()) giveReasons(frame, row);
  }
}

/// What the first attribute of a characteristic that is true gives.
ScorecardStep::Points ScorecardStep::points(const Frame& frame, std::size_t row, const Characteristic& c) const {
  for (std::uint32_t a = c.first; a < c.first + c.count; ++a) {
    const Attribute& attribute = card.attributes[a];
    const auto answer = card.predicates.test(attribute.predicate, frame, row);
    if (answer.truth == Truth::invalid) return {answer.poison};
    if (answer.truth == Truth::yes)
      return {attribute.complexPartialScore == compile::kNoSlot ? attribute.partialScore
                                                                : round(frame.at(attribute.complexPartialScore)[row]),
              &attribute};
  }
  return {};
}

Value ScorecardStep::part(const Frame& frame, std::size_t row, std::uint32_t characteristic) const {
  return points(frame, row, card.characteristics[characteristic]).value;
}

/// The sum over the characteristics. Where none of a characteristic's attributes is true, or its points are missing,
/// the sum is missing.
Value ScorecardStep::add(const Frame& frame, std::size_t row) const {
  const bool notes = wantsReasons();
  if (notes) {
    frame.buffers.entries.clear();
    frame.buffers.numbers.assign(card.reasonCodes.size(), 0);
  }
  double total = card.initialScore;
  bool isComplete = true;
  for (const Characteristic& c : card.characteristics) {
    const auto [value, attribute] = points(frame, row, c);
    if (isInvalid(value)) return value;
    if (notes && isPresent(value)) note(frame, attribute->reasonCode, value - c.baselineScore);
    isComplete &= isPresent(value);
    total = round(total + value);
  }
  return isComplete ? checked(total) : missing();
}

/// Characteristics with the same code share a reason: their differences add up. `Buffers::entries` holds the reasons
/// (code, difference, place), `Buffers::numbers` the place of each code among them, 0 for none yet.
void ScorecardStep::note(const Frame& frame, std::uint32_t reasonCode, double difference) const {
  auto& reasons = frame.buffers.entries;
  if (!card.countsPointsAbove) difference = -difference;
  double& place = frame.buffers.numbers[reasonCode];
  if (place == 0) {
    place = static_cast<double>(reasons.size() + 1);
    reasons.push_back({reasonCode, difference, place});
  } else {
    reasons[static_cast<std::size_t>(place) - 1].value += difference;
  }
}

void ScorecardStep::giveReasons(const Frame& frame, std::size_t row) const {
  auto& reasons = frame.buffers.entries;
  const Value score = frame.at(value)[row];
  for (const bool isAscending : {false, true}) {
    if (requests[isAscending].empty()) continue;
    if (isPresent(score))
      sort(reasons, [&](const auto& a, const auto& b) {
        return a.value != b.value ? (a.value > b.value) != isAscending : a.weight < b.weight;
      });
    const auto said = [&](const program::Buffers::Entry& reason) { return card.reasonCodes[reason.index]; };
    for (const ReasonRequest& request : requests[isAscending])
      frame.at(request.to)[row] = isPresent(score) ? program::atRank(frame, reasons, request.ranks, said) : score;
  }
}

}  // namespace scorelet::models::scorecard
