// The steps of Targets.
#pragma once

#include <optional>
#include <vector>

#include "base/distinct_values.hpp"
#include "program/program.hpp"
#include "program/wiring.hpp"

namespace scorelet::compile {

using program::kNoSlot;
using program::Slot;
using program::TypedSlot;

enum class CastInteger : std::uint8_t { none, round, ceiling, floor };

/// Limits, then rescaling, then the cast (spec: Targets; order in docs/readings.md). Missing → default as it stands.
struct RescaleStep final : program::Step {
  void run(const program::Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] Value one(Value x) const;
  /// Forecasts: step by step.
  [[nodiscard]] Value items(const program::Frame& frame, Value list) const;
  [[nodiscard]] double round(double x) const { return roundsToFloat ? toFloat(x) : x; }
  Slot from = kNoSlot, to = kNoSlot;
  std::optional<double> min, max;
  double factor = 1, constant = 0;
  CastInteger cast = CastInteger::none;
  bool roundsToFloat = false, isList = false;
  Value defaultValue = missing();
};

/// Where no class could be predicted: the prior probabilities and their most probable class.
struct PriorStep final : program::Step {
  void run(const program::Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  Slot from = kNoSlot, to = kNoSlot;
  Value winner = missing();
  std::vector<Slot> fromProbabilities, toProbabilities;
  std::vector<double> priors;
};

/// predictedDisplayValue: the words for a value.
struct DisplayStep final : program::Step {
  void run(const program::Frame& frame) const override;
  void describe(program::Wiring& wiring) const override { wiring.is(*this); }
  TypedSlot from;
  Slot to = kNoSlot;
  DistinctValues values;
  std::vector<Value> words;  ///< of each of them
};

}  // namespace scorelet::compile
