#include "models/neural_network/network.hpp"

namespace scorelet::models {

compile::ModelResult compileNeuralNetwork(compile::ModelContext& context) {
  return neural_network::compileOutputs(context, neural_network::read(context));
}

}  // namespace scorelet::models
