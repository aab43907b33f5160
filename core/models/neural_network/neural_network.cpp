#include "models/neural_network/network.hpp"

namespace scorelet::models {

compile::ModelResult compileNeuralNetwork(compile::ModelContext& context) {
  using compile::MiningFunction;
  compile::ModelResult result = neural_network::compileOutputs(context, neural_network::read(context));
  if (result && result.categories.empty() == (context.function == MiningFunction::classification)) {
    context.model.error(Code::badValue,
                        "A classification has NormDiscrete outputs, a regression FieldRef or NormContinuous ones.",
                        "functionName");
    return {};
  }
  return result;
}

}  // namespace scorelet::models
