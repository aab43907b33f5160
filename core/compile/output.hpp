// What an OutputField asks for, and who answers (spec: Output).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compile/scope.hpp"
#include "program/ranking.hpp"

namespace scorelet::compile {

/// Output@feature as of 4.4.1 with the older names.
enum class Feature : std::uint8_t {
  predictedValue,
  predictedDisplayValue,
  transformedValue,
  decision,
  probability,
  affinity,
  residual,
  standardError,
  standardDeviation,
  clusterId,
  clusterAffinity,
  entityId,
  entityAffinity,
  warning,
  report,
  ruleValue,
  reasonCode,
  antecedent,
  consequent,
  rule,
  ruleId,
  confidence,
  support,
  lift,
  leverage,
  confidenceIntervalLower,
  confidenceIntervalUpper,
};

enum class RankBasis : std::uint8_t { confidence, support, lift, leverage, affinity };
enum class RuleAlgorithm : std::uint8_t { recommendation, exclusiveRecommendation, ruleAssociation };

/// One OutputField, its defaults filled in.
struct OutputRequest {
  xml::Element at;
  Feature feature = Feature::predictedValue;
  std::optional<std::string_view> value;  ///< category or entity asked for
  program::Ranks ranks;
  RankBasis rankBasis = RankBasis::confidence;
  RuleAlgorithm algorithm = RuleAlgorithm::exclusiveRecommendation;
  Feature ruleFeature = Feature::consequent;
};

/// The probability below the upper bound of the central interval: @value is its level in percent, 95 where nothing is
/// said. Nothing after a report.
[[nodiscard]] std::optional<double> upperShare(const OutputRequest& request);

/// Answers that only some model types have: ranks, reason codes, rules. Asked before the answers that all share.
class OutputSource {
 public:
  virtual ~OutputSource() = default;
  /// The lanes of what is asked for, made by steps appended to `scope`'s body; nothing: let the others answer.
  /// An empty slot says that a fault was reported.
  virtual std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) = 0;
  /// The lanes of the model that those steps read: a segment under a predicate puts lanes in their place that are
  /// missing where it does not apply, as its own still hold what an earlier row left there.
  virtual std::vector<Slot*> slots() { return {}; }
};

}  // namespace scorelet::compile
