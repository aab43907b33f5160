#include <algorithm>
#include <span>

#include "base/math.hpp"
#include "compile/expression.hpp"
#include "models/neural_network/network.hpp"

namespace scorelet::models::neural_network {

namespace {

using namespace compile;

constexpr std::pair<std::string_view, Activation> kActivations[] = {{"threshold", Activation::threshold},
                                                                    {"logistic", Activation::logistic},
                                                                    {"tanh", Activation::tanh},
                                                                    {"identity", Activation::identity},
                                                                    {"exponential", Activation::exponential},
                                                                    {"reciprocal", Activation::reciprocal},
                                                                    {"square", Activation::square},
                                                                    {"Gauss", Activation::gauss},
                                                                    {"sine", Activation::sine},
                                                                    {"cosine", Activation::cosine},
                                                                    {"Elliott", Activation::elliott},
                                                                    {"arctan", Activation::arctan},
                                                                    {"rectifier", Activation::rectifier},
                                                                    {"radialBasis", Activation::radialBasis}};

constexpr std::pair<std::string_view, Normalization> kNormalizations[] = {
    {"none", Normalization::none}, {"simplemax", Normalization::simplemax}, {"softmax", Normalization::softmax}};

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context) { network_.isFloat = context.isFloat; }

  NamedNetwork read() {
    const xml::Element model = context_.model;
    if (!model.attribute("activationFunction")) (void)model.required("activationFunction");
    if (const xml::Element inputs = model.child("NeuralInputs"))
      for (xml::Element e : xml::children(inputs, "NeuralInput")) readInput(e);
    if (network_.inputs.empty()) model.error(Code::missingElement, "NeuralNetwork needs NeuralInputs.");
    network_.isConnected.resize(network_.inputs.size());
    for (xml::Element e : xml::children(model, "NeuralLayer")) nameNeurons(e);
    for (xml::Element e : xml::children(model, "NeuralLayer"))
      if (!readLayer(e)) break;
    if (network_.layers.empty()) model.error(Code::missingElement, "NeuralNetwork needs a NeuralLayer.");
    layOut();
    return std::move(named_);
  }

 private:
  double rounded(double x) const { return context_.isFloat ? toFloat(x) : x; }

  void name(xml::Element e) {
    const std::string_view id = e.required("id");
    if (!named_.units.emplace(id, static_cast<std::uint32_t>(named_.units.size())).second)
      e.error(Code::duplicateName, "There are two units with the id \"" + std::string(id) + "\".", "id");
  }

  void readInput(xml::Element e) {
    name(e);
    const xml::Element field = e.child("DerivedField");
    if (!field) {
      e.error(Code::missingElement, "NeuralInput needs a DerivedField.");
      return;
    }
    // RapidMiner misspells the data type; an input of a neuron is a number.
    TypedSlot value = field.attribute("dataType") ? compileDerivedField(context_.scope, field).value
                                                  : compileChildExpression(ExpressionContext{context_.scope}, field);
    network_.inputs.push_back(castSingle(context_.scope, value, DataType::float64, field).slot);
  }

  void nameNeurons(xml::Element layer) {
    for (xml::Element e : xml::children(layer, "Neuron")) name(e);
  }

  bool readLayer(xml::Element e) {
    const xml::Element model = context_.model;
    Layer layer;
    layer.activation =
        e.word("activationFunction", model.word("activationFunction", layer.activation, kActivations), kActivations);
    layer.normalization =
        e.word("normalizationMethod", model.word("normalizationMethod", layer.normalization, kNormalizations),
               kNormalizations);
    layer.threshold = rounded(e.number("threshold", model.number("threshold", 0)));
    layer.neurons = static_cast<std::uint32_t>(network_.neurons.size());
    const std::size_t firstUnit = network_.units();
    for (xml::Element n : xml::children(e, "Neuron")) {
      if (!readNeuron(n, e, layer.activation, firstUnit)) return false;
      ++layer.count;
    }
    if (layer.count == 0) e.error(Code::missingElement, "NeuralLayer needs a Neuron.");
    network_.layers.push_back(layer);
    return true;
  }

