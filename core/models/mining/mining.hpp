// MiningModel (spec: Multiple Models): segments and how their results become one.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "compile/model.hpp"
#include "program/predicate.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::mining {

using compile::kNoSlot;
using program::Frame;
using program::Slot;
using program::Steps;

enum class Method : std::uint8_t {
  majorityVote,
  weightedMajorityVote,
  average,
  weightedAverage,
  median,
  weightedMedian,
  max,
  sum,
  weightedSum,
  selectFirst,
  selectAll,
  modelChain
};
enum class MissingPrediction : std::uint8_t { carryOn, skipSegment, returnMissing };

[[nodiscard]] constexpr bool isWeighted(Method m) noexcept {
  return m == Method::weightedMajorityVote || m == Method::weightedAverage || m == Method::weightedMedian ||
         m == Method::weightedSum;
}

/// A segment under a predicate: runs its steps where any row of the chunk is active.
struct SegmentStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;
  program::Predicates predicates;
  std::uint32_t predicate = 0;
  Slot active = kNoSlot;  ///< 1, 0 or poison per row
  Steps body;
  bool keepsState = false;                     ///< Lag inside: must see every row
  std::vector<std::pair<Slot, Slot>> results;  ///< computed → visible (missing where not active)
};

/// Which segment answers for a record: the first active one, or the last.
struct SelectStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  struct Candidate {
    Slot active = kNoSlot;  ///< kNoSlot: always
    Slot value = kNoSlot;   ///< where it is missing the candidate is passed over; kNoSlot: never
  };
  std::vector<Candidate> candidates;
  bool fromLast = false;
  Slot to = kNoSlot;  ///< number of the candidate; missing if there is none, poison where a predicate cannot tell
};

/// What the segment that answers says.
struct PickStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  struct Choice {
    Slot lane = kNoSlot;   ///< kNoSlot: missing
    bool isOther = false;  ///< a class that the segment does not know: 0 where it says something of the class in `lane`
  };
  Slot chosen = kNoSlot;
  std::vector<Choice> choices;
  Slot to = kNoSlot;
};

/// What a combination needs of a segment.
struct Member {
  Slot active = kNoSlot;  ///< kNoSlot: always
  Slot value = kNoSlot;
  Slot weightSlot = kNoSlot;  ///< VariableWeight
  double weight = 1;
  std::vector<Slot> probabilities;  ///< per category of the combination; kNoSlot: the segment has no such class
};

/// Joins the members' results into one (methods other than selectFirst and modelChain).
struct CombineStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  /// One row, from the members' lanes.
  void combine(const Frame& frame, std::size_t i) const;
  /// One row, from sums in the members' order that no missing answer takes part in: of values; of votes, or of
  /// probabilities, per category. `total` is the sum of weights. (Votes for a missing answer: `missed`.)
  void answerNumber(const Frame& frame, std::size_t i, double sum, double total) const;
  void answerVotes(const Frame& frame, std::size_t i, std::span<const double> sums, double total, double missed) const;
  void answerProbabilities(const Frame& frame, std::size_t i, std::span<double> sums, double total) const;
  [[nodiscard]] bool isVote() const noexcept {
    return method == Method::majorityVote || method == Method::weightedMajorityVote;
  }
  /// Sums, maxima or medians of the members' probabilities.
  [[nodiscard]] bool combinesProbabilities() const noexcept {
    return isClassification && !isVote() && method != Method::selectFirst && method != Method::selectAll;
  }
  [[nodiscard]] std::size_t bytes() const noexcept override { return members.size() * sizeof(Member); }
  Method method = Method::average;
  MissingPrediction missingPrediction = MissingPrediction::carryOn;
  double missingThreshold = 1;
  bool isClassification = false, isFloat = false;
  DataType type = DataType::float64;  ///< of the answer
  std::vector<Member> members;
  std::vector<Value> categories;
  Slot value = kNoSlot;
  std::vector<Slot> probabilities;

 private:
  struct Row;
  void answerNothing(const Frame& frame, std::size_t i, Value none) const;
  void combineNumbers(const Frame& frame, const Row& row) const;
  void combineVotes(const Frame& frame, const Row& row) const;
  void combineProbabilities(const Frame& frame, const Row& row) const;
  double round(double x) const { return isFloat ? toFloat(x) : x; }
};

}  // namespace scorelet::models::mining
