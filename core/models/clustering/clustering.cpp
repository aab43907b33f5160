#include "models/clustering/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "compile/expression.hpp"
#include "document/array.hpp"

namespace scorelet::models {

namespace clustering {

namespace {

using compile::Binding;
using compile::Builder;
using compile::Feature;
using compile::ModelContext;
using compile::ModelResult;
using compile::OutputRequest;
using compile::Scope;
using program::TypedSlot;

enum class ModelClass : std::uint8_t { centerBased, distributionBased };
constexpr std::pair<std::string_view, ModelClass> kClasses[] = {{"centerBased", ModelClass::centerBased},
                                                                {"distributionBased", ModelClass::distributionBased}};
constexpr std::pair<std::string_view, bool> kTruth[] = {{"true", true}, {"false", false}, {"1", true}, {"0", false}};

/// What each cluster is called.
struct Clusters {
  std::vector<std::string> ids;         ///< the implicit one is the 1-based position
  std::vector<std::string_view> names;  ///< may be empty
  bool hasNames = false;
};

Clusters readClusters(ModelContext& context) {
  Clusters clusters;
  std::set<std::string> known;
  for (xml::Element e : xml::children(context.model, "Cluster")) {
    if (!context.scope.builder().charge(e)) break;
    const std::string position = std::to_string(clusters.ids.size() + 1);
    clusters.ids.emplace_back(e.attribute("id", position));
    clusters.names.push_back(e.attribute("name", {}));
    clusters.hasNames |= !clusters.names.back().empty();
    if (!known.insert(clusters.ids.back()).second)
      e.error(Code::duplicateName, "Two clusters are called \"" + clusters.ids.back() + "\".", "id");
  }
  if (clusters.ids.empty())
    context.model.error(Code::emptyModel, "ClusteringModel needs a Cluster.");
  else if (const auto n = context.model.number("numberOfClusters"); n && *n != static_cast<double>(clusters.ids.size()))
    context.model.warn(Code::badValue,
                       "There are " + std::to_string(clusters.ids.size()) + " clusters, not numberOfClusters.",
                       "numberOfClusters");
  return clusters;
}

/// The fields that have a coordinate in the centres, in their order.
struct CenterFields {
  comparison::Measure measure;
  std::vector<bool> isCenter;  ///< of all ClusteringFields
};

/// Up to PMML 3.1: the centre's coordinates are derived fields of their own. What is said of their comparison stands
/// on the ClusteringField of the same name, or of the field that the coordinate is made from.
void readOldCenterFields(ModelContext& context, CenterFields& fields, xml::Element e) {
  e.warn(Code::deprecated, "CenterFields were removed in PMML 3.2; they are read as derived fields.");
  for (xml::Element d : xml::children(e, "DerivedField")) {
    if (!context.scope.builder().charge(d)) return;
    const Binding coordinate = compile::compileDerivedField(context.scope, d);
    xml::Element said = d;
    std::string_view from;
    for (xml::Element x : xml::children(d)) from = x.attribute("field", from);
    for (xml::Element c : xml::children(context.model, "ClusteringField"))
      if (c.attribute("field") == d.attribute("name") || c.attribute("field") == from) said = c;
    if (coordinate && isSingle(coordinate, d)) comparison::addField(context, fields.measure, said, coordinate);
    fields.isCenter.push_back(true);
  }
}

CenterFields readCenterFields(ModelContext& context) {
  CenterFields fields{comparison::readMeasure(context), {}};
  if (const xml::Element old = context.model.child("CenterFields")) {
    readOldCenterFields(context, fields, old);
    return fields;
  }
  for (xml::Element e : xml::children(context.model, "ClusteringField")) {
    if (!context.scope.builder().charge(e)) break;
    const Binding* field = context.scope.resolve(e.required("field"), e);
    fields.isCenter.push_back(e.word("isCenterField", true, kTruth));
    if (field != nullptr && fields.isCenter.back()) comparison::addField(context, fields.measure, e, *field);
  }
  return fields;
}

/// One weight per ClusteringField, or per field that has a coordinate.
void readMissingValueWeights(ModelContext& context, CenterFields& fields) {
  const xml::Element e = context.model.child("MissingValueWeights");
  if (!e) return;
  const xml::Element array = e.child("Array");
  if (!array) {
    e.error(Code::missingElement, "MissingValueWeights needs an Array.");
    return;
  }
  std::vector<double> weights = document::readNumbers(array);
  for (const double q : weights)
    if (!(q >= 0 && std::isfinite(q))) array.error(Code::badValue, "A weight of a missing value is not negative.");
  auto& compared = fields.measure.fields;
  if (weights.size() == fields.isCenter.size()) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (fields.isCenter[i]) weights[kept++] = weights[i];
    weights.resize(kept);
  }
  if (weights.size() != compared.size()) {
    array.error(Code::badValue, "MissingValueWeights need one weight for each of the " +
                                    std::to_string(fields.isCenter.size()) + " ClusteringFields.");
    return;
  }
  for (std::size_t i = 0; i < weights.size(); ++i) compared[i].missingWeight = weights[i];
}

std::unique_ptr<CenterStep> readCenters(ModelContext& context, std::size_t count) {
  Builder& builder = context.scope.builder();
  auto step = std::make_unique<CenterStep>();
  CenterFields fields = readCenterFields(context);
  readMissingValueWeights(context, fields);
  step->measure = std::move(fields.measure);
  const std::size_t width = step->measure.fields.size();
  if (width == 0) {
    context.model.error(Code::missingElement, "A center-based model needs a ClusteringField with a coordinate.");
    return step;
  }
  if (!builder.charge(context.model, static_cast<std::uint32_t>(std::min<std::size_t>(count * width, UINT32_MAX / 2))))
    return step;
  step->centers.count = count;
  step->centers.coordinates.resize(count * width, missing());
  std::size_t c = 0;
  for (xml::Element e : xml::children(context.model, "Cluster")) {
    const xml::Element array = e.child("Array");
    if (!array) {
      e.error(Code::missingElement, "A cluster of a center-based model needs an Array, its centre.");
      ++c;
      continue;
    }
    const std::vector<std::string> items = document::readArray(array);
    if (items.size() != width)
      array.error(Code::badValue, "The centre has " + std::to_string(items.size()) + " coordinates for " +
                                      std::to_string(width) + " fields.");
    for (std::size_t f = 0; f < std::min(width, items.size()); ++f)
      step->centers.of(f)[c] =
          comparison::readCoordinate(builder, step->measure, step->measure.fields[f], items[f], array);
    ++c;
  }
  return step;
}

/// Ranks, and clusters asked for by name.
class ClusterSource final : public compile::OutputSource {
 public:
  ClusterSource(Clusters clusters, std::vector<Value> ids, std::vector<Slot> affinities, bool isSimilarity)
      : clusters_(std::move(clusters)),
        ids_(std::move(ids)),
        affinities_(std::move(affinities)),
        isSimilarity_(isSimilarity) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    switch (request.feature) {
      case Feature::affinity:
      case Feature::entityAffinity:
      case Feature::clusterAffinity:
        if (request.value) return affinityOf(request);
        if (request.ranks.isBest()) return std::nullopt;
        return ranked(scope, request, {}, DataType::float64);
      case Feature::predictedValue:
      case Feature::entityId:
      case Feature::clusterId:
        if (request.ranks.isBest()) return std::nullopt;
        return ranked(scope, request, ids_, DataType::string);
      default: return std::nullopt;
    }
  }

