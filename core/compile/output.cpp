#include <algorithm>
#include <limits>
#include <unordered_map>

#include "base/distinct_values.hpp"
#include "base/math.hpp"
#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "compile/winner_step.hpp"

namespace scorelet::compile {

void WinnerStep::run(const program::Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value winner = frame.at(value)[i];
    Value out = isPresent(winner) ? missing() : winner;
    for (std::size_t c = 0; c < categories.size(); ++c)
      if (categories[c] == winner) out = frame.at(slots[c])[i];
    frame.at(to)[i] = out;
  }
}

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

program::Ranks readRanks(xml::Element e) {
  program::Ranks ranks;
  const int rank = e.integer("rank", 1);
  if (rank < 0) e.error(Code::badValue, "A rank is 1 for the best, 2 for the next, or 0 for all.", "rank");
  ranks.rank = static_cast<std::size_t>(std::max(rank, 0));
  ranks.isList = rank == 0 || e.boolean("isMultiValued", false);
  ranks.isAscending = e.word("rankOrder", false, kRankOrders);
  if (ranks.isList && !e.attribute("rank"))
    e.warn(Code::badValue, "A list of one: a rank that is absent is 1. rank=\"0\" puts out all.", "isMultiValued");
  return ranks;
}

OutputRequest readRequest(xml::Element e) {
  OutputRequest request;
  request.at = e;
  request.feature = e.word("feature", request.feature, kFeatures);
  request.value = e.attribute("value");
  request.ranks = readRanks(e);
  request.rankBasis = e.word("rankBasis", request.rankBasis, kRankBases);
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
          if (isPresent(bounds[k]))
            bounds[k] = isPresent(deviations[k]) ? checked(bounds[k] + quantile * deviations[k]) : deviations[k];
        out = frame.lists.add(bounds);
      }
    }
  }
  TypedSlot value, deviation;
  double quantile = 0;
  Slot to = kNoSlot;
};

/// Classes by rank, or what `slots` say of each: the predicted one is the best, the others follow by probability.
struct ClassRankStep final : program::Step {
  void run(const program::Frame& frame) const override {
    auto& entries = frame.buffers.entries;
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value winner = frame.at(value)[i];
      frame.at(to)[i] = winner;
      if (!isPresent(winner)) continue;
      entries.clear();
      for (std::uint32_t c = 0; c < categories.size(); ++c) {
        const Value p = categories[c] == winner ? kInfinity : frame.at(probabilities[c])[i];
        if (isPresent(p)) entries.push_back({c, p, 0});
      }
      program::sortEntries(entries, !ranks.isAscending);
      frame.at(to)[i] = program::atRank(frame, entries, ranks, [&](const program::Buffers::Entry& e) {
        return slots.empty() ? categories[e.index] : frame.at(slots[e.index])[i];
      });
    }
  }
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Slot value = kNoSlot, to = kNoSlot;
  std::vector<Value> categories;
  std::vector<Slot> probabilities, slots;
  program::Ranks ranks;
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
    for (const ModelResult::Segment& other : source->otherTargets)
      if (other.id == target) {
        source = &other.result;
        break;
      }
    TypedSlot value = answer(request, *source);
    if (!value) return;
    const auto declared = document::readDataType(e, false);
    if (declared && !isJson(e))
      value = value.type == DataType::list ? castItemsTo(scope_, value, *declared) : castTo(scope_, value, *declared);

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
    return request.feature == Feature::transformedValue || request.feature == Feature::decision;
  }

  /// An Extension by which some producers declare a list as text in JSON: it stays the list that it is.
  static bool isJson(xml::Element e) {
    for (xml::Element x : xml::children(e, "Extension"))
      if (x.attribute("name", {}) == "dataType" && x.attribute("value", {}) == "json") return true;
    return false;
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
    if (const auto target = e.attribute("targetField"); target && !isAbout(*target, request, source)) {
      e.error(Code::unresolvedReference, "The model has no such answer for \"" + std::string(*target) + "\".",
              "targetField");
      return {};
    }
    if (isRanked(request)) return byRank(request, source);
    switch (request.feature) {
      case Feature::predictedValue: return source.value;
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
      case Feature::confidence: return perCategory(e, source, confidences(source));
      case Feature::residual: return residual(e, source);
      case Feature::entityId:
      case Feature::clusterId: return source.entityId ? source.entityId : unavailable(e);
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

  static const std::vector<Slot>& confidences(const ModelResult& source) {
    return source.confidences.empty() ? source.probabilities : source.confidences;
  }

  /// Another rank than the best is asked for, of answers that may have one.
  static bool isRanked(const OutputRequest& request) {
    if (request.ranks.isBest()) return false;
    switch (request.feature) {
      case Feature::transformedValue:
      case Feature::decision:
      case Feature::warning:
      case Feature::report: return false;
      case Feature::probability:
      case Feature::confidence:
      case Feature::affinity:
      case Feature::clusterAffinity:
      case Feature::entityAffinity: return !request.value;
      default: return true;
    }
  }

  /// Classes are ranked by their probabilities; whatever else has an order has an OutputSource.
  TypedSlot byRank(const OutputRequest& request, const ModelResult& source) {
    const bool isValue = request.feature == Feature::predictedValue;
    const bool isShare = request.feature == Feature::probability || request.feature == Feature::confidence;
    if (source.probabilities.empty() || (!isValue && !isShare)) {
      request.at.error(Code::unsupported,
                       "<" + std::string(context_.model.name()) + "> ranks no \"" +
                           std::string(request.at.attribute("feature", "predictedValue")) + "\": it has one at most.",
                       request.at.attribute("rank") ? "rank" : "rankOrder");
      return {};
    }
    auto& step = scope_.emit<ClassRankStep>();
    step.value = source.value.slot;
    step.categories = source.categories;
    step.probabilities = source.probabilities;
    if (isShare) step.slots = request.feature == Feature::probability ? source.probabilities : confidences(source);
    step.ranks = request.ranks;
    step.to = scope_.builder().newSlot();
    return TypedSlot::of(step.to, isShare ? DataType::float64 : source.value.type, request.ranks.isList);
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

  /// The place of each class in `ModelResult::categories`, made once for all outputs.
  const DistinctValues& numbersOf(const ModelResult& source) {
    const auto [at, isNew] = numbers_.try_emplace(&source);
    if (isNew) at->second = DistinctValues(source.categories);
    return at->second;
  }

  TypedSlot perCategory(xml::Element e, const ModelResult& source, const std::vector<Slot>& slots) {
    if (slots.empty()) return unavailable(e);
    if (const auto text = e.attribute("value")) {
      const Value category = scope_.builder().literal(*text, source.value.type, e, "value");
      const auto c = numbersOf(source).find(category);
      if (!c) {
        // A class that the model can never predict has probability 0.
        e.warn(Code::unresolvedReference,
               "The model has no class \"" + std::string(*text) + "\"; its probability is 0.", "value");
        return scope_.builder().constant(0, DataType::float64);
      }
      return {slots[*c], DataType::float64};
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
    if (source.value.type == DataType::list) return unavailable(e);  // forecasts: one actual value is not enough
    const Binding* actual = scope_.actual(target, e);
    if (actual == nullptr) return {};
    if (source.categories.empty() && !(isNumeric(actual->value.type) && isNumeric(source.value.type))) {
      e.error(Code::typeMismatch, "A residual is a difference of numbers, or of a class and its probability.");
      return {};
    }
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
  std::unordered_map<const ModelResult*, DistinctValues> numbers_;
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
