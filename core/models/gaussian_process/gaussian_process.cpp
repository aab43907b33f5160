// GaussianProcessModel (spec: Gaussian Process): the posterior mean and variance given the training instances.
#include <algorithm>
#include <cmath>

#include "base/cholesky.hpp"
#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "models/gaussian_process/kernel.hpp"
#include "models/training_instances.hpp"

namespace scorelet::models {

namespace gaussian_process {

using namespace compile;
using program::Frame;

/// mean = k'·(K + σ²I)⁻¹·y, variance = k(x,x) − k'·(K + σ²I)⁻¹·k, with the factor of K + σ²I made at load.
struct GaussianProcessStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t row = 0; row < frame.n; ++row) answer(frame, row);
  }
  [[nodiscard]] std::size_t bytes() const noexcept override {
    return cholesky.bytes() + (instances.size() + weights.size()) * sizeof(double);
  }

  Kernel kernel;
  std::vector<Slot> inputs;
  std::vector<double> instances;  ///< inputs.size() numbers per training instance
  std::vector<double> weights;    ///< (K + σ²I)⁻¹·y
  Cholesky cholesky;
  Slot mean = kNoSlot, standardError = kNoSlot, standardDeviation = kNoSlot;
  bool wantsVariance = false;

 private:
  void answer(const Frame& frame, std::size_t row) const {
    const std::size_t n = weights.size(), width = inputs.size();
    std::vector<double>& x = frame.buffers.sums;
    std::vector<double>& k = frame.buffers.numbers;
    x.resize(width);
    k.resize(n);
    Value hole = 0;
    for (std::size_t i = 0; i < width; ++i) {
      x[i] = frame.at(inputs[i])[row];
      if (!isPresent(x[i]) && !isInvalid(hole)) hole = x[i];
    }
    double sum = 0;
    for (std::size_t i = 0; i < n && isPresent(hole); ++i) {
      k[i] = kernel(x.data(), instances.data() + i * width);
      sum += k[i] * weights[i];
    }
    frame.at(mean)[row] = isPresent(hole) ? checked(sum) : hole;
    if (!wantsVariance) return;
    double variance = kernel.gamma;
    if (isPresent(hole)) {
      cholesky.forward(k.data());
      for (std::size_t i = 0; i < n; ++i) variance -= k[i] * k[i];
      if (variance < 0) variance = 0;  // rounding, next to a training instance
    }
    frame.at(standardError)[row] = isPresent(hole) ? checked(std::sqrt(variance)) : hole;
    frame.at(standardDeviation)[row] = isPresent(hole) ? checked(std::sqrt(variance + kernel.noiseVariance)) : hole;
  }
};

/// The variance costs n² per record: it is computed only if an output asks for it.
struct VarianceOnDemand final : OutputSource {
  explicit VarianceOnDemand(GaussianProcessStep& step) : step(step) {}
  std::optional<TypedSlot> answer(Scope&, const OutputRequest& request) override {
    switch (request.feature) {
      case Feature::standardError:
      case Feature::standardDeviation:
      case Feature::confidenceIntervalLower:
      case Feature::confidenceIntervalUpper: step.wantsVariance = true; break;
      default: break;
    }
    return std::nullopt;
  }
  GaussianProcessStep& step;
};

/// The instance fields that are inputs, in their order.
std::vector<TrainingInstances::Field> bindInputs(ModelContext& context, const TrainingInstances& instances,
                                                 GaussianProcessStep& step) {
  std::vector<TrainingInstances::Field> fields;
  for (const TrainingInstances::Field& f : instances.fields) {
    if (f.field == context.targetName) continue;
    const Binding* field = context.scope.resolve(f.field, f.at);
    if (field == nullptr) continue;
    if (!isNumeric(field->value.type)) {
      f.at.error(
          Code::typeMismatch,
          "The inputs of a Gaussian process are numbers, not " + std::string(dataTypeName(field->value.type)) + ".",
          "field");
      continue;
    }
    fields.push_back(f);
    step.inputs.push_back(field->value.slot);
  }
  if (fields.empty()) context.model.error(Code::emptyModel, "A Gaussian process needs an input among InstanceFields.");
  return fields;
}

/// Reads the instances, factors K + σ²I and solves for the weights.
void fit(ModelContext& context, const TrainingInstances& instances, GaussianProcessStep& step) {
  Builder& builder = context.scope.builder();
  const std::size_t n = instances.rows.size();
  if (n > builder.limits().matrixRows) {
    context.model.error(Code::limitReached, "There are more than " + std::to_string(builder.limits().matrixRows) +
                                                " training instances (limits.matrixRows).");
    return;
  }
  // The factor costs n³/6 operations: the same budget as for expressions bounds what a document may ask for in all.
  if (!builder.charge(context.model, static_cast<std::uint32_t>(std::min<std::size_t>(n * n / 16 + 1, 1u << 30))))
    return;
  const TrainingInstances::Field* target = instances.find(context.targetName);
  if (target == nullptr) {
    context.model.error(Code::missingElement, "InstanceFields must name the target field, whose values are predicted.");
    return;
  }
  const auto fields = bindInputs(context, instances, step);
  const std::size_t width = fields.size();
  step.kernel = readKernel(context.model, width);
  if (width == 0) return;
  for (const xml::Element row : instances.rows) {
    step.weights.push_back(numberOf(row, *target));
    for (const TrainingInstances::Field& f : fields) step.instances.push_back(numberOf(row, f));
  }
  std::vector<double> covariance;
  covariance.reserve(n * (n + 1) / 2);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      covariance.push_back(step.kernel(step.instances.data() + i * width, step.instances.data() + j * width) +
                           (i == j ? step.kernel.noiseVariance : 0));
  const std::size_t singular = step.cholesky.factor(std::move(covariance), n);
  if (singular != Cholesky::kNone) {
    instances.rows[singular].error(
        Code::badValue, "The covariance of the training instances is not positive definite at instance " +
                            std::to_string(singular + 1) +
                            ": it repeats earlier ones without noise, or the kernel is no covariance. Give a larger "
                            "noiseVariance.");
    return;
  }
  step.cholesky.forward(step.weights.data());
  step.cholesky.backward(step.weights.data());
}

}  // namespace gaussian_process

compile::ModelResult compileGaussianProcessModel(compile::ModelContext& context) {
  compile::warnIfFloat(context);
  using namespace gaussian_process;
  if (context.targetName.empty())
    context.model.error(Code::missingElement, "A GaussianProcessModel needs a target field in its MiningSchema.");
  const auto instances = readTrainingInstances(context.model);
  auto owned = std::make_unique<GaussianProcessStep>();
  GaussianProcessStep& step = *owned;
  if (instances) fit(context, *instances, step);
  // Only now: the fields that it reads are made by steps before it.
  context.scope.body().push_back(std::move(owned));
  Builder& builder = context.scope.builder();
  step.mean = builder.newSlot();
  step.standardError = builder.newSlot();
  step.standardDeviation = builder.newSlot();
  ModelResult result;
  result.value = {step.mean, DataType::float64};
  result.standardError = {step.standardError, DataType::float64};
  result.standardDeviation = {step.standardDeviation, DataType::float64};
  result.outputSource = std::make_shared<VarianceOnDemand>(step);
  return result;
}

}  // namespace scorelet::models
