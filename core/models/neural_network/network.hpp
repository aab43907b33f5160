// NeuralNetwork (spec: Neural Network): layers of neurons over derived inputs.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compile/model.hpp"
#include "models/dense_sums/dense_sums.hpp"
#include "models/normalization.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::neural_network {

using program::Frame;
using program::Slot;

enum class Activation : std::uint8_t {
  threshold,
  logistic,
  tanh,
  identity,
  exponential,
  reciprocal,
  square,
  gauss,
  sine,
  cosine,
  elliott,
  arctan,
  rectifier,
  radialBasis
};

/// A run of connections with what is added to their sum.
struct Neuron {
  double bias = 0;                                 ///< radialBasis: 0, it has none
  double altitude = 0;                             ///< radialBasis: fan-in · ln(altitude)
  double spread = 1;                               ///< radialBasis: 2 · width²
  std::uint32_t weights = 0, from = 0, fanIn = 0;  ///< its connections in the Network's lists
};

struct Layer {
  Activation activation = Activation::logistic;
  Normalization normalization = Normalization::none;
  double threshold = 0;
  std::uint32_t neurons = 0, count = 0;
  bool isDense = false;      ///< all neurons have the units of the first; from its weights on lies a dense_sums::Matrix
  std::uint32_t biases = 0;  ///< of a dense layer: in the Network's list
};

/// Units are numbered inputs first, then neurons in document order; connections come from units of earlier layers.
struct Network {
  std::vector<Slot> inputs;
  std::vector<bool> isConnected;  ///< inputs that some neuron or output reads
  std::vector<Layer> layers;
  std::vector<Neuron> neurons;
  std::vector<double> weights;      ///< of all connections, layer by layer
  std::vector<std::uint32_t> from;  ///< their units; those of a dense layer once
  std::vector<double> biases;       ///< of dense layers
  bool isFloat = false;             ///< x-mathContext="float": rounded after each operation
  dense_sums::Run runDense = dense_sums::fastest();
  [[nodiscard]] std::size_t units() const noexcept { return inputs.size() + neurons.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// A network with the names of its units, as the outputs refer to them.
struct NamedNetwork {
  Network network;
  std::unordered_map<std::string_view, std::uint32_t> units;
};

/// Reads and checks NeuralInputs and NeuralLayers; nothing can be scored if it reported errors.
[[nodiscard]] NamedNetwork read(compile::ModelContext& context);

/// Reads NeuralOutputs and appends the steps that turn activations into the values of the targets.
[[nodiscard]] compile::ModelResult compileOutputs(compile::ModelContext& context, NamedNetwork named);

/// The forward pass on a chunk of rows. A row with a missing or invalid input has no activations.
struct NetworkStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override { wiring.is(*this); }
  [[nodiscard]] std::size_t bytes() const noexcept override { return network.bytes(); }
  struct Output {
    std::uint32_t unit;
    Slot to;
  };
  Network network;
  std::vector<Output> outputs;
};

/// The class whose neuron is the most active, the first of equals, with the neuron's id.
struct MostActiveStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override { wiring.is(*this); }
  std::vector<Value> categories, neurons;
  std::vector<Slot> probabilities;
  bool closes = false;  ///< the second of two classes has no neuron: it takes the rest
  bool isFloat = false;
  Slot value = compile::kNoSlot, entityId = compile::kNoSlot;
  DataType type = DataType::string;  ///< of the categories
};

}  // namespace scorelet::models::neural_network
