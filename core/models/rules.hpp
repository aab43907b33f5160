// Rules that fire for a record, ranked and put out (spec: Output, "algorithm", "rank"), for associations and sequences.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compile/model.hpp"

namespace scorelet::models {

struct Rule {
  std::string id, antecedent, consequent;  ///< the two sides as texts
  std::string text;                        ///< `{a,b}->{c}`
  Value confidence = missing(), support = missing(), lift = missing(), leverage = missing(), affinity = missing();
};

/// One list per record says which rules have their antecedent in it: twice the number of the rule, and 1 more if it has
/// the consequent as well. The three algorithms choose among these.
[[nodiscard]] constexpr Value candidate(std::size_t rule, bool hasConsequent) noexcept {
  return static_cast<Value>(2 * rule + (hasConsequent ? 1 : 0));
}

/// Fills `result` of a model with these rules whose candidates are at `candidates`. `algorithm` is taken where nothing
/// else is said.
void putOutRules(compile::ModelContext& context, compile::ModelResult& result, std::vector<Rule> rules,
                 compile::Slot candidates, compile::RuleAlgorithm algorithm);

}  // namespace scorelet::models
