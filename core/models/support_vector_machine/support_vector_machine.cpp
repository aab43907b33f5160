#include "models/support_vector_machine/machine.hpp"

namespace scorelet::models {

namespace {

using namespace compile;

/// Exporters ask for probabilities, but the standard gives these models none.
class NoProbabilities final : public OutputSource {
 public:
  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    if (request.feature != Feature::probability) return std::nullopt;
    request.at.warn(Code::unsupported,
                    "The standard defines no probabilities for support vector machines; the result is missing.",
                    "feature");
    return scope.builder().missingOf(DataType::float64);
  }
};

}  // namespace

ModelResult compileSupportVectorMachineModel(ModelContext& context) {
  const bool isClassification = context.function == MiningFunction::classification;
  auto step = std::make_unique<support_vector_machine::MachinesStep>();
  step->machines = support_vector_machine::read(context);
  if (step->machines.machines.empty()) return {};
  step->value = context.scope.builder().newSlot();
  ModelResult result;
  result.value = {step->value, isClassification ? context.target.value.type : DataType::float64};
  result.opType = isClassification ? context.target.opType : OpType::continuous;
  if (isClassification) {
    result.categories = step->machines.categories;
    result.outputSource = std::make_shared<NoProbabilities>();
  }
  context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
