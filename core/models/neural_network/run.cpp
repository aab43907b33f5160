// The forward pass: layer by layer, all rows of the chunk at once.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "models/neural_network/network.hpp"
#include "models/row_sums.hpp"

namespace scorelet::models::neural_network {

namespace {

constexpr double kTwoOverPi = 0.6366197723675814;
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();  ///< becomes an invalid value at the end

template <class F>
void each(double* z, std::size_t count, F&& f) {
  for (std::size_t i = 0; i < count; ++i) z[i] = f(z[i]);
}

/// The activation function on all sums of a layer. A sum that is no number stays one: rows see it at the end.
template <bool isFloat>
void activate(const Network& network, const Layer& layer, std::size_t n, double* z) {
  constexpr auto r = rounded<isFloat>;
  const std::size_t count = layer.count * n;
  switch (layer.activation) {
    case Activation::threshold:
      return each(z, count, [t = layer.threshold](double x) { return x > t ? 1 : x == x ? 0 : x; });
    case Activation::logistic: return each(z, count, [](double x) { return r(1 / r(1 + r(dm::exp(-x)))); });
    case Activation::tanh: return each(z, count, [](double x) { return r(dm::tanh(x)); });
    case Activation::identity: return;
    case Activation::exponential: return each(z, count, [](double x) { return r(dm::exp(x)); });
    case Activation::reciprocal:  // 1/0 has no value
      return each(z, count, [](double x) { return x == 0 ? kNoNumber : r(1 / x); });
    case Activation::square: return each(z, count, [](double x) { return r(x * x); });
    case Activation::gauss: return each(z, count, [](double x) { return r(dm::exp(-r(x * x))); });
    case Activation::sine: return each(z, count, [](double x) { return r(dm::sin(x)); });
    case Activation::cosine: return each(z, count, [](double x) { return r(dm::cos(x)); });
    case Activation::elliott: return each(z, count, [](double x) { return r(x / r(1 + std::fabs(x))); });
    case Activation::arctan: return each(z, count, [](double x) { return r(kTwoOverPi * r(dm::atan(x))); });
    case Activation::rectifier: return each(z, count, [](double x) { return x < 0 ? 0 : x; });
    case Activation::radialBasis:
      for (std::size_t j = 0; j < layer.count; ++j)
        each(z + j * n, n, [&neuron = network.neurons[layer.neurons + j]](double x) {
          return r(dm::exp(r(neuron.altitude - r(x / neuron.spread))));
        });
  }
}

/// Shares of the layer's sum, row by row, neurons in document order.
template <bool isFloat>
void normalize(const Layer& layer, std::size_t n, double* z) {
  if (layer.normalization == Normalization::none) return;
  constexpr auto r = rounded<isFloat>;
  std::array<double, program::kChunk> sum{};
  if (layer.normalization == Normalization::softmax) {
    // The largest is subtracted first, so that nothing overflows.
    std::array<double, program::kChunk> most;
    std::copy_n(z, n, most.begin());
    for (std::size_t j = 1; j < layer.count; ++j)
      for (std::size_t i = 0; i < n; ++i) most[i] = z[j * n + i] > most[i] ? z[j * n + i] : most[i];
    for (std::size_t j = 0; j < layer.count; ++j)
      for (std::size_t i = 0; i < n; ++i) z[j * n + i] = r(dm::exp(r(z[j * n + i] - most[i])));
  }
  for (std::size_t j = 0; j < layer.count; ++j)
    for (std::size_t i = 0; i < n; ++i) sum[i] = r(sum[i] + z[j * n + i]);
  for (std::size_t i = 0; i < n; ++i)
    if (sum[i] == 0) sum[i] = kNoNumber;  // shares of nothing
  for (std::size_t j = 0; j < layer.count; ++j)
    for (std::size_t i = 0; i < n; ++i) z[j * n + i] = r(z[j * n + i] / sum[i]);
}

template <bool isFloat>
void forward(const Network& network, std::size_t n, double* activations) {
  for (const Layer& layer : network.layers) {
    double* z = activations + (network.inputs.size() + layer.neurons) * n;
    const auto termsOf = [&](std::size_t j) {
      const Neuron& neuron = network.neurons[layer.neurons + j];
      return Terms{neuron.bias, network.weights.data() + neuron.weights, network.from.data() + neuron.from,
                   neuron.fanIn};
    };
    if (layer.isDense) {
      const Terms first = termsOf(0);
      network.runDense({first.weights, network.biases.data() + layer.biases, first.from, first.count, layer.count},
                       activations, n, z);
    } else if (layer.activation == Activation::radialBasis) {
      sumRows<SquaredDifference, isFloat>(layer.count, termsOf, activations, n, z);
    } else {
      sumRows<Product, isFloat>(layer.count, termsOf, activations, n, z);
    }
    activate<isFloat>(network, layer, n, z);
    normalize<isFloat>(layer, n, z);
  }
}

}  // namespace

void NetworkStep::run(const Frame& frame) const {
  const std::size_t n = frame.n;
  std::vector<double>& activations = frame.buffers.numbers;
  activations.resize(network.units() * n);
  std::array<Value, program::kChunk> hole{};  // why a row has no activations
  for (std::size_t u = 0; u < network.inputs.size(); ++u) {
    const double* in = frame.at(network.inputs[u]);
    double* a = activations.data() + u * n;
    for (std::size_t i = 0; i < n; ++i) a[i] = network.isFloat ? toFloat(in[i]) : in[i];
    if (!network.isConnected[u]) continue;
    for (std::size_t i = 0; i < n; ++i)
      if (!isPresent(in[i]) && !isInvalid(hole[i])) hole[i] = in[i];
  }
  if (network.isFloat)
    forward<true>(network, n, activations.data());
  else
    forward<false>(network, n, activations.data());
  for (const Output& output : outputs) {
    const double* a = activations.data() + output.unit * n;
    double* to = frame.at(output.to);
    for (std::size_t i = 0; i < n; ++i) to[i] = isPresent(hole[i]) ? checked(a[i]) : hole[i];
  }
}

std::size_t Network::bytes() const noexcept {
  return inputs.size() * sizeof(Slot) + layers.size() * sizeof(Layer) + neurons.size() * sizeof(Neuron) +
         (weights.size() + biases.size()) * sizeof(double) + from.size() * sizeof(std::uint32_t);
}

}  // namespace scorelet::models::neural_network
