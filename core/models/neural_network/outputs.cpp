// NeuralOutputs (spec: Neural Network): the expression of each names a target and is read backwards.
#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "compile/expression.hpp"
#include "models/neural_network/network.hpp"

namespace scorelet::models::neural_network {

void MostActiveStep::run(const Frame& frame) const {
  if (closes)
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value p = frame.at(probabilities[0])[i];
      frame.at(probabilities[1])[i] = isPresent(p) ? isFloat ? toFloat(1 - p) : 1 - p : p;
    }
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value hole = 0;
    std::size_t best = 0;
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
      const Value p = frame.at(probabilities[c])[i];
      if (!isPresent(p) && !isInvalid(hole)) hole = p;
      if (p > frame.at(probabilities[best])[i]) best = c;
    }
    const bool isAnswer = isPresent(hole);
    frame.at(value)[i] = isAnswer ? categories[best] : hole;
    frame.at(entityId)[i] = isAnswer ? neurons[best] : hole;
    if (!isAnswer)
      for (const Slot p : probabilities) frame.at(p)[i] = hole;
  }
}

namespace {

using namespace compile;
using program::NormContinuousStep;

/// Derived fields may stand for one another only so often: their cycles are reported where they are compiled.
constexpr int kMostAliases = 64;

/// One NeuralOutput: which target it speaks of, and how.
struct Decoder {
  xml::Element at;
  std::string_view neuron;
  std::uint32_t unit = 0;
  std::string_view field;
  std::vector<xml::Element> norms;           ///< NormContinuous elements to undo, in this order
  std::optional<std::string_view> category;  ///< NormDiscrete
};

/// The result for one target, and its name.
struct TargetResult {
  std::string_view name;
  ModelResult result;
};

class OutputReader {
 public:
  OutputReader(ModelContext& context, NamedNetwork& named)
      : context_(context), scope_(context.scope), named_(named), step_(scope_.emit<NetworkStep>()) {
    indexFields();
  }

  ModelResult compile() {
    const std::vector<Decoder> decoders = read();
    if (decoders.empty()) return {};
    std::vector<TargetResult> results;
    for (const auto& [target, own] : byTarget(decoders)) {
      ModelResult result = own[0].category ? classification(target, own) : regression(own);
      if (result) results.push_back({target, std::move(result)});
    }
    if (results.empty()) return {};
    // The function says which target is the network's own, the first that fits.
    const bool isClassification = context_.function == MiningFunction::classification;
    const auto own = std::find_if(results.begin(), results.end(), [&](const TargetResult& r) {
      return r.result.categories.empty() != isClassification;
    });
    if (own == results.end()) {
      context_.model.error(Code::badValue,
                           "A classification has NormDiscrete outputs, a regression FieldRef or NormContinuous ones.",
                           "functionName");
      return {};
    }
    std::rotate(results.begin(), own, own + 1);
    step_.network = std::move(named_.network);
    ModelResult main = std::move(results[0].result);
    if (scope_.schema().target())
      main.targetName = results[0].name;
    else
      context_.target = targetOf(results[0].name);
    for (std::size_t t = 1; t < results.size(); ++t)
      main.otherTargets.push_back({results[t].name, std::move(results[t].result)});
    return main;
  }

 private:
  std::vector<Decoder> read() {
    std::vector<Decoder> decoders;
    const xml::Element outputs = context_.model.child("NeuralOutputs");
    for (xml::Element e : xml::children(outputs ? outputs : xml::Element(), "NeuralOutput")) {
      Decoder d;
      d.at = e;
      d.neuron = e.required("outputNeuron");
      if (const auto known = named_.units.find(d.neuron); known != named_.units.end())
        d.unit = known->second;
      else
        e.error(Code::unresolvedReference, "There is no neuron with the id \"" + std::string(d.neuron) + "\".",
                "outputNeuron");
      if (d.unit < named_.network.inputs.size()) named_.network.isConnected[d.unit] = true;
      if (decode(e.child("DerivedField"), d)) decoders.push_back(std::move(d));
    }
    if (decoders.empty() && !outputs)
      context_.model.error(Code::missingElement,
                           "Without NeuralOutputs nothing says what the activations of the network mean.");
    return decoders;
  }

