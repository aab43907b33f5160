// zValue and CUSUM: statistics of a number per record (spec: Baseline Models).
#pragma once

#include <memory>

#include "models/baseline/distribution.hpp"
#include "program/program.hpp"

namespace scorelet::models::baseline {

/// (mean of the window − μ) / (σ/√n). A window of one record needs no memory.
struct ZValueStep final : program::StatefulStep {
  void run(const program::Frame& frame) const override;
  [[nodiscard]] std::unique_ptr<program::State> makeState() const override;
  program::Slot from = program::kNoSlot, to = program::kNoSlot;
  Distribution baseline;
  std::size_t window = 1;
};

/// Z = max(reset, Z + ln(f1(x)/f0(x))) over all records, or over the latest `window`.
struct CusumStep final : program::StatefulStep {
  void run(const program::Frame& frame) const override;
  [[nodiscard]] std::unique_ptr<program::State> makeState() const override;
  program::Slot from = program::kNoSlot, to = program::kNoSlot;
  Distribution baseline, alternate;
  double resetValue = 0, start = 0;
  std::size_t window = 0;
};

}  // namespace scorelet::models::baseline
