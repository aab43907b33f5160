#include "models/scorecard/scorecard.hpp"

namespace scorelet::models {

namespace scorecard {

std::optional<compile::TypedSlot> ReasonCodes::answer(compile::Scope& scope, const compile::OutputRequest& request) {
  if (request.feature != compile::Feature::reasonCode) return std::nullopt;
  const Card& card = step_.card;
  if (!card.useReasonCodes) {
    request.at.error(Code::unsupported, "The scorecard says of itself that it has no reason codes (useReasonCodes).",
                     "feature");
    return compile::TypedSlot{};
  }
  if (card.lacksCode)
    card.lacksCode.error(Code::missingAttribute,
                         "A reason code is put out, but neither this Attribute nor its Characteristic has one.");
  if (card.lacksBaseline)
    card.lacksBaseline.error(Code::missingAttribute,
                             "A reason code is put out, but neither this Characteristic nor the Scorecard has a "
                             "baselineScore to rank it by.");
  if (card.lacksCode || card.lacksBaseline) return compile::TypedSlot{};
  const Slot to = scope.builder().newSlot();
  step_.requests[request.ranks.isAscending].push_back({request.ranks, to});
  return compile::TypedSlot::of(to, DataType::string, request.ranks.isList);
}

}  // namespace scorecard

compile::ModelResult compileScorecard(compile::ModelContext& context) {
  scorecard::Card card = scorecard::read(context);
  compile::ModelResult result;
  if (card.characteristics.empty()) return result;
  auto& step = context.scope.emit<scorecard::ScorecardStep>();
  step.card = std::move(card);
  step.value = context.scope.builder().newSlot();
  result.value = {step.value, DataType::float64};
  result.opType = OpType::continuous;
  result.outputSource = std::make_shared<scorecard::ReasonCodes>(step);
  return result;
}

}  // namespace scorelet::models
