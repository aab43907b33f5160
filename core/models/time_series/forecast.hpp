// What the families of models share: steps 1…horizon for each row, as list values.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "compile/model.hpp"
#include "models/time_series/transformation.hpp"

namespace scorelet::models::time_series {

using compile::ModelContext;
using program::Frame;
using program::kNoSlot;
using program::Slot;
using program::TypedSlot;

/// How far to look ahead: a field of the record, else the same for all.
struct Horizon {
  Slot slot = kNoSlot;
  std::uint32_t steps = 1;
  /// The horizon of a row, missing, or invalid.
  [[nodiscard]] Value at(const Frame& frame, std::size_t row) const noexcept;
};

/// The document's integer input, supplementary before active, that no regressor uses; else LoadOptions::horizon.
[[nodiscard]] Horizon readHorizon(ModelContext& context, xml::Element algorithm);

/// One family's recursion, on the scale that it models.
class Forecaster {
 public:
  virtual ~Forecaster() = default;
  /// Doubles of working memory for a forecast of `steps`.
  [[nodiscard]] virtual std::size_t memory(std::size_t /*steps*/) const noexcept { return 0; }
  virtual void values(const Frame& frame, std::size_t row, std::span<double> out, std::span<double> memory) const = 0;
  [[nodiscard]] virtual bool hasDeviations() const noexcept { return false; }
  /// Standard deviations of the forecasts; called only where there are some.
  virtual void deviations(std::span<double> out, std::span<double> memory) const;
  [[nodiscard]] virtual std::size_t bytes() const noexcept { return 0; }
};

/// Appends the step that fills the lanes; an empty result if `forecaster` is empty.
[[nodiscard]] compile::ModelResult emitForecast(ModelContext& context, const Horizon& horizon,
                                                std::unique_ptr<Forecaster> forecaster, Transformation transformation);

}  // namespace scorelet::models::time_series
