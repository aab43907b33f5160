#include "models/tree/tree.hpp"

namespace scorelet::models {

namespace tree {

bool Tree::hasProbabilities() const noexcept {
  if (!counts.empty()) return true;
  for (const EmbeddedModel& m : embedded)
    for (const Slot slot : m.probabilities)
      if (slot != compile::kNoSlot) return true;
  return false;
}

}  // namespace tree

compile::ModelResult compileTreeModel(compile::ModelContext& context) {
  compile::Builder& builder = context.scope.builder();
  auto step = std::make_unique<tree::TreeStep>();
  step->tree = tree::read(context);
  if (step->tree.nodes.empty()) return {};
  step->splits = tree::SplitTree::build(step->tree);
  compile::ModelResult result;
  result.innerOutputs = std::move(step->tree.outputs);
  step->value = builder.newSlot();
  step->entityId = builder.newSlot();
  result.value = {step->value, step->tree.scoreType};
  result.entityId = {step->entityId, DataType::string};
  result.opType = step->tree.isClassification ? context.target.opType : OpType::continuous;
  if (step->tree.isClassification) {
    result.categories = step->tree.categories;
    if (step->tree.hasProbabilities()) {
      for (std::size_t c = 0; c < result.categories.size(); ++c) {
        step->probabilities.push_back(builder.newSlot());
        step->confidences.push_back(builder.newSlot());
      }
      result.probabilities = step->probabilities;
      result.confidences = step->confidences;
    }
  }
  if (!step->splits.empty() && step->tree.embedded.empty()) result.splitTree = step.get();
  context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
