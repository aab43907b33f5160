#include "models/rule_set/rule_set.hpp"

namespace scorelet::models {

namespace rule_set {

using program::Truth;

/// What a record's rules come to. Under weightedSum and weightedMax `Buffers::entries` holds one entry per score:
/// its strongest rule, its total weight and its first rule; kNone where no rule fired.
struct RuleSetStep::Choice {
  std::uint32_t rule = kNone;
  std::uint32_t fired = 0;
  Value poison = missing();
};

RuleSetStep::Choice RuleSetStep::choose(const Frame& frame, std::size_t row) const {
  Choice choice;
  auto& tally = frame.buffers.entries;
  if (set.criterion == Criterion::weightedSum) tally.assign(set.scores.size(), {kNone, 0, 0});
  for (std::uint32_t r = 0; r < set.rules.size();) {
    const Rule& rule = set.rules[r];
    const auto answer = set.predicates.test(rule.predicate, frame, row);
    if (answer.truth == Truth::invalid) return {kNone, 0, answer.poison};
    if (answer.truth != Truth::yes) {
      r = rule.next;
      continue;
    }
    if (rule.score != kNone) {
      ++choice.fired;
      if (set.criterion == Criterion::weightedSum) {
        auto& of = tally[rule.score];
        if (of.index == kNone) of.weight = r;
        if (of.index == kNone || rule.weight > set.rules[of.index].weight) of.index = r;
        of.value = set.round(of.value + rule.weight);
      } else if (choice.rule == kNone || rule.weight > set.rules[choice.rule].weight) {
        choice.rule = r;
        if (set.criterion == Criterion::firstHit) break;
      }
    }
    ++r;
  }
  if (set.criterion != Criterion::weightedSum || choice.fired == 0) return choice;
  const program::Buffers::Entry* best = nullptr;
  for (const auto& of : tally)
    if (of.index != kNone &&
        (best == nullptr || of.value > best->value || (of.value == best->value && of.weight < best->weight)))
      best = &of;  // of equal totals the one whose rule fired first
  choice.rule = best->index;
  return choice;
}

void RuleSetStep::run(const Frame& frame) const {
  const std::size_t k = set.scores.size();
  for (std::size_t row = 0; row < frame.n; ++row) {
    const Choice choice = choose(frame, row);
    const bool isRule = choice.rule != kNone;
    const std::uint32_t score = isRule                     ? set.rules[choice.rule].score
                                : isInvalid(choice.poison) ? kNone
                                                           : set.defaultScore;
    const Value none = choice.poison;
    frame.at(value)[row] = score == kNone ? none : set.scores[score];
    frame.at(entityId)[row] = isRule ? set.rules[choice.rule].id : none;

    const std::uint32_t d = isRule ? set.rules[choice.rule].distribution : set.defaultDistribution;
    const bool hasDistribution = score != kNone && d != kNone;
    for (std::size_t c = 0; c < probabilities.size(); ++c)
      frame.at(probabilities[c])[row] = hasDistribution ? set.probabilities[d * k + c] : none;

    for (const Slot slot : confidences) frame.at(slot)[row] = none;
    if (score == kNone || confidences.empty()) continue;
    if (isRule && set.criterion == Criterion::weightedSum)
      for (std::size_t c = 0; c < k; ++c)
        frame.at(confidences[c])[row] = set.round(frame.buffers.entries[c].value / choice.fired);
    else
      frame.at(confidences[score])[row] = isRule ? set.rules[choice.rule].confidence : set.defaultConfidence;
  }
}

}  // namespace rule_set

compile::ModelResult compileRuleSetModel(compile::ModelContext& context) {
  compile::Builder& builder = context.scope.builder();
  auto step = std::make_unique<rule_set::RuleSetStep>();
  step->set = rule_set::read(context);
  compile::ModelResult result;
  if (step->set.scores.empty()) return result;
  step->value = builder.newSlot();
  step->entityId = builder.newSlot();
  result.value = {step->value, step->set.scoreType};
  result.entityId = {step->entityId, DataType::string};
  result.opType = OpType::continuous;
  if (step->set.isClassification) {
    result.opType = context.target.opType;
    result.categories = step->set.scores;
    for (std::size_t c = 0; c < result.categories.size(); ++c) step->confidences.push_back(builder.newSlot());
    result.confidences = step->confidences;
    if (!step->set.probabilities.empty()) {
      for (std::size_t c = 0; c < result.categories.size(); ++c) step->probabilities.push_back(builder.newSlot());
      result.probabilities = step->probabilities;
    }
  }
  context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
