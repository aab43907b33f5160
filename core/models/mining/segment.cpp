#include "models/mining/mining.hpp"

namespace scorelet::models::mining {

using program::Truth;

void SegmentStep::run(const Frame& frame) const {
  double* lanes = frame.at(active);
  bool any = keepsState;
  for (std::size_t i = 0; i < frame.n; ++i) {
    const auto answer = predicates.test(predicate, frame, i);
    lanes[i] = answer.truth == Truth::invalid ? answer.poison : fromBool(answer.truth == Truth::yes);
    any |= answer.truth == Truth::yes;
  }
  if (any) program::run(body, frame);
  for (const auto& [from, to] : results)
    for (std::size_t i = 0; i < frame.n; ++i)
      frame.at(to)[i] = isInvalid(lanes[i]) ? lanes[i] : lanes[i] == 1 ? frame.at(from)[i] : missing();
}

void SelectStep::run(const Frame& frame) const {
  const std::size_t n = candidates.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value chosen = missing();
    for (std::size_t k = 0; k < n && isMissing(chosen); ++k) {
      const std::size_t at = fromLast ? n - 1 - k : k;
      const auto& [active, value] = candidates[at];
      const Value a = active == kNoSlot ? 1.0 : frame.at(active)[i];
      if (isInvalid(a)) chosen = a;
      if (a == 1 && !(value != kNoSlot && isMissing(frame.at(value)[i]))) chosen = static_cast<Value>(at);
    }
    frame.at(to)[i] = chosen;
  }
}

void PickStep::run(const Frame& frame) const {
  const double* from = frame.at(chosen);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) {
    out[i] = from[i];
    if (!isPresent(from[i])) continue;
    const Choice& choice = choices[static_cast<std::size_t>(from[i])];
    out[i] = choice.lane == kNoSlot ? missing() : frame.at(choice.lane)[i];
    if (choice.isOther && isPresent(out[i])) out[i] = 0;
  }
}

std::size_t SegmentStep::bytes() const noexcept {
  std::size_t n = predicates.bytes();
  for (const auto& step : body) n += step->bytes();
  return n;
}

}  // namespace scorelet::models::mining
