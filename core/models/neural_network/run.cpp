// The forward pass. Activations lie unit by unit, one row beside the other, so that a connection is one weight times
// a run of rows: loops are vectorised over rows while each row's sum keeps the order of the document.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "models/neural_network/network.hpp"

namespace scorelet::models::neural_network {

namespace {

constexpr std::size_t kRows = 16;    ///< rows whose sums are held in registers
constexpr std::size_t kNeurons = 4;  ///< neurons that are summed side by side where few rows are left
constexpr double kTwoOverPi = 0.6366197723675814;
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();  ///< becomes an invalid value at the end

template <bool isFloat>
double round(double x) {
  return isFloat ? static_cast<double>(static_cast<float>(x)) : x;
}

/// What a connection adds to its neuron's sum.
template <bool isFloat>
struct Product {
  static double start(const Neuron& neuron) { return neuron.bias; }
  static double term(double weight, double activation) { return round<isFloat>(weight * activation); }
};
template <bool isFloat>
struct SquaredDifference {
  static double start(const Neuron&) { return 0; }
  static double term(double weight, double activation) {
    const double d = round<isFloat>(weight - activation);
    return round<isFloat>(d * d);
  }
};

/// One neuron, `kRows` rows.
template <bool isFloat, class Term>
void sumRows(const Network& network, const Neuron& neuron, const double* activations, std::size_t n, double* out) {
  double sum[kRows];
  for (double& s : sum) s = Term::start(neuron);
  const double* weights = network.weights.data() + neuron.connections;
  const std::uint32_t* from = network.from.data() + neuron.connections;
  for (std::size_t c = 0; c < neuron.fanIn; ++c) {
    const double weight = weights[c];
    const double* a = activations + from[c] * n;
    for (std::size_t i = 0; i < kRows; ++i) sum[i] = round<isFloat>(sum[i] + Term::term(weight, a[i]));
  }
  std::copy_n(sum, kRows, out);
}

/// `count` neurons with as many connections each, one row: independent sums hide each other's latency.
template <bool isFloat, class Term, std::size_t count>
void sumNeurons(const Network& network, const Neuron* neurons, const double* activations, std::size_t n, double* out) {
  double sum[count];
  const double* weights[count];
  const std::uint32_t* from[count];
  for (std::size_t k = 0; k < count; ++k) {
    sum[k] = Term::start(neurons[k]);
    weights[k] = network.weights.data() + neurons[k].connections;
    from[k] = network.from.data() + neurons[k].connections;
  }
  for (std::size_t c = 0; c < neurons[0].fanIn; ++c)
    for (std::size_t k = 0; k < count; ++k)
      sum[k] = round<isFloat>(sum[k] + Term::term(weights[k][c], activations[from[k][c] * n]));
  for (std::size_t k = 0; k < count; ++k) out[k * n] = sum[k];
}

template <bool isFloat, class Term>
void sumLayer(const Network& network, const Layer& layer, const double* activations, std::size_t n, double* out) {
  const Neuron* neurons = network.neurons.data() + layer.neurons;
  const std::size_t whole = n - n % kRows;
  for (std::size_t j = 0; j < layer.count; ++j)
    for (std::size_t i = 0; i < whole; i += kRows)
      sumRows<isFloat, Term>(network, neurons[j], activations + i, n, out + j * n + i);
  for (std::size_t i = whole; i < n; ++i)
    for (std::size_t j = 0; j < layer.count;) {
      const auto isAlike = [&](const Neuron& other) { return other.fanIn == neurons[j].fanIn; };
      if (j + kNeurons <= layer.count && std::all_of(neurons + j, neurons + j + kNeurons, isAlike)) {
        sumNeurons<isFloat, Term, kNeurons>(network, neurons + j, activations + i, n, out + j * n + i);
        j += kNeurons;
      } else {
        sumNeurons<isFloat, Term, 1>(network, neurons + j, activations + i, n, out + j * n + i);
        ++j;
      }
    }
}

template <class F>
void each(double* z, std::size_t count, F&& f) {
  for (std::size_t i = 0; i < count; ++i) z[i] = f(z[i]);
}

/// The activation function on all sums of a layer. A sum that is no number stays one: rows see it at the end.
template <bool isFloat>
void activate(const Network& network, const Layer& layer, std::size_t n, double* z) {
  constexpr auto r = round<isFloat>;
  const std::size_t count = layer.count * n;
  switch (layer.activation) {
    case Activation::threshold:
      return each(z, count, [t = layer.threshold](double x) { return x > t ? 1 : x == x ? 0 : x; });
    case Activation::logistic:
      return each(z, count, [](double x) { return r(1 / r(1 + r(dm::exp(-x)))); });
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
  constexpr auto r = round<isFloat>;
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
    if (layer.activation == Activation::radialBasis)
      sumLayer<isFloat, SquaredDifference<isFloat>>(network, layer, activations, n, z);
    else
      sumLayer<isFloat, Product<isFloat>>(network, layer, activations, n, z);
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
         weights.size() * (sizeof(double) + sizeof(std::uint32_t));
}

}  // namespace scorelet::models::neural_network
