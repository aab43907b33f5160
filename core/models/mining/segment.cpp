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

void PickStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value out = missing();
    for (const auto& [active, lane] : choices) {
      const Value a = active == kNoSlot ? 1.0 : frame.at(active)[i];
      if (a == 0) continue;
      out = isInvalid(a) ? a : frame.at(lane)[i];
      break;
    }
    frame.at(to)[i] = out;
  }
}

std::size_t SegmentStep::bytes() const noexcept {
  std::size_t n = predicates.bytes();
  for (const auto& step : body) n += step->bytes();
  return n;
}

}  // namespace scorelet::models::mining