  /// Follows the expression of `field` to the target.
  bool decode(xml::Element field, Decoder& d) {
    if (!field) {
      d.at.error(Code::missingElement, "NeuralOutput needs a DerivedField.");
      return false;
    }
    for (int aliases = 0; field; ++aliases) {
      xml::Element expression;
      for (xml::Element e : xml::children(field))
        if (isExpression(e.name())) expression = e;
      if (!expression || aliases == kMostAliases) {
        field.error(Code::missingElement,
                    "The DerivedField of a NeuralOutput needs an expression that leads to a target.");
        return false;
      }
      if (d.category || (expression.name() != "FieldRef" && expression.name() != "NormContinuous" &&
                         (expression.name() != "NormDiscrete" || !d.norms.empty()))) {
        expression.error(Code::unsupported,
                         "An output of a network is read backwards, which is defined for FieldRef, NormContinuous and "
                         "NormDiscrete of a target; <" +
                             std::string(expression.name()) + "> cannot be inverted here.");
        return false;
      }
      d.field = expression.required("field");
      if (expression.name() == "NormContinuous") d.norms.push_back(expression);
      if (expression.name() == "NormDiscrete") {
        d.category = expression.required("value");
        if (expression.attribute("method", "indicator") != "indicator")
          expression.error(Code::unsupported, "Only the method \"indicator\" of NormDiscrete can be read backwards.",
                           "method");
      }
      field = derivedField(d.field);
    }
    return isTarget(d);
  }

  /// What names in outputs may stand for.
  void indexFields() {
    const auto index = [&](xml::Element fields) {
      for (xml::Element e : xml::children(fields ? fields : xml::Element(), "DerivedField"))
        derived_.emplace(e.attribute("name", {}), e);
    };
    index(context_.model.child("LocalTransformations"));
    for (const document::MiningField& f : scope_.schema().fields) {
      derived_.emplace(f.name, xml::Element());
      if (f.usageType == UsageType::target) places_.emplace(f.name, places_.size());
    }
    for (const document::DataField& f : scope_.builder().dictionary().fields) derived_.emplace(f.name, xml::Element());
    index(scope_.builder().pmml().child("TransformationDictionary"));
  }

  xml::Element derivedField(std::string_view name) const {
    const auto known = derived_.find(name);
    return known == derived_.end() ? xml::Element() : known->second;
  }

  bool isTarget(const Decoder& d) const {
    if (places_.empty() || places_.contains(d.field)) return true;
    d.at.error(Code::unresolvedField,
               "The output speaks of \"" + std::string(d.field) + "\", which is no target of the MiningSchema.");
    return false;
  }

  /// The outputs of each target, targets in the order of the MiningSchema.
  std::vector<std::pair<std::string_view, std::vector<Decoder>>> byTarget(const std::vector<Decoder>& decoders) {
    std::vector<std::pair<std::string_view, std::vector<Decoder>>> targets(places_.size());
    for (const Decoder& d : decoders) {
      const std::size_t place = places_.emplace(d.field, targets.size()).first->second;
      if (place == targets.size()) targets.emplace_back();
      targets[place].first = d.field;
      targets[place].second.push_back(d);
    }
    std::erase_if(targets, [](const auto& t) { return t.second.empty(); });
    return targets;
  }

  /// The lane of a neuron's activation.
  Slot activation(const Decoder& d) {
    step_.outputs.push_back({d.unit, scope_.builder().newSlot()});
    return step_.outputs.back().to;
  }

