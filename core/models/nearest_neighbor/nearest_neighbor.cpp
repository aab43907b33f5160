#include "models/nearest_neighbor/nearest_neighbor.hpp"

#include <algorithm>
#include <cmath>

#include "base/sort.hpp"
#include "compile/expression.hpp"

namespace scorelet::models {

namespace nearest_neighbor {

namespace {

using compile::Binding;
using compile::Builder;
using compile::Feature;
using compile::MiningFunction;
using compile::ModelContext;
using compile::ModelResult;
using compile::OutputRequest;
using compile::Scope;
using program::TypedSlot;

constexpr std::pair<std::string_view, ContinuousScoring> kContinuous[] = {
    {"median", ContinuousScoring::median},
    {"average", ContinuousScoring::average},
    {"weightedAverage", ContinuousScoring::weightedAverage}};
constexpr std::pair<std::string_view, CategoricalScoring> kCategorical[] = {
    {"majorityVote", CategoricalScoring::majorityVote},
    {"weightedMajorityVote", CategoricalScoring::weightedMajorityVote}};

/// Neighbours by rank, and distances. They are computed only if an output asks for them.
class NeighborSource final : public compile::OutputSource {
 public:
  NeighborSource(NeighborStep* step, bool hasTargets) : step_(step), hasTargets_(hasTargets) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    switch (request.feature) {
      case Feature::affinity:
      case Feature::entityAffinity:
      case Feature::clusterAffinity: return request.value ? distanceTo(scope, request) : neighbor(scope, request, true);
      case Feature::predictedValue:
        if (hasTargets_) return std::nullopt;
        [[fallthrough]];
      case Feature::entityId:
      case Feature::clusterId:
        if (request.ranks.isBest()) return std::nullopt;
        return neighbor(scope, request, false);
      default: return std::nullopt;
    }
  }

 private:
  TypedSlot neighbor(Scope& scope, const OutputRequest& request, bool isAffinity) {
    const program::Ranks& ranks = request.ranks;
    if (!ranks.isList && ranks.rank > step_->numberOfNeighbors)
      request.at.warn(
          Code::badValue,
          "The model finds " + std::to_string(step_->numberOfNeighbors) + " neighbours, so there is none of this rank.",
          "rank");
    const Slot to = scope.builder().newSlot();
    step_->neighbors.push_back({ranks, isAffinity, to});
    const DataType type = isAffinity ? DataType::float64 : DataType::string;
    return TypedSlot::of(to, type, ranks.isList);
  }

  TypedSlot distanceTo(Scope& scope, const OutputRequest& request) {
    const Value id = scope.builder().symbol(*request.value);
    const auto at = std::find(step_->ids.begin(), step_->ids.end(), id);
    if (at == step_->ids.end()) {
      request.at.error(Code::unresolvedReference, "There is no stored record \"" + std::string(*request.value) + "\".",
                       "value");
      return {};
    }
    const Slot to = scope.builder().newSlot();
    step_->distances.emplace_back(static_cast<std::uint32_t>(at - step_->ids.begin()), to);
    return {to, DataType::float64};
  }

  NeighborStep* step_;  ///< owned by the program
  bool hasTargets_;
};

class Compiler {
 public:
  explicit Compiler(ModelContext& context)
      : context_(context),
        builder_(context.scope.builder()),
        step_(std::make_unique<NeighborStep>()),
        instances_(context) {}

  ModelResult compile() {
    readAttributes();
    step_->measure = comparison::readMeasure(context_);
    if (!instances_.isRead()) return {};
    readInputs();
    readIds();
    for (const document::MiningField& f : context_.scope.schema().fields)
      if (f.usageType == UsageType::target) readTarget(f);
    if (step_->targets.size() != targetNames_.size()) return {};  // reported
    checkFunction();
    checkWeights();
    return result();
  }

