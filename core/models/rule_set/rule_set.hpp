// RuleSetModel (spec: Ruleset).
#pragma once

#include <cstdint>
#include <vector>

#include "compile/model.hpp"
#include "program/predicate.hpp"

namespace scorelet::models::rule_set {

using program::Frame;
using program::Slot;

enum class Criterion : std::uint8_t { weightedSum, weightedMax, firstHit };

inline constexpr std::uint32_t kNone = 0xFFFF'FFFFu;

/// A SimpleRule, or the guard that a CompoundRule puts before the rules inside it.
struct Rule {
  std::uint32_t predicate = 0;         ///< in `RuleSet::predicates`
  std::uint32_t score = kNone;         ///< in `RuleSet::scores`; kNone: a guard
  std::uint32_t next = 0;              ///< where to go on if the predicate is not true: behind all that is inside
  std::uint32_t distribution = kNone;  ///< row of `RuleSet::probabilities`
  double weight = 1, confidence = 1;
  Value id = missing();  ///< symbol of @id, else of the 1-based number among the simple rules
};

struct RuleSet {
  std::vector<Rule> rules;  ///< in document order, nested ones behind their guard
  program::Predicates predicates;
  Criterion criterion = Criterion::firstHit;
  bool isClassification = false, isFloat = false;
  DataType scoreType = DataType::string;
  std::vector<Value> scores;  ///< the distinct answers; those of a classification are its categories
  std::uint32_t defaultScore = kNone;
  Value defaultConfidence = missing();
  std::uint32_t defaultDistribution = kNone;
  std::vector<double> probabilities;  ///< scores.size() per distribution
  [[nodiscard]] std::size_t bytes() const noexcept;
  [[nodiscard]] double round(double x) const noexcept { return isFloat ? toFloat(x) : x; }
};

/// Reads and checks a RuleSetModel; nothing can be scored if it reported errors.
[[nodiscard]] RuleSet read(compile::ModelContext& context);

/// Answers of a rule set on a chunk of rows.
struct RuleSetStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override { return set.bytes(); }
  RuleSet set;
  Slot value = compile::kNoSlot, entityId = compile::kNoSlot;
  std::vector<Slot> probabilities, confidences;  ///< per score, classification only

 private:
  struct Choice;
  Choice choose(const Frame& frame, std::size_t row) const;
};

}  // namespace scorelet::models::rule_set