  ModelResult regression(const std::vector<Decoder>& outputs) {
    const Decoder& d = outputs[0];
    if (outputs.size() > 1) {
      outputs[1].at.error(Code::duplicateName, "There is another output for \"" + std::string(d.field) + "\".");
      return {};
    }
    ModelResult result;
    result.value = {activation(d), DataType::float64};
    for (const xml::Element norm : d.norms) {
      result.value.slot = inverse(result.value.slot, norm);
      if (!result.value) return {};
    }
    result.opType = OpType::continuous;
    return result;
  }

  /// NormContinuous read backwards is one again, its two sides exchanged.
  Slot inverse(Slot value, xml::Element e) {
    auto& step = scope_.emit<NormContinuousStep>();
    if (!expressions::readNormContinuous(e, step)) return kNoSlot;
    std::swap(step.orig, step.norm);
    if (step.orig.front() > step.orig.back()) {
      std::reverse(step.orig.begin(), step.orig.end());
      std::reverse(step.norm.begin(), step.norm.end());
    }
    if (context_.isFloat)
      for (auto* side : {&step.orig, &step.norm})
        for (double& x : *side) x = toFloat(x);
    const auto isNoStep = [](double a, double b) { return !(a < b); };
    if (std::adjacent_find(step.orig.begin(), step.orig.end(), isNoStep) != step.orig.end()) {
      e.error(Code::unsupported,
              "The norm values must rise or fall all along: otherwise an activation stands for several values.");
      return kNoSlot;
    }
    step.mapMissingTo = missing();
    step.roundsToFloat = context_.isFloat;
    step.from = value;
    step.to = scope_.builder().newSlot();
    return step.to;
  }

  ModelResult classification(std::string_view target, const std::vector<Decoder>& outputs) {
    Builder& builder = scope_.builder();
    const Binding binding = targetOf(target);
    auto step = std::make_unique<MostActiveStep>();
    std::unordered_set<Value> seen;
    for (const Decoder& d : outputs) {
      if (!d.category) {
        d.at.error(Code::badValue, "\"" + std::string(target) + "\" has outputs for classes and for numbers.");
        return {};
      }
      const Value category = builder.literal(*d.category, binding.value.type, d.at);
      if (!seen.insert(category).second)
        d.at.error(Code::duplicateName, "There is another output for \"" + std::string(*d.category) + "\".");
      step->categories.push_back(category);
      step->neurons.push_back(builder.symbol(d.neuron));
      step->probabilities.push_back(activation(d));
    }
    if (outputs.size() == 1) {
      // One neuron for two classes: the other class takes the rest.
      for (const Value v : binding.order)
        if (v != step->categories[0]) step->categories.push_back(v);
      if (step->categories.size() != 2) {
        outputs[0].at.error(Code::missingElement, "A classification needs a NeuralOutput for every category.");
        return {};
      }
      step->neurons.push_back(step->neurons[0]);
      step->probabilities.push_back(builder.newSlot());
      step->closes = true;
    }
    step->isFloat = context_.isFloat;
    step->type = binding.value.type;
    step->value = builder.newSlot();
    step->entityId = builder.newSlot();
    ModelResult result;
    result.value = {step->value, binding.value.type};
    result.opType = binding.opType;
    result.categories = step->categories;
    result.probabilities = step->probabilities;
    result.entityId = {step->entityId, DataType::string};
    scope_.body().push_back(std::move(step));
    return result;
  }

  Binding targetOf(std::string_view name) const {
    return name == context_.targetName ? context_.target : scope_.targetBinding(name);
  }

  ModelContext& context_;
  Scope& scope_;
  NamedNetwork& named_;
  NetworkStep& step_;
  /// Derived fields by name; the names of other fields, which hide global ones, have empty elements.
  std::unordered_map<std::string_view, xml::Element> derived_;
  std::unordered_map<std::string_view, std::size_t> places_;  ///< of targets, in the order of the MiningSchema
};

}  // namespace

ModelResult compileOutputs(ModelContext& context, NamedNetwork named) { return OutputReader(context, named).compile(); }

}  // namespace scorelet::models::neural_network
