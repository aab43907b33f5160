// AnomalyDetectionModel (spec: Anomaly Detection Models): the answer of the model inside becomes a score.
#include <cmath>

#include "base/math.hpp"
#include "base/number.hpp"
#include "compile/model.hpp"
#include "document/array.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using program::Frame;

enum class Algorithm : std::uint8_t { iforest, ocsvm, clusterMeanDist, other };
constexpr std::pair<std::string_view, Algorithm> kAlgorithms[] = {{"iforest", Algorithm::iforest},
                                                                  {"ocsvm", Algorithm::ocsvm},
                                                                  {"clusterMeanDist", Algorithm::clusterMeanDist},
                                                                  {"other", Algorithm::other}};

/// 2^(-depth / c(n)): near 1 where a record is isolated soon.
struct IsolationStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value depth = frame.at(from)[i];
      frame.at(to)[i] = isPresent(depth) ? checked(dm::exp2(-depth / normalization)) : depth;
    }
  }
  Slot from = kNoSlot, to = kNoSlot;
  double normalization = 1;
};

/// The distance to the winning centre over the mean distance of its cluster.
struct MeanDistanceStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value winner = frame.at(cluster)[i];
      Value out = isPresent(winner) ? missing() : winner;
      for (std::size_t c = 0; c < ids.size(); ++c)
        if (ids[c] == winner) out = checked(frame.at(distances[c])[i] / means[c]);
      frame.at(to)[i] = out;
    }
  }
  [[nodiscard]] std::size_t bytes() const noexcept override { return means.size() * 3 * sizeof(double); }
  Slot cluster = kNoSlot, to = kNoSlot;
  std::vector<Value> ids;
  std::vector<Slot> distances;
  std::vector<double> means;
};

xml::Element innerModel(ModelContext& context) {
  xml::Element inner;
  for (xml::Element e : xml::children(context.model))
    if (isModelElement(e.name())) {
      if (inner) e.error(Code::badValue, "An AnomalyDetectionModel holds one model.");
      inner = e;
    }
  if (!inner) context.model.error(Code::missingElement, "AnomalyDetectionModel needs a model that it interprets.");
  return inner;
}

/// The mean depth of a record in a tree of n records, by which depths are normalized.
double meanDepth(ModelContext& context) {
  const std::string_view text = context.model.required("sampleDataSize");
  const auto n = parseDouble(text);
  if (!n || !(*n >= 2) || !std::isfinite(*n)) {
    if (!text.empty())
      context.model.error(Code::badValue, "An isolation forest needs the size of its samples, at least 2.",
                          "sampleDataSize");
    return 1;
  }
  constexpr double kEuler = 0.57721566;  // with the digits of the specification
  return 2 * (dm::log(*n - 1) + kEuler) - 2 * (*n - 1) / *n;
}

/// One positive number per cluster.
std::vector<double> readMeans(ModelContext& context, std::size_t clusters) {
  const xml::Element array = context.model.child("MeanClusterDistances").child("Array");
  if (!array) {
    context.model.error(Code::missingElement, "clusterMeanDist needs MeanClusterDistances with an Array.");
    return std::vector<double>(clusters, 1);
  }
  std::vector<double> means = document::readNumbers(array);
  if (means.size() != clusters)
    array.error(Code::badValue, "The model has " + std::to_string(clusters) + " clusters, and there are " +
                                    std::to_string(means.size()) + " mean distances.");
  for (const double m : means)
    if (!(m > 0 && std::isfinite(m))) array.error(Code::badValue, "A mean distance is a positive number.");
  means.resize(clusters, 1);
  return means;
}

/// Three algorithms make a number, whatever function the element names; the fourth passes an answer on.
void checkFunction(ModelContext& context, Algorithm algorithm, xml::Element inner) {
  if (algorithm != Algorithm::other) {
    if (context.function != MiningFunction::regression)
      context.model.warn(Code::badValue, "The score of this algorithm is a number, as of a regression.",
                         "functionName");
  } else if (context.model.attribute("functionName") != inner.attribute("functionName")) {
    context.model.error(Code::badValue,
                        "With algorithmType=\"other\" the answer is that of the model inside, so the functions must be "
                        "the same.",
                        "functionName");
  }
}

}  // namespace

ModelResult compileAnomalyDetectionModel(ModelContext& context) {
  Builder& builder = context.scope.builder();
  const auto algorithm = context.model.requiredWord("algorithmType", Algorithm::other, kAlgorithms);
  const xml::Element inner = innerModel(context);
  if (!inner) return {};
  checkFunction(context, algorithm, inner);
  ModelResult result = compileModel(builder, &context.scope, inner, context.scope.body());
  if (!result) return {};
  // The outer model has its own Targets and Output.
  result.displayValue = {};
  result.outputs.clear();
  result.innerOutputs.clear();
  result.targetName = {};
  if (algorithm == Algorithm::other) return result;

  if (algorithm != Algorithm::ocsvm) warnIfFloat(context);
  const Slot score = builder.newSlot();
  if (algorithm == Algorithm::clusterMeanDist) {
    // Checked on the element: only centres have distances.
    if (inner.name() != "ClusteringModel" || inner.attribute("modelClass") != "centerBased" ||
        inner.child("ComparisonMeasure").attribute("kind") != "distance") {
      inner.error(Code::typeMismatch,
                  "clusterMeanDist needs a center-based ClusteringModel whose ComparisonMeasure is a distance.");
      return {};
    }
    auto& step = context.scope.emit<MeanDistanceStep>();
    step.cluster = result.entityId.slot;
    step.to = score;
    for (const auto& [id, slot] : result.affinities) {
      step.ids.push_back(builder.symbol(id));
      step.distances.push_back(slot);
    }
    step.means = readMeans(context, step.ids.size());
  } else {
    if (!isNumeric(result.value.type) || !result.categories.empty()) {
      inner.error(Code::typeMismatch, "This algorithmType makes a score of a number, and the model predicts a class.");
      return {};
    }
    if (algorithm == Algorithm::ocsvm) return result;
    auto& step = context.scope.emit<IsolationStep>();
    step.from = result.value.slot;
    step.to = score;
    step.normalization = meanDepth(context);
  }
  result.categories.clear();
  result.value = {score, DataType::float64};
  result.opType = OpType::continuous;
  return result;
}

}  // namespace scorelet::models