  std::vector<Slot*> slots() override {
    std::vector<Slot*> slots;
    for (Slot& s : affinities_) slots.push_back(&s);
    return slots;
  }

 private:
  /// By id, else by name, else by position.
  TypedSlot affinityOf(const OutputRequest& request) const {
    const std::string_view wanted = *request.value;
    for (std::size_t c = 0; c < clusters_.ids.size(); ++c)
      if (clusters_.ids[c] == wanted) return {affinities_[c], DataType::float64};
    for (std::size_t c = 0; c < clusters_.names.size(); ++c)
      if (clusters_.names[c] == wanted) return {affinities_[c], DataType::float64};
    for (std::size_t c = 0; c < clusters_.ids.size(); ++c)
      if (std::to_string(c + 1) == wanted) return {affinities_[c], DataType::float64};
    request.at.error(Code::unresolvedReference, "There is no cluster \"" + std::string(wanted) + "\".", "value");
    return {};
  }

  TypedSlot ranked(Scope& scope, const OutputRequest& request, std::vector<Value> of, DataType type) {
    auto& step = scope.emit<RankStep>();
    step.affinities = affinities_;
    step.isSimilarity = isSimilarity_;
    step.of = std::move(of);
    step.ranks = request.ranks;
    step.to = scope.builder().newSlot();
    return TypedSlot::of(step.to, type, step.ranks.isList);
  }

  Clusters clusters_;
  std::vector<Value> ids_;
  std::vector<Slot> affinities_;
  bool isSimilarity_;
};

ModelResult compile(ModelContext& context) {
  Builder& builder = context.scope.builder();
  const ModelClass modelClass = context.model.requiredWord("modelClass", ModelClass::centerBased, kClasses);
  Clusters clusters = readClusters(context);
  const std::size_t k = clusters.ids.size();
  auto winner = std::make_unique<WinnerStep>();
  for (std::size_t c = 0; c < k; ++c) winner->affinities.push_back(builder.newSlot());
  if (modelClass == ModelClass::centerBased) {
    auto step = readCenters(context, k);
    step->affinities = winner->affinities;
    winner->isSimilarity = step->measure.isSimilarity;
    context.scope.body().push_back(std::move(step));
  } else {
    auto step = readDistributions(context);
    step->affinities = winner->affinities;
    winner->isSimilarity = true;
    context.scope.body().push_back(std::move(step));
  }
  if (k == 0) return {};

  ModelResult result;
  result.opType = OpType::categorical;
  std::vector<Value> ids, names;
  for (std::size_t c = 0; c < k; ++c) {
    ids.push_back(builder.symbol(clusters.ids[c]));
    names.push_back(clusters.names[c].empty() ? ids.back() : builder.symbol(clusters.names[c]));
    result.affinities.emplace_back(clusters.ids[c], winner->affinities[c]);
  }
  const auto answer = [&](std::vector<Value> of, DataType type) {
    winner->answers.push_back({std::move(of), builder.newSlot()});
    return TypedSlot{winner->answers.back().to, type};
  };
  result.entityId = answer(ids, DataType::string);
  result.value = result.entityId;
  if (const DataType type = context.target.value.type; type != DataType::string) {
    for (const std::string& id : clusters.ids)
      result.categories.push_back(categoryLiteral(context, id, context.model, "functionName"));
    result.value = answer(result.categories, type);
  } else {
    result.categories = ids;
  }
  if (clusters.hasNames) result.displayValue = answer(std::move(names), DataType::string);
  result.outputSource =
      std::make_shared<ClusterSource>(std::move(clusters), std::move(ids), winner->affinities, winner->isSimilarity);
  context.scope.body().push_back(std::move(winner));
  return result;
}

}  // namespace

}  // namespace clustering

compile::ModelResult compileClusteringModel(compile::ModelContext& context) { return clustering::compile(context); }

}  // namespace scorelet::models
