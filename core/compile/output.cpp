#include <algorithm>

#include "base/math.hpp"
#include "compile/expression.hpp"
#include "compile/model.hpp"

namespace scorelet::compile {

namespace {

constexpr std::pair<std::string_view, Feature> kFeatures[] = {
    {"predictedValue", Feature::predictedValue},
    {"predictedDisplayValue", Feature::predictedDisplayValue},
    {"transformedValue", Feature::transformedValue},
    {"decision", Feature::decision},
    {"probability", Feature::probability},
    {"affinity", Feature::affinity},
    {"residual", Feature::residual},
    {"standardError", Feature::standardError},
    {"standardDeviation", Feature::standardDeviation},
    {"clusterId", Feature::clusterId},
    {"clusterAffinity", Feature::clusterAffinity},
    {"entityId", Feature::entityId},
    {"entityAffinity", Feature::entityAffinity},
    {"warning", Feature::warning},
    {"report", Feature::report},
    {"ruleValue", Feature::ruleValue},
    {"reasonCode", Feature::reasonCode},
    {"antecedent", Feature::antecedent},
    {"consequent", Feature::consequent},
    {"rule", Feature::rule},
    {"ruleId", Feature::ruleId},
    {"confidence", Feature::confidence},
    {"support", Feature::support},
    {"lift", Feature::lift},
    {"leverage", Feature::leverage},
    {"confidenceIntervalLower", Feature::confidenceIntervalLower},
    {"confidenceIntervalUpper", Feature::confidenceIntervalUpper}};

constexpr std::pair<std::string_view, RankBasis> kRankBases[] = {{"confidence", RankBasis::confidence},
                                                                 {"support", RankBasis::support},
                                                                 {"lift", RankBasis::lift},
                                                                 {"leverage", RankBasis::leverage},
                                                                 {"affinity", RankBasis::affinity}};
constexpr std::pair<std::string_view, bool> kRankOrders[] = {{"descending", false}, {"ascending", true}};
constexpr std::pair<std::string_view, RuleAlgorithm> kAlgorithms[] = {
    {"recommendation", RuleAlgorithm::recommendation},
    {"exclusiveRecommendation", RuleAlgorithm::exclusiveRecommendation},
    {"ruleAssociation", RuleAlgorithm::ruleAssociation}};

OutputRequest readRequest(xml::Element e) {
  OutputRequest request;
  request.at = e;
  request.feature = e.word("feature", request.feature, kFeatures);
  request.value = e.attribute("value");
  request.rank = static_cast<std::int32_t>(e.integer("rank", 1));
  if (request.rank < 0) e.error(Code::badValue, "A rank is 1 for the best, 2 for the next, or 0 for all.", "rank");
  request.rankBasis = e.word("rankBasis", request.rankBasis, kRankBases);
  request.isAscending = e.word("rankOrder", false, kRankOrders);
  request.isMultiValued = request.rank == 0 || e.boolean("isMultiValued", false);
  request.algorithm = e.word("algorithm", request.algorithm, kAlgorithms);
  request.ruleFeature = e.word("ruleFeature", request.ruleFeature, kFeatures);
  return request;
}

/// A bound of the central interval: value + quantile · deviation; for forecasts step by step.
struct IntervalStep final : program::Step {
  void run(const program::Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value v = frame.at(value.slot)[i], d = frame.at(deviation.slot)[i];
      Value& out = frame.at(to)[i];
      if (!isPresent(v) || !isPresent(d)) {
        out = isPresent(v) ? d : v;
      } else if (value.type != DataType::list) {
        out = checked(v + quantile * d);
      } else {
        auto& bounds = frame.buffers.numbers;
        const auto values = frame.lists[v], deviations = frame.lists[d];
        bounds.assign(values.begin(), values.end());
        for (std::size_t k = 0; k < bounds.size() && k < deviations.size(); ++k)
          bounds[k] = checked(bounds[k] + quantile * deviations[k]);
        out = frame.lists.add(bounds);
      }
    }
  }
  TypedSlot value, deviation;
  double quantile = 0;
  Slot to = kNoSlot;
};

/// The lane of the predicted class among parallel slots (its probability, confidence).
struct WinnerStep final : program::Step {
  void run(const program::Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value winner = frame.at(value)[i];
      Value out = isPresent(winner) ? missing() : winner;
      for (std::size_t c = 0; c < categories.size(); ++c)
        if (categories[c] == winner) out = frame.at(slots[c])[i];
      frame.at(to)[i] = out;
    }
  }
  Slot value = kNoSlot, to = kNoSlot;
  std::vector<Value> categories;
  std::vector<Slot> slots;
};

