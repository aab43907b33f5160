// One of several segments answers, with all that it can say (spec: Multiple Models, selectFirst and modelChain).
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "models/mining/mining.hpp"

namespace scorelet::models::mining {

/// A segment that may answer.
struct Candidate {
  xml::Element at;
  std::string_view id;
  Slot active = kNoSlot;  ///< kNoSlot: always
  const compile::ModelResult* result = nullptr;
};

/// The lane of the candidate's number that answers: the first active one, or the last.
[[nodiscard]] Slot chooseFirst(compile::Scope& scope, std::span<const Candidate> candidates, bool skipsMissing);
[[nodiscard]] Slot chooseLast(compile::Scope& scope, std::span<const Candidate> candidates);

/// The lane of the one chosen. A choice for each candidate.
[[nodiscard]] Slot pick(compile::Scope& scope, Slot chosen, std::vector<PickStep::Choice> choices);
/// Answers of a segment's own kind (reason codes, rules): those of the one chosen.
[[nodiscard]] std::shared_ptr<compile::OutputSource> pickSource(
    Slot chosen, std::vector<std::shared_ptr<compile::OutputSource>> sources);
/// The answer of the one chosen; classes in the order of `classes`, then as the candidates name them.
[[nodiscard]] compile::ModelResult pickResult(compile::Scope& scope, Slot chosen, std::span<const Candidate> candidates,
                                              std::span<const Value> classes = {});

}  // namespace scorelet::models::mining