  bool readNeuron(xml::Element e, xml::Element layer, Activation activation, std::size_t firstUnit) {
    Neuron neuron;
    neuron.bias = rounded(e.number("bias", 0));
    neuron.weights = static_cast<std::uint32_t>(network_.weights.size());
    neuron.from = static_cast<std::uint32_t>(network_.from.size());
    for (xml::Element c : xml::children(e, "Con")) {
      if (!context_.scope.builder().charge(c)) return false;
      const std::string_view from = c.required("from");
      network_.weights.push_back(rounded(c.requiredNumber("weight")));
      network_.from.push_back(unitBefore(c, from, firstUnit));
    }
    neuron.fanIn = static_cast<std::uint32_t>(network_.weights.size()) - neuron.weights;
    if (neuron.fanIn == 0) e.error(Code::missingElement, "A Neuron needs a Con.");
    if (activation == Activation::radialBasis) {
      const auto inherited = [&](std::string_view attribute) {
        const auto own = e.number(attribute);
        const auto ofLayer = own ? own : layer.number(attribute);
        return ofLayer ? ofLayer : context_.model.number(attribute);
      };
      const double altitude = rounded(inherited("altitude").value_or(1));
      const auto width = inherited("width");
      if (!(altitude > 0)) e.error(Code::badValue, "The altitude of a radial basis is positive.", "altitude");
      if (!width)
        e.error(Code::missingAttribute,
                "A radial basis needs a width, here, on the NeuralLayer or on the NeuralNetwork.", "width");
      else if (!(*width > 0))
        e.error(Code::badValue, "The width of a radial basis is positive.", "width");
      neuron.altitude = rounded(neuron.fanIn * rounded(dm::log(altitude)));
      neuron.spread = rounded(2 * rounded(rounded(width.value_or(1)) * rounded(width.value_or(1))));
      if (neuron.bias != 0) e.warn(Code::badValue, "A radial basis has no bias; it is ignored.", "bias");
      neuron.bias = 0;
    }
    network_.neurons.push_back(neuron);
    return true;
  }

  [[nodiscard]] bool isDense(const Layer& layer, std::span<const Neuron> neurons) const {
    constexpr std::size_t kFewest = dense_sums::kBlock / 2;  // fewer are mostly filling
    const auto units = [this](const Neuron& n) { return std::span(network_.from).subspan(n.from, n.fanIn); };
    return !network_.isFloat && layer.activation != Activation::radialBasis && neurons.size() >= kFewest &&
           std::ranges::all_of(neurons,
                               [&](const Neuron& n) { return std::ranges::equal(units(n), units(neurons[0])); });
  }

  /// Puts the weights of dense layers side by side.
  void layOut() {
    constexpr std::size_t kBlock = dense_sums::kBlock;
    std::vector<double> weights;
    std::vector<std::uint32_t> from;
    for (Layer& layer : network_.layers) {
      const std::span neurons = std::span(network_.neurons).subspan(layer.neurons, layer.count);
      layer.isDense = isDense(layer, neurons);
      layer.biases = static_cast<std::uint32_t>(network_.biases.size());
      const std::size_t blocks = layer.isDense ? (layer.count + kBlock - 1) / kBlock : 0;
      network_.biases.resize(layer.biases + blocks * kBlock);
      const std::size_t matrix = weights.size();
      if (layer.isDense) weights.resize(matrix + blocks * kBlock * neurons[0].fanIn);
      for (std::size_t j = 0; j < layer.count; ++j) {
        Neuron& neuron = neurons[j];
        const double* own = network_.weights.data() + neuron.weights;
        const std::uint32_t* units = network_.from.data() + neuron.from;
        if (!layer.isDense || j == 0) {
          neuron.from = static_cast<std::uint32_t>(from.size());
          from.insert(from.end(), units, units + neuron.fanIn);
        }
        if (layer.isDense) {
          neuron.weights = static_cast<std::uint32_t>(matrix);
          network_.biases[layer.biases + j] = neuron.bias;
          for (std::size_t t = 0; t < neuron.fanIn; ++t)
            weights[matrix + (j / kBlock * neuron.fanIn + t) * kBlock + j % kBlock] = own[t];
        } else {
          neuron.weights = static_cast<std::uint32_t>(weights.size());
          weights.insert(weights.end(), own, own + neuron.fanIn);
        }
      }
    }
    network_.weights = std::move(weights);
    network_.from = std::move(from);
  }

  /// The unit that a connection comes from, which is known before the layer that starts at `firstUnit`.
  std::uint32_t unitBefore(xml::Element at, std::string_view id, std::size_t firstUnit) {
    const auto known = named_.units.find(id);
    if (known == named_.units.end()) {
      at.error(Code::unresolvedReference, "There is no neuron or input with the id \"" + std::string(id) + "\".",
               "from");
      return 0;
    }
    const std::uint32_t unit = known->second;
    if (unit >= firstUnit) {
      at.error(Code::unsupported,
               "\"" + std::string(id) +
                   "\" belongs to the same or a later layer. The standard gives recurrent networks no first "
                   "activations; connect from earlier layers only.",
               "from");
      return 0;
    }
    if (unit < network_.inputs.size()) network_.isConnected[unit] = true;
    return unit;
  }

  ModelContext& context_;
  NamedNetwork named_;
  Network& network_ = named_.network;
};

}  // namespace

NamedNetwork read(ModelContext& context) { return Reader(context).read(); }

}  // namespace scorelet::models::neural_network
