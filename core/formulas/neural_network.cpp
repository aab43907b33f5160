// NeuralNetwork: a definition for each neuron.
#include "formulas/links.hpp"
#include "formulas/steps.hpp"
#include "models/neural_network/network.hpp"

namespace scorelet::formulas {

namespace {

using namespace models::neural_network;
using models::Normalization;

Formula activation(Translation& t, const Layer& layer, const Neuron& neuron, const Formula& z) {
  constexpr double kTwoOverPi = 0.6366197723675814;
  switch (layer.activation) {
    case Activation::threshold: return iff(binary(">", z, number(layer.threshold)), number(1), number(0));
    case Activation::logistic: return logistic(z);
    case Activation::tanh: return call("TANH", {z});
    case Activation::identity: return z;
    case Activation::exponential: return call("EXP", {z});
    case Activation::reciprocal: return over(number(1), z);
    case Activation::square: return power(z, 2);
    case Activation::gauss: return call("EXP", {negate(power(z, 2))});
    case Activation::sine: return call("SIN", {z});
    case Activation::cosine: return call("COS", {z});
    case Activation::elliott: {
      const Formula v = t.define("z", z);
      return over(v, add(number(1), call("ABS", {v})));
    }
    case Activation::arctan: return times(number(kTwoOverPi), call("ATAN", {z}));
    case Activation::rectifier: return call("MAX", {z, number(0)});
    case Activation::radialBasis:
      return call("EXP", {subtract(number(neuron.altitude), over(z, number(neuron.spread)))});
  }
  return z;
}

/// The weight of connection `i` of a layer's neuron `j`.
double weightOf(const Network& network, const Layer& layer, std::size_t j, std::size_t i) {
  if (!layer.isDense) return network.weights[network.neurons[layer.neurons + j].weights + i];
  constexpr auto kBlock = static_cast<std::size_t>(models::dense_sums::kBlock);
  const Neuron& first = network.neurons[layer.neurons];
  return network.weights[first.weights + (j / kBlock * first.fanIn + i) * kBlock + j % kBlock];
}

void translate(Translation& t, const NetworkStep& s) {
  const Network& network = s.network;
  if (network.isFloat) t.isSinglePrecision = true;
  Formulas units;
  std::vector<Lane> inputs;
  for (std::size_t u = 0; u < network.inputs.size(); ++u) {
    if (!network.isConnected[u]) {
      units.push_back(number(0));
      continue;
    }
    inputs.push_back(t.numberLane(network.inputs[u]));
    units.push_back(inputs.back().formula);
  }
  const bool mayBeMissing = anyMissing(inputs);
  // One look at all inputs; neurons behind a missing one are not computed.
  const Formula isComplete =
      mayBeMissing ? t.define("complete", whenPresent(inputs, logical(true), logical(false))) : logical(true);
  for (const Layer& layer : network.layers) {
    Formulas now;
    const bool isRadial = layer.activation == Activation::radialBasis;
    for (std::uint32_t j = 0; j < layer.count; ++j) {
      const Neuron& neuron = network.neurons[layer.neurons + j];
      Formula z = number(neuron.bias);
      for (std::uint32_t i = 0; i < (layer.isDense ? network.neurons[layer.neurons].fanIn : neuron.fanIn); ++i) {
        const double w = weightOf(network, layer, j, i);
        const std::uint32_t from =
            network.from[layer.isDense ? network.neurons[layer.neurons].from + i : neuron.from + i];
        z = isRadial ? add(z, power(subtract(number(w), units[from]), 2)) : add(z, times(number(w), units[from]));
      }
      now.push_back(t.define("neuron", iff(isComplete, activation(t, layer, neuron, z), number(0))));
    }
    if (layer.normalization != Normalization::none) {
      now = shares(t, now, layer.normalization == Normalization::softmax);
      for (Formula& a : now) a = t.define("neuron", a);
    }
    units.insert(units.end(), now.begin(), now.end());
  }
  for (const auto& output : s.outputs)
    t.set(output.to,
          {mayBeMissing ? whenPresent(inputs, units[output.unit]) : units[output.unit], DataType::float64, mayBeMissing,
           true},
          "activation");
}

void translate(Translation& t, const MostActiveStep& s) {
  std::vector<Lane> lanes;
  Formulas p, categories, neurons;
  if (s.closes) {
    const Lane first = t.lane(s.probabilities[0]);
    t.set(s.probabilities[1], {whenPresent({first}, subtract(number(1), first.formula)), DataType::float64,
                               first.mayBeMissing, first.mayBeInvalid});
  }
  if (s.isFloat) t.isSinglePrecision = true;
  for (std::size_t c = 0; c < s.probabilities.size(); ++c) {
    lanes.push_back(t.lane(s.probabilities[c]));
    p.push_back(lanes.back().formula);
    categories.push_back(t.constant(s.categories[c], s.type));
    neurons.push_back(t.constant(s.neurons[c], DataType::string));
  }
  const auto answer = [&](const Formulas& values, DataType type) {
    return Lane{whenPresent(lanes, largest(t, p, values)), type, anyMissing(lanes), anyInvalid(lanes)};
  };
  t.set(s.value, answer(categories, s.type), "class");
  t.set(s.entityId, answer(neurons, DataType::string), "neuron");
}

}  // namespace

bool translateNetwork(Translation& t, const program::Wiring::Known& step) {
  if (const auto* network = step.as<NetworkStep>())
    translate(t, *network);
  else if (const auto* most = step.as<MostActiveStep>())
    translate(t, *most);
  else
    return false;
  return true;
}

}  // namespace scorelet::formulas
