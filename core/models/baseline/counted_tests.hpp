// chiSquareDistribution, chiSquareIndependence and scalarProduct: statistics of counts (spec: Baseline Models).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/baseline/tally.hpp"

namespace scorelet::models::baseline {

enum class NormalizationScheme : std::uint8_t { none, independent, sizeWeighted };

struct CountedTestStep final : program::StatefulStep {
  enum class Statistic : std::uint8_t { chiSquareDistribution, chiSquareIndependence, scalarProduct };
  void run(const program::Frame& frame) const override;
  [[nodiscard]] std::unique_ptr<program::State> makeState() const override { return std::make_unique<Tally>(plan); }

  Statistic statistic = Statistic::chiSquareDistribution;
  TallyPlan plan;
  std::vector<double> baseline;  ///< per cell of the plan: its share of the total, or its count (scalarProduct)
  NormalizationScheme scheme = NormalizationScheme::none;
  program::Slot weight = program::kNoSlot, to = program::kNoSlot;
  std::uint32_t weightPlace = 0;
};

/// Σ(O−E)²/E of a contingency table against independent margins.
[[nodiscard]] double independence(const Tally& tally, std::span<const double> counts,
                                  std::vector<std::vector<double>>& margins);

}  // namespace scorelet::models::baseline
