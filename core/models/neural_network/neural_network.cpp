#include "models/neural_network/network.hpp"

namespace scorelet::models {

compile::ModelResult compileNeuralNetwork(compile::ModelContext& context) {
  using compile::MiningFunction;
  if (context.function != MiningFunction::classification && context.function != MiningFunction::regression) {
    context.model.error(Code::unsupported,
                        "Neural networks are defined for the functions classification and regression.", "functionName");
    return {};
  }
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
