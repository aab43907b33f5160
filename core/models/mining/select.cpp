#include "models/mining/select.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/distinct_values.hpp"
#include "compile/expression.hpp"

namespace scorelet::models::mining {

using namespace compile;

namespace {

class PickedSources final : public OutputSource {
 public:
  PickedSources(Slot chosen, std::vector<std::shared_ptr<OutputSource>> sources)
      : chosen_(chosen), sources_(std::move(sources)) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    std::vector<std::optional<TypedSlot>> answers;
    std::optional<TypedSlot> out;
    for (const auto& source : sources_) {
      answers.push_back(source ? source->answer(scope, request) : std::nullopt);
      if (!answers.back()) continue;
      if (!*answers.back()) return answers.back();  // reported
      if (!out) out = answers.back();
    }
    if (!out) return out;
    std::vector<PickStep::Choice> choices;
    for (const auto& own : answers) choices.push_back({own ? castTo(scope, *own, out->type).slot : kNoSlot});
    out->slot = pick(scope, chosen_, std::move(choices));
    return out;
  }

  std::vector<Slot*> slots() override {
    std::vector<Slot*> all{&chosen_};
    for (const auto& source : sources_) {
      if (!source) continue;
      for (Slot* slot : source->slots()) all.push_back(slot);
    }
    return all;
  }

 private:
  Slot chosen_;
  std::vector<std::shared_ptr<OutputSource>> sources_;
};

/// Picks parts of the candidates' results.
class Picker {
 public:
  Picker(Scope& scope, Slot chosen, std::span<const Candidate> candidates)
      : scope_(scope), chosen_(chosen), candidates_(candidates) {}

  /// `choiceOf` a candidate's number.
  template <class ChoiceOf>
  Slot operator()(const ChoiceOf& choiceOf) const {
    std::vector<PickStep::Choice> choices;
    for (std::size_t i = 0; i < candidates_.size(); ++i) choices.push_back(choiceOf(i));
    return pick(scope_, chosen_, std::move(choices));
  }

  /// A part that may be absent, in a type that holds all of them.
  TypedSlot operator()(TypedSlot ModelResult::* part) const {
    std::optional<TypedSlot> known;
    for (const Candidate& c : candidates_) {
      const TypedSlot& own = c.result->*part;
      if (!own) continue;
      if (!known) known = own;
      known->type = commonType(known->type, own.type);
    }
    if (!known) return {};
    known->slot = (*this)([&](std::size_t i) -> PickStep::Choice {
      const TypedSlot& own = candidates_[i].result->*part;
      return {own ? castTo(scope_, own, known->type).slot : kNoSlot};
    });
    return *known;
  }

 private:
  Scope& scope_;
  Slot chosen_;
  std::span<const Candidate> candidates_;
};

/// Probabilities and confidences of each class. One that only other segments know has probability 0.
void pickShares(const Picker& picked, std::span<const Candidate> candidates, ModelResult& result) {
  const auto any = [&](std::vector<Slot> ModelResult::* shares) {
    return std::ranges::any_of(candidates, [&](const Candidate& c) { return !(c.result->*shares).empty(); });
  };
  if (!any(&ModelResult::probabilities)) return;
  const bool hasConfidences = any(&ModelResult::confidences);
  std::vector<DistinctValues> known;
  for (const Candidate& c : candidates) known.emplace_back(c.result->categories);
  for (const Value category : result.categories) {
    const auto share = [&](std::size_t i, const std::vector<Slot>& own) -> PickStep::Choice {
      if (own.empty()) return {};
      const auto at = known[i].find(category);
      return at ? PickStep::Choice{own[*at]} : PickStep::Choice{own[0], true};
    };
    result.probabilities.push_back(
        picked([&](std::size_t i) { return share(i, candidates[i].result->probabilities); }));
    if (hasConfidences)
      result.confidences.push_back(picked([&](std::size_t i) {
        const ModelResult& r = *candidates[i].result;
        return share(i, r.confidences.empty() ? r.probabilities : r.confidences);
      }));
  }
}

void pickAffinities(const Picker& picked, std::span<const Candidate> candidates, ModelResult& result) {
  for (const Candidate& c : candidates)
    for (const auto& [key, slot] : c.result->affinities) {
      const auto isKey = [&](const auto& affinity) { return affinity.first == key; };
      if (std::ranges::any_of(result.affinities, isKey)) continue;
      const Slot lane = picked([&](std::size_t i) -> PickStep::Choice {
        const auto& affinities = candidates[i].result->affinities;
        const auto own = std::ranges::find_if(affinities, isKey);
        return {own == affinities.end() ? kNoSlot : own->second};
      });
      result.affinities.emplace_back(key, lane);
    }
}

SelectStep& emitSelect(Scope& scope, std::span<const Candidate> candidates) {
  auto& step = scope.emit<SelectStep>();
  for (const Candidate& c : candidates) step.candidates.push_back({c.active, kNoSlot});
  step.to = scope.builder().newSlot();
  return step;
}

}  // namespace

Slot chooseFirst(Scope& scope, std::span<const Candidate> candidates, bool skipsMissing) {
  SelectStep& step = emitSelect(scope, candidates);
  for (std::size_t i = 0; i < candidates.size() && skipsMissing; ++i)
    step.candidates[i].value = candidates[i].result->value.slot;
  return step.to;
}

Slot chooseLast(Scope& scope, std::span<const Candidate> candidates) {
  SelectStep& step = emitSelect(scope, candidates);
  step.fromLast = true;
  return step.to;
}

Slot pick(Scope& scope, Slot chosen, std::vector<PickStep::Choice> choices) {
  auto& step = scope.emit<PickStep>();
  step.chosen = chosen;
  step.choices = std::move(choices);
  return step.to = scope.builder().newSlot();
}

std::shared_ptr<OutputSource> pickSource(Slot chosen, std::vector<std::shared_ptr<OutputSource>> sources) {
  return std::make_shared<PickedSources>(chosen, std::move(sources));
}

ModelResult pickResult(Scope& scope, Slot chosen, std::span<const Candidate> candidates,
                       std::span<const Value> classes) {
  const Picker picked(scope, chosen, candidates);
  ModelResult result;
  result.value = picked(&ModelResult::value);
  result.opType = candidates.back().result->opType;
  result.standardError = picked(&ModelResult::standardError);
  result.standardDeviation = picked(&ModelResult::standardDeviation);
  result.entityId = picked(&ModelResult::entityId);

  DistinctValues categories;
  std::vector<std::shared_ptr<OutputSource>> sources;
  for (const Candidate& c : candidates) {
    if (categories.size() == 0 && !c.result->categories.empty()) categories = DistinctValues(classes);
    for (const Value v : c.result->categories) categories.add(v);
    sources.push_back(c.result->outputSource);
  }
  result.categories = categories.values();
  pickShares(picked, candidates, result);
  pickAffinities(picked, candidates, result);
  result.outputSource = pickSource(chosen, std::move(sources));
  return result;
}

}  // namespace scorelet::models::mining