 private:
  void readAttributes() {
    const xml::Element e = context_.model;
    if (!e.attribute("numberOfNeighbors")) (void)e.required("numberOfNeighbors");
    const int k = e.integer("numberOfNeighbors", 1);
    if (k < 1) e.error(Code::badValue, "At least one neighbour is needed.", "numberOfNeighbors");
    step_->numberOfNeighbors = static_cast<std::size_t>(std::max(k, 1));
    if (instances_.isRead() && step_->numberOfNeighbors > instances_.count()) {
      e.warn(Code::badValue,
             "There are only " + std::to_string(instances_.count()) + " stored records; all of them are neighbours.",
             "numberOfNeighbors");
      step_->numberOfNeighbors = instances_.count();
    }
    step_->threshold = e.number("threshold", 0.001);
    if (!(step_->threshold >= 0 && std::isfinite(step_->threshold)))
      e.error(Code::badValue, "threshold is not negative.", "threshold");
    step_->continuousScoring = e.word("continuousScoringMethod", ContinuousScoring::average, kContinuous);
    step_->categoricalScoring = e.word("categoricalScoringMethod", CategoricalScoring::majorityVote, kCategorical);
  }

  void readInputs() {
    std::size_t count = 0;
    auto& rows = step_->rows;
    rows.count = instances_.count();
    for (xml::Element e : xml::children(context_.model.child("KNNInputs"), "KNNInput")) {
      if (++count > builder_.limits().elements / rows.count) {
        e.error(Code::limitReached, "The stored records have more coordinates than limits.elements.");
        return;
      }
      const std::string_view name = e.required("field");
      const Binding* field = context_.scope.resolve(name, e);
      if (field == nullptr) continue;
      comparison::addField(context_, step_->measure, e, *field);
      const comparison::ComparedField& compared = step_->measure.fields.back();
      std::vector<Value> lanes = instances_.lanes(name, compared.type, e);
      lanes.resize(rows.count, missing());
      for (std::size_t i = 0; i < lanes.size(); ++i)
        rows.coordinates.push_back(comparison::toCoordinate(step_->measure, compared, lanes[i], instances_.row(i)));
    }
    if (count == 0) context_.model.error(Code::missingElement, "NearestNeighborModel needs a KNNInput.");
  }

  /// Ids of the stored records; without an id variable their 1-based numbers.
  void readIds() {
    if (const auto name = context_.model.attribute("instanceIdVariable")) {
      if (!instances_.has(*name))
        context_.model.error(Code::unresolvedReference,
                             "The stored records have no column of \"" + std::string(*name) + "\".",
                             "instanceIdVariable");
      else
        step_->ids = instances_.stored(*name, DataType::string);
    } else if (context_.function == MiningFunction::clustering) {
      context_.model.error(Code::missingAttribute, "Neighbours without a target are told by their instanceIdVariable.",
                           "instanceIdVariable");
    }
    for (std::size_t i = step_->ids.size(); i < instances_.count(); ++i)
      step_->ids.push_back(builder_.symbol(std::to_string(i + 1)));
  }

  void readTarget(const document::MiningField& mining) {
    targetNames_.push_back(mining.name);
    Binding binding = context_.scope.targetBinding(mining.name);
    if (!instances_.has(mining.name)) {
      mining.at.error(Code::unresolvedReference,
                      "The stored records have no column of the target \"" + std::string(mining.name) + "\".", "name");
      return;
    }
    Target target;
    // Of a single target the function tells what it is, of several the optype of each.
    std::size_t targets = 0;
    for (const document::MiningField& f : context_.scope.schema().fields) targets += f.usageType == UsageType::target;
    target.isVote = binding.opType != OpType::continuous;
    if (targets == 1 && context_.function == MiningFunction::regression) target.isVote = false;
    if (targets == 1 && context_.function == MiningFunction::classification) target.isVote = true;
    target.value = builder_.newSlot();
    if (target.isVote) {
      readVotes(target, binding, mining.name);
    } else {
      const bool isKnown = builder_.dictionary().find(mining.name) != nullptr;
      if (isKnown && !isNumeric(binding.value.type))
        mining.at.error(Code::typeMismatch,
                        "Only numbers can be averaged; \"" + std::string(mining.name) + "\" is of another type.",
                        "name");
      else
        target.numbers = instances_.stored(mining.name, isKnown ? binding.value.type : DataType::float64);
      target.numbers.resize(instances_.count(), missing());
      if (context_.isFloat)
        for (Value& v : target.numbers) v = toFloat(v);
    }
    step_->targets.push_back(std::move(target));
    bindings_.push_back(std::move(binding));
  }