/// residual: actual - predicted, or for a class the 0/1 of the actual value less its probability (spec: Output).
struct ResidualStep final : program::Step {
  void run(const program::Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value a = frame.at(actual)[i], p = frame.at(predicted)[i];
      Value& out = frame.at(to)[i];
      if (!isPresent(a) || !isPresent(p))
        out = isInvalid(p) ? p : isInvalid(a) ? a : missing();
      else if (!isClass)
        out = checked(a - p);
      else
        out = fromBool(a == frame.at(category)[i]) - p;
    }
  }
  Slot actual = kNoSlot, predicted = kNoSlot, to = kNoSlot;
  bool isClass = false;
  Slot category = kNoSlot;
};

class OutputCompiler {
 public:
  OutputCompiler(ModelContext& context, ModelResult& result)
      : context_(context), scope_(context.scope), result_(result) {}

  void compile(xml::Element e) {
    const std::string_view name = e.required("name");
    const OutputRequest request = readRequest(e);
    const ModelResult* source = &result_;
    if (const auto id = e.attribute("segmentId")) {
      source = segment(*id);
      if (source == nullptr) {
        e.error(Code::unresolvedReference, "There is no segment \"" + std::string(*id) + "\".", "segmentId");
        return;
      }
      for (const ModelResult::Output& inner : source->outputs) scope_.bind(inner.name, inner.binding);
    }
    const std::string_view target = e.attribute("targetField", {});
    for (const ModelResult::Segment& other : source->otherResults)
      if (other.id == target) {
        source = &other.result;
        break;
      }
    if (!isAbout(target, request, *source)) {
      e.error(Code::unresolvedReference, "The model has no such answer for \"" + std::string(target) + "\".",
              "targetField");
      return;
    }
    TypedSlot value = answer(request, *source);
    if (!value) return;
    const auto declared = document::readDataType(e, false);
    if (declared && value.type != DataType::list) value = castTo(scope_, value, *declared);

    ModelResult::Output output;
    output.name = name;
    output.binding.value = value;
    output.binding.opType = document::readOpType(e, false).value_or(
        value.type == DataType::string || value.type == DataType::boolean ? OpType::categorical : OpType::continuous);
    output.binding.isList = value.type == DataType::list;
    ResultField& d = output.description;
    d.name = name;
    d.displayName = e.attribute("displayName", {});
    d.kind = ResultField::Kind::output;
    d.feature = e.attribute("feature", "predictedValue");
    d.value = e.attribute("value", {});
    d.dataType = value.type;
    d.opType = output.binding.opType;
    d.isFinalResult = e.boolean("isFinalResult", true);
    std::vector<Interval> intervals;
    document::readDomain(e, d.values, intervals);
    for (const ListedValue& v : d.values)
      output.binding.order.push_back(scope_.builder().literal(v.value, value.type, e));
    scope_.bind(name, output.binding);
    result_.outputs.push_back(std::move(output));
  }

 private:
  const ModelResult* segment(std::string_view id) const {
    for (const ModelResult::Segment& s : result_.segments)
      if (s.id == id) return &s.result;
    return nullptr;
  }

  /// False where the answer would be about another target than the one that is named.
  static bool isAbout(std::string_view target, const OutputRequest& request, const ModelResult& source) {
    if (target.empty() || source.targetName.empty() || target == source.targetName) return true;
    if (request.feature == Feature::transformedValue || request.feature == Feature::decision) return true;
    return request.feature == Feature::predictedValue &&
           std::any_of(source.otherTargets.begin(), source.otherTargets.end(),
                       [&](const auto& other) { return other.first == target; });
  }

  TypedSlot unavailable(xml::Element e) {
    e.error(Code::unsupported,
            "<" + std::string(context_.model.name()) + "> has no \"" + std::string(e.attribute("feature", {})) +
                "\" to put out.",
            "feature");
    return {};
  }

  TypedSlot answer(const OutputRequest& request, const ModelResult& source) {
    if (source.outputSource)
      if (const auto own = source.outputSource->answer(scope_, request)) return *own;
    const xml::Element e = request.at;
    switch (request.feature) {
      case Feature::predictedValue: return predictedValue(e, source);
      case Feature::predictedDisplayValue: return source.displayValue;
      case Feature::transformedValue:
        return compileChildExpression(ExpressionContext{scope_, nullptr, 0, document::readDataType(e, false)}, e);
      case Feature::decision: {
        for (xml::Element c : xml::children(e))
          if (isExpression(c.name()))
            return compileExpression(ExpressionContext{scope_, nullptr, 0, document::readDataType(e, false)}, c);
        return source.value;
      }
      case Feature::probability: return perCategory(e, source, source.probabilities);
      case Feature::confidence:
        return perCategory(e, source, source.confidences.empty() ? source.probabilities : source.confidences);
      case Feature::residual: return residual(e, source);
      case Feature::entityId:
      case Feature::clusterId:
        // Only models with an order of their own know a second best entity.
        return source.entityId && request.rank == 1 ? source.entityId : unavailable(e);
      case Feature::affinity:
      case Feature::clusterAffinity:
      case Feature::entityAffinity: return affinity(e, source);
      case Feature::standardError: return source.standardError ? source.standardError : unavailable(e);
      case Feature::standardDeviation: return source.standardDeviation ? source.standardDeviation : unavailable(e);
      case Feature::confidenceIntervalLower:
      case Feature::confidenceIntervalUpper: return interval(request, source);
      case Feature::warning:
      case Feature::report:
        // Messages about the scoring of a record: none is produced for a record that scores (docs/readings.md).
        return scope_.builder().missingOf(DataType::string);
      default: return unavailable(e);
    }
  }

