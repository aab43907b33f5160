// What scoring one model with one record yields.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "scope.hpp"

namespace scorelet::reference {

/// A class with a number: probability or confidence.
using Weighted = std::vector<std::pair<Value, Value>>;

struct Prediction {
  Value value = Value::missing(DataType::float64);
  Value displayValue;
  Value entityId = Value::missing(DataType::string);
  std::vector<Value> classes;        ///< classification: all that the model can predict
  Weighted probability, confidence;  ///< in the order of the classes; confidence empty: as probability
  std::vector<std::pair<std::string, Value>> outputs;
  std::vector<std::pair<std::string, Value>> innerOutputs;  ///< chain, selectFirst: what segments put out
  std::string targetName;                                   ///< the field that `value` predicts, may be empty
  std::vector<Prediction> otherTargets;                     ///< chain: targets of earlier segments
  std::string segmentId;                                    ///< of the Segment that it comes from
  std::vector<Prediction> segments;                         ///< MiningModel; those of inactive segments are all missing
  std::vector<std::pair<std::string, Value>> derived;
};

/// What model types share about the model being scored.
struct Model {
  Scope& scope;
  Node node;
  bool isClassification = false;
  std::string targetName = {};  ///< empty if the model names none
  Node targetField = {};        ///< its DataField
  DataType targetType = DataType::float64;
  bool targetIsOrdinal = false;
  std::vector<Value> targetValues = {};  ///< valid values listed for the target

  [[nodiscard]] double round(double x) const { return scope.isFloat ? toFloat(x) : x; }
};

[[nodiscard]] bool isModel(Node node);
/// Scores a model element: MiningSchema, the model, Targets, Output.
[[nodiscard]] Prediction scoreModel(Session& session, Scope* outer, Node model);

/// Regression and DecisionTree elements (spec: Multiple Models, "Model Composition", deprecated).
[[nodiscard]] bool isEmbeddedModel(Node node);
/// Scores one inside the model `outer`: it sees that model's fields, and has its target if it answers for it.
[[nodiscard]] Prediction scoreEmbedded(Model& outer, Node node, bool answers);

[[nodiscard]] Prediction scoreRegression(Model& model);
[[nodiscard]] Prediction scoreTree(Model& model);
[[nodiscard]] Prediction scoreMining(Model& model);
/// Lets `model` predict that target of its MiningSchema.
void setTarget(Session& session, Model& model, Node miningField);
void applyTargets(Model& model, Prediction& prediction);
void applyOutput(Model& model, Prediction& prediction);

/// The entry of a class, or null.
[[nodiscard]] const Value* entryOf(const Weighted& weighted, const Value& category);
/// A prediction all of whose parts are as `value` is: missing, or invalid for the same reason.
void spread(Prediction& prediction, const Value& value);

}  // namespace scorelet::reference
