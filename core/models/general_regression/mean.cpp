// regression, generalLinear and generalizedLinear with a continuous target, with errors and intervals of the mean.
#include <algorithm>
#include <map>
#include <string>

#include "base/math.hpp"
#include "models/general_regression/compilation.hpp"
#include "models/general_regression/steps.hpp"

namespace scorelet::models::general_regression {

namespace {

using namespace compile;

/// Bounds of the mean: those of the linear predictor through the inverse link, times the trials.
struct BoundStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value y = frame.at(predictor)[i], error = frame.at(predictorError)[i], n = frame.at(trials)[i];
      Value& out = frame.at(to)[i];
      if (!arePresent(y, error)) {
        out = hole(y, error);
        continue;
      }
      const Value below = link.inverse(y - quantile * error), above = link.inverse(y + quantile * error);
      out = arePresent(below, above) ? checked(n * (isUpper ? std::max(below, above) : std::min(below, above)))
                                     : hole(below, above);
    }
  }
  Link link;
  Slot predictor = kNoSlot, predictorError = kNoSlot, trials = kNoSlot, to = kNoSlot;
  double quantile = 0;
  bool isUpper = false;
};

/// confidenceIntervalLower and -Upper: the shared ones know neither the link nor @modelDF.
class Intervals final : public OutputSource {
 public:
  Intervals(const MeanStep& step, std::optional<double> degrees, bool isRescaled)
      : link_(step.link),
        predictor_(step.predictor),
        predictorError_(step.predictorError),
        trials_(step.trials),
        degrees_(degrees),
        isRescaled_(isRescaled) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    const bool isUpper = request.feature == Feature::confidenceIntervalUpper;
    const bool isInterval = isUpper || request.feature == Feature::confidenceIntervalLower;
    if (!isInterval && request.feature != Feature::standardError) return std::nullopt;
    if (isRescaled_) {
      request.at.error(Code::unsupported,
                       "PCovMatrix speaks of the model's own scale; where Targets change the prediction, neither its "
                       "error nor its interval is defined.",
                       "feature");
      return TypedSlot{};
    }
    if (!isInterval) return std::nullopt;
    const auto share = upperShare(request);
    if (!share) return TypedSlot{};
    auto& step = scope.emit<BoundStep>();
    step.link = link_;
    step.predictor = predictor_;
    step.predictorError = predictorError_;
    step.trials = trials_;
    step.quantile = degrees_ ? dm::studentQuantile(*share, *degrees_) : dm::normalQuantile(*share);
    step.isUpper = isUpper;
    step.to = scope.builder().newSlot();
    return TypedSlot{step.to, DataType::float64};
  }

 private:
  Link link_;
  Slot predictor_, predictorError_, trials_;
  std::optional<double> degrees_;
  bool isRescaled_;
};

class MeanCompiler {
 public:
  explicit MeanCompiler(Compilation& compilation) : c_(compilation) {}

  ModelResult compile() {
    auto step = std::make_unique<MeanStep>();
    if (c_.family == Family::generalizedLinear) {
      const auto link = c_.link("linkFunction");
      if (!link) return {};
      step->link = *link;
    }
    auto equation = c_.onlyEquation();
    step->offset = c_.number("offsetVariable", "offsetValue", 0);
    step->trials = c_.number("trialsVariable", "trialsValue", 1);
    if (const auto n = c_.model.number("trialsValue"); n && !(*n >= 1)) {
      c_.model.error(Code::badValue, "The number of trials is positive.", "trialsValue");
      return {};
    }
    if (!equation || step->offset == kNoSlot || step->trials == kNoSlot) return {};
    step->equation = *std::move(equation);
    readCovariance(*step);
    step->design = c_.reader.take();
    step->value = c_.builder.newSlot();
    ModelResult result;
    result.value = {step->value, DataType::float64};
    if (!step->covariance.entries.empty()) {
      step->predictor = c_.builder.newSlot();
      step->predictorError = c_.builder.newSlot();
      step->valueError = c_.builder.newSlot();
      result.standardError = {step->valueError, DataType::float64};
      const auto degrees = c_.model.number("modelDF");
      if (degrees && !(*degrees > 0)) c_.model.error(Code::badValue, "Degrees of freedom are positive.", "modelDF");
      result.outputSource = std::make_shared<Intervals>(*step, degrees, isRescaled());
    }
    c_.context.scope.body().push_back(std::move(step));
    return result;
  }

 private:
  /// Half of the symmetric matrix is enough; what it leaves out is 0. A matrix that is not one of this equation's
  /// coefficients gives no errors, which matters only to those who ask for them.
  void readCovariance(MeanStep& step) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> entries;
    for (xml::Element c : xml::children(c_.model.child("PCovMatrix"), "PCovCell")) {
      if (!c_.builder.charge(c)) return;
      const auto row = c_.reader.findParameter(c.required("pRow")),
                 column = c_.reader.findParameter(c.required("pCol"));
      const double value = c.requiredNumber("value");
      const bool isKnown = row && column;
      if (isKnown) {
        const auto [known, isNew] = entries.emplace(std::minmax(*row, *column), value);
        if (isNew || known->second == value) continue;
      }
      c.warn(isKnown ? Code::duplicateName : Code::unresolvedReference,
             std::string(isKnown ? "The covariance of two parameters has two different values"
                                 : "The covariance is of a parameter that is not in the ParameterList") +
                 ", so there are no standard errors.");
      return;
    }
    for (const auto& [pair, value] : entries)
      step.covariance.entries.push_back({c_.reader.row(pair.first, step.equation.category, c_.model),
                                         c_.reader.row(pair.second, step.equation.category, c_.model),
                                         pair.first == pair.second ? value : 2 * value});
  }

  [[nodiscard]] bool isRescaled() const {
    for (xml::Element t : xml::children(c_.model.child("Targets"), "Target"))
      for (const std::string_view a : {"min", "max", "rescaleFactor", "rescaleConstant", "castInteger"})
        if (t.attribute(a)) return true;
    return false;
  }

  Compilation& c_;
};

}  // namespace

ModelResult compileMean(Compilation& compilation) { return MeanCompiler(compilation).compile(); }

}  // namespace scorelet::models::general_regression