  TypedSlot predictedValue(xml::Element e, const ModelResult& source) {
    const std::string_view target = e.attribute("targetField", source.targetName);
    for (const auto& [name, value] : source.otherTargets)
      if (name == target) return value;
    return source.value;
  }

  TypedSlot interval(const OutputRequest& request, const ModelResult& source) {
    const TypedSlot deviation = source.standardDeviation ? source.standardDeviation : source.standardError;
    if (!deviation) return unavailable(request.at);
    const auto share = upperShare(request);
    if (!share) return {};
    auto& step = scope_.emit<IntervalStep>();
    step.value = source.value;
    step.deviation = deviation;
    step.quantile = dm::normalQuantile(*share);
    if (request.feature == Feature::confidenceIntervalLower) step.quantile = -step.quantile;
    step.to = scope_.builder().newSlot();
    return {step.to, source.value.type, DataType::float64};
  }

  TypedSlot perCategory(xml::Element e, const ModelResult& source, const std::vector<Slot>& slots) {
    if (slots.empty()) return unavailable(e);
    if (const auto text = e.attribute("value")) {
      const Value category = scope_.builder().literal(*text, source.value.type, e, "value");
      const int c = source.categoryIndex(category);
      if (c < 0) {
        // A class that the model can never predict has probability 0.
        e.warn(Code::unresolvedReference,
               "The model has no class \"" + std::string(*text) + "\"; its probability is 0.", "value");
        return scope_.builder().constant(0, DataType::float64);
      }
      return {slots[static_cast<std::size_t>(c)], DataType::float64};
    }
    auto& step = scope_.emit<WinnerStep>();
    step.value = source.value.slot;
    step.categories = source.categories;
    step.slots = slots;
    step.to = scope_.builder().newSlot();
    return {step.to, DataType::float64};
  }

  TypedSlot affinity(xml::Element e, const ModelResult& source) {
    if (source.affinities.empty()) return unavailable(e);
    if (const auto text = e.attribute("value")) {
      for (const auto& [key, slot] : source.affinities)
        if (key == *text) return {slot, DataType::float64};
      e.error(Code::unresolvedReference, "There is no entity \"" + std::string(*text) + "\".", "value");
      return {};
    }
    auto& step = scope_.emit<WinnerStep>();
    step.value = source.entityId ? source.entityId.slot : source.value.slot;
    for (const auto& [key, slot] : source.affinities) {
      step.categories.push_back(scope_.builder().symbol(key));
      step.slots.push_back(slot);
    }
    step.to = scope_.builder().newSlot();
    return {step.to, DataType::float64};
  }

  TypedSlot residual(xml::Element e, const ModelResult& source) {
    const std::string_view target = e.attribute("targetField", context_.targetName);
    if (target.empty()) {
      e.error(Code::unresolvedField, "residual needs a target field to compare with.");
      return {};
    }
    const Binding* actual = scope_.actual(target, e);
    if (actual == nullptr) return {};
    auto step = std::make_unique<ResidualStep>();
    step->actual = actual->value.slot;
    step->predicted = source.value.slot;
    if (!source.categories.empty()) {
      step->isClass = true;
      const TypedSlot probability = perCategory(e, source, source.probabilities);
      if (!probability) return {};
      step->predicted = probability.slot;
      // The class asked for, else the predicted one.
      step->category =
          e.attribute("value")
              ? scope_.builder()
                    .constant(scope_.builder().literal(e.attribute("value", {}), source.value.type, e, "value"),
                              source.value.type)
                    .slot
              : source.value.slot;
    }
    step->to = scope_.builder().newSlot();
    const TypedSlot out{step->to, DataType::float64};
    scope_.body().push_back(std::move(step));
    return out;
  }

  ModelContext& context_;
  Scope& scope_;
  ModelResult& result_;
};

}  // namespace

std::optional<double> upperShare(const OutputRequest& request) {
  const double level = request.at.number("value", 95);
  if (level > 0 && level < 100) return 0.5 + level / 200;
  request.at.error(Code::badValue, "The level of an interval is a percentage between 0 and 100.", "value");
  return std::nullopt;
}

void compileOutput(ModelContext& context, ModelResult& result) {
  OutputCompiler compiler(context, result);
  for (xml::Element e : xml::children(context.model.child("Output"), "OutputField")) compiler.compile(e);
  for (xml::Element e : xml::children(context.model, "ResultField")) compiler.compile(e);
}

}  // namespace scorelet::compile
