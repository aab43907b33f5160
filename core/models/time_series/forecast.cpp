#include "models/time_series/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::models::time_series {

namespace {

using compile::Feature;
using compile::OutputRequest;
using compile::Scope;

struct ForecastStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t row = 0; row < frame.n; ++row) answer(frame, row);
  }
  [[nodiscard]] std::size_t bytes() const noexcept override { return forecaster->bytes(); }

  Horizon horizon;
  std::unique_ptr<Forecaster> forecaster;
  Transformation transformation = Transformation::none;
  Slot value = kNoSlot, deviation = kNoSlot;
  /// The same on the model's scale: what intervals are made of.
  Slot modelValue = kNoSlot, modelDeviation = kNoSlot;
  bool computesDeviations = false;

 private:
  void answer(const Frame& frame, std::size_t row) const {
    const Value steps = horizon.at(frame, row);
    for (const Slot s : {value, deviation, modelValue, modelDeviation})
      if (s != kNoSlot) frame.at(s)[row] = isPresent(steps) ? missing() : steps;
    if (!isPresent(steps)) return;
    const auto n = static_cast<std::size_t>(steps);
    std::vector<double>& buffer = frame.buffers.numbers;
    buffer.resize(2 * n + forecaster->memory(n));
    const std::span<double> all(buffer);
    const std::span<double> values = all.first(n), deviations = all.subspan(n, n), memory = all.subspan(2 * n);

    forecaster->values(frame, row, values, memory);
    if (modelValue != kNoSlot) frame.at(modelValue)[row] = frame.lists.add(values);
    if (computesDeviations) {
      forecaster->deviations(deviations, memory);
      if (modelDeviation != kNoSlot) frame.at(modelDeviation)[row] = frame.lists.add(deviations);
      for (std::size_t h = 0; h < n; ++h) deviations[h] = restoredDeviation(transformation, values[h], deviations[h]);
      frame.at(deviation)[row] = frame.lists.add(deviations);
    }
    for (std::size_t h = 0; h < n; ++h) values[h] = restored(transformation, values[h]);
    frame.at(value)[row] = frame.lists.add(values);
  }
};

/// A bound of the interval on the model's scale, taken back to that of the series.
struct BoundStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t row = 0; row < frame.n; ++row) {
      const Value v = frame.at(value)[row], d = frame.at(deviation)[row];
      Value& out = frame.at(to)[row];
      out = isPresent(v) ? d : v;
      if (!isPresent(out)) continue;
      const auto values = frame.lists[v], deviations = frame.lists[d];
      std::vector<double>& bounds = frame.buffers.numbers;
      bounds.resize(values.size());
      for (std::size_t h = 0; h < bounds.size(); ++h)
        bounds[h] =
            restoredBound(transformation, !isPresent(values[h])       ? values[h]
                                          : !isPresent(deviations[h]) ? deviations[h]
                                                                      : checked(values[h] + quantile * deviations[h]));
      out = frame.lists.add(bounds);
    }
  }
  Slot value = kNoSlot, deviation = kNoSlot, to = kNoSlot;
  Transformation transformation = Transformation::none;
  double quantile = 0;
};

/// Deviations are computed only where an Output asks for them.
class ForecastOutputs final : public compile::OutputSource {
 public:
  explicit ForecastOutputs(ForecastStep& step) : step_(step) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    const bool isInterval =
        request.feature == Feature::confidenceIntervalLower || request.feature == Feature::confidenceIntervalUpper;
    if (!isInterval && request.feature != Feature::standardError && request.feature != Feature::standardDeviation)
      return std::nullopt;
    if (step_.deviation == kNoSlot) {
      request.at.error(Code::unsupported,
                       "The document does not say how uncertain its forecasts are (RMSE, variance or the like), so "
                       "there is no \"" +
                           std::string(request.at.attribute("feature", {})) + "\" to put out.",
                       "feature");
      return TypedSlot{};
    }
    step_.computesDeviations = true;
    if (!isInterval) return TypedSlot{step_.deviation, DataType::list, DataType::float64};
    const auto share = compile::upperShare(request);
    if (!share) return TypedSlot{};
    for (Slot* s : {&step_.modelValue, &step_.modelDeviation})
      if (*s == kNoSlot) *s = scope.builder().newSlot();
    auto& bound = scope.emit<BoundStep>();
    bound.value = step_.modelValue;
    bound.deviation = step_.modelDeviation;
    bound.transformation = step_.transformation;
    bound.quantile = dm::normalQuantile(*share);
    if (request.feature == Feature::confidenceIntervalLower) bound.quantile = -bound.quantile;
    bound.to = scope.builder().newSlot();
    return TypedSlot{bound.to, DataType::list, DataType::float64};
  }

 private:
  ForecastStep& step_;  ///< owned by the program that is being built
};

}  // namespace

void Forecaster::deviations(std::span<double> out, std::span<double>) const {
  std::fill(out.begin(), out.end(), missing());
}

compile::ModelResult emitForecast(ModelContext& context, const Horizon& horizon, std::unique_ptr<Forecaster> forecaster,
                                  Transformation transformation) {
  if (!forecaster) return {};
  compile::Builder& builder = context.scope.builder();
  auto& step = context.scope.emit<ForecastStep>();
  step.horizon = horizon;
  step.forecaster = std::move(forecaster);
  step.transformation = transformation;
  step.value = builder.newSlot();
  compile::ModelResult result;
  result.value = {step.value, DataType::list, DataType::float64};
  result.opType = OpType::continuous;
  if (step.forecaster->hasDeviations()) {
    step.deviation = builder.newSlot();
    // The error of a forecast is that of the new observation.
    result.standardDeviation = result.standardError = {step.deviation, DataType::list, DataType::float64};
  }
  result.outputSource = std::make_shared<ForecastOutputs>(step);
  return result;
}

}  // namespace scorelet::models::time_series
