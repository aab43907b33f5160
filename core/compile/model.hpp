// What every model type shares: MiningSchema before it, Targets and Output after it.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compile/output.hpp"
#include "compile/scope.hpp"

namespace scorelet::models::tree {
struct TreeStep;
}
namespace scorelet::models::mining {
struct ForestStep;
}

namespace scorelet::compile {

enum class MiningFunction : std::uint8_t {
  classification,
  regression,
  clustering,
  associationRules,
  sequences,
  timeSeries,
  mixed
};
[[nodiscard]] constexpr std::uint16_t bitOf(MiningFunction f) noexcept {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(f));
}

/// Where a compiled model leaves its answers. Slots that do not apply are kNoSlot, lists are empty.
struct ModelResult {
  TypedSlot value;  ///< predicted value, after Targets
  OpType opType = OpType::continuous;
  std::vector<Value> categories;    ///< classification: in the lanes of `value.type`
  std::vector<Slot> probabilities;  ///< parallel to `categories`
  std::vector<Slot> confidences;    ///< parallel to `categories`, where confidence is not the probability
  TypedSlot entityId;               ///< node, rule or segment id
  TypedSlot displayValue;
  std::vector<std::pair<std::string, Slot>> affinities;

  TypedSlot standardError;                            ///< of the estimated mean (a list where `value` is one)
  TypedSlot standardDeviation;                        ///< of a new observation; intervals use it before the error
  std::shared_ptr<OutputSource> outputSource;         ///< answers that only this model type has
  const models::tree::TreeStep* splitTree = nullptr;  ///< the step of a tree in its fast form, for forests
  models::mining::ForestStep* forest = nullptr;       ///< the step of an ensemble of trees that can join others

  struct Output {
    std::string_view name;
    Binding binding;
    ResultField description;
  };
  std::vector<Output> outputs;
  std::vector<Output> innerOutputs;  ///< put out by segments: results too, after the model's own
  std::string_view targetName;       ///< the field that `value` predicts, may be empty
  struct Segment;
  std::vector<Segment> otherTargets;  ///< by name, for Output@targetField; before Targets, as `value` is
  std::vector<Segment> segments;      ///< MiningModel: by id, for Output@segmentId

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(value); }
};

struct ModelResult::Segment {
  std::string_view id;
  ModelResult result;
};

/// What a model folder's `compile` gets.
struct ModelContext {
  Scope& scope;
  xml::Element model;
  MiningFunction function;
  std::string_view targetName;  ///< empty if the model names none
  Binding target;               ///< declared type, optype and order of the target
  bool isFloat;                 ///< x-mathContext="float"
};

/// One model type: one folder in core/models and one line in registry.cpp.
struct ModelType {
  std::string_view element;
  ModelResult (*compile)(ModelContext&);
  std::uint16_t functions = 0xFFFF;  ///< bits of the functionNames that it defines a scoring for
  /// Adds to `Builder::listFields` what the model reads as lists; called before any field is resolved.
  void (*findLists)(Builder&, xml::Element model) = nullptr;
};
[[nodiscard]] const ModelType* findModelType(std::string_view element) noexcept;
[[nodiscard]] std::span<const ModelType> modelTypes() noexcept;
/// True for every element that PMML 4.4 calls a model, whether or not it can be scored here.
[[nodiscard]] bool isModelElement(std::string_view element) noexcept;

/// Compiles `model` into `body`; `parent` is the enclosing model's scope, `place` where it stands in there. An empty
/// result after a report.
[[nodiscard]] ModelResult compileModel(Builder& builder, Scope* parent, xml::Element model, Steps& body,
                                       Place place = {});

/// Says that x-mathContext="float" does not change how the model computes.
void warnIfFloat(const ModelContext& context);

/// Compiles a Regression or DecisionTree element inside `outer`'s model (spec: Multiple Models, "Model Composition"):
/// it sees the enclosing model's fields, and has its target if it is the one that answers for it.
[[nodiscard]] ModelResult compileEmbeddedModel(ModelContext& outer, xml::Element model, bool isAnswer);
[[nodiscard]] constexpr bool isEmbeddedModel(std::string_view element) noexcept {
  return element == "Regression" || element == "DecisionTree";
}

/// Every Target names one of the model's targets.
void checkTargets(const ModelContext& context, const ModelResult& result);
/// Targets (spec: Targets) for the one target of `context`: limits, rescaling, casts, defaults and priors.
void compileTargets(ModelContext& context, ModelResult& result);

/// Output (spec: Output), and the ResultFields of embedded models → `result.outputs`.
void compileOutput(ModelContext& context, ModelResult& result);

/// The values of a classification target: those the document lists for it, in order.
[[nodiscard]] Value categoryLiteral(ModelContext& context, std::string_view text, xml::Element at,
                                    std::string_view attribute);

}  // namespace scorelet::compile