  void readVotes(Target& target, const Binding& binding, std::string_view name) {
    const std::vector<Value> values = instances_.stored(name, binding.value.type);
    target.categories = binding.order;
    std::vector<double> stored(target.categories.size(), 0);
    for (const Value v : values) {
      if (!isPresent(v)) {
        target.votes.push_back(kNone);
        continue;
      }
      auto at = std::find(target.categories.begin(), target.categories.end(), v);
      if (at == target.categories.end()) {
        target.categories.push_back(v);
        stored.push_back(0);
        at = target.categories.end() - 1;
      }
      const auto c = static_cast<std::size_t>(at - target.categories.begin());
      ++stored[c];
      target.votes.push_back(static_cast<std::uint32_t>(c));
    }
    // A tie goes to the category that is stored more often, then to the smallest value (spec: Nearest Neighbors).
    const auto isSmaller = [&](std::size_t a, std::size_t b) {
      const Value x = target.categories[a], y = target.categories[b];
      return binding.value.type == DataType::string ? builder_.textOf(x) < builder_.textOf(y) : x < y;
    };
    std::vector<std::uint32_t> order(target.categories.size());
    for (std::uint32_t c = 0; c < order.size(); ++c) order[c] = c;
    sort(order, [&](std::uint32_t a, std::uint32_t b) {
      if (stored[a] != stored[b]) return stored[a] > stored[b];
      return isSmaller(a, b);
    });
    target.priority.resize(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) target.priority[order[i]] = i;
    for (std::size_t c = 0; c < target.categories.size(); ++c) target.probabilities.push_back(builder_.newSlot());
  }

  void checkFunction() {
    const bool needsTarget =
        context_.function == MiningFunction::classification || context_.function == MiningFunction::regression;
    if (needsTarget && targetNames_.empty())
      context_.model.error(Code::missingElement,
                           "This function needs a MiningField with usageType=\"target\"; without one it is clustering.",
                           "functionName");
  }

  /// Weights are inverse distances; a similarity has none.
  void checkWeights() {
    for (const Target& t : step_->targets) {
      const bool isWeighted = t.isVote ? step_->categoricalScoring == CategoricalScoring::weightedMajorityVote
                                       : step_->continuousScoring == ContinuousScoring::weightedAverage;
      if (isWeighted && step_->measure.isSimilarity)
        context_.model.error(
            Code::unsupported,
            "Weights are inverse distances; the specification defines none for a ComparisonMeasure of kind similarity.",
            t.isVote ? "categoricalScoringMethod" : "continuousScoringMethod");
    }
  }

  ModelResult result() {
    const Slot nearest = builder_.newSlot();
    step_->neighbors.push_back({{}, false, nearest});
    const auto source = std::make_shared<NeighborSource>(step_.get(), !step_->targets.empty());
    std::vector<ModelResult> results;
    for (std::size_t t = 0; t < step_->targets.size(); ++t) {
      const Target& target = step_->targets[t];
      ModelResult one;
      one.value = {target.value, target.isVote ? bindings_[t].value.type : DataType::float64};
      one.opType = target.isVote ? bindings_[t].opType : OpType::continuous;
      one.categories = target.categories;
      one.probabilities = target.probabilities;
      results.push_back(std::move(one));
    }
    if (results.empty()) {
      results.emplace_back();
      results[0].value = {nearest, DataType::string};
      results[0].opType = OpType::categorical;
    }
    for (ModelResult& r : results) {
      r.entityId = {nearest, DataType::string};
      r.outputSource = source;
    }
    context_.scope.body().push_back(std::move(step_));
    // The first target is the model's own.
    for (std::size_t t = 1; t < results.size(); ++t)
      results[0].otherTargets.push_back({targetNames_[t], std::move(results[t])});
    return std::move(results[0]);
  }

  ModelContext& context_;
  Builder& builder_;
  std::unique_ptr<NeighborStep> step_;
  TrainingInstances instances_;
  std::vector<std::string_view> targetNames_;
  std::vector<Binding> bindings_;
};

}  // namespace

}  // namespace nearest_neighbor

compile::ModelResult compileNearestNeighborModel(compile::ModelContext& context) {
  return nearest_neighbor::Compiler(context).compile();
}

}  // namespace scorelet::models
