// TreeModel (spec: Trees).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compile/model.hpp"
#include "models/tree/split_tree.hpp"
#include "program/predicate.hpp"

namespace scorelet::models::tree {

using program::Frame;
using program::Slot;

enum class MissingValueStrategy : std::uint8_t {
  none,
  lastPrediction,
  nullPrediction,
  defaultChild,
  weightedConfidence,
  aggregateNodes
};

inline constexpr std::uint32_t kNone = 0xFFFF'FFFFu;

/// One Node. Children are linked, so that nodes stay in document order.
struct Node {
  std::uint32_t predicate = 0;  ///< in `Tree::predicates`
  std::uint32_t firstChild = kNone, nextSibling = kNone;
  std::uint32_t defaultChild = kNone;
  std::uint32_t distribution = kNone;  ///< row of `probabilities`, `confidences` and `counts`
  std::uint32_t embedded = kNone;      ///< in `Tree::embedded`: the model that answers for this node
  Value score = missing();
  bool hasScore = false;  ///< @score is given, not completed from the distribution
  Value id = missing();   ///< symbol of @id, else of the 1-based depth-first number
  double recordCount = 0;
  [[nodiscard]] bool isLeaf() const noexcept { return firstChild == kNone; }
};

/// A Regression or DecisionTree inside a Node: the records that end there get its answer.
struct EmbeddedModel {
  Slot value = compile::kNoSlot;
  std::vector<Slot> probabilities, confidences;  ///< per category of the tree; kNoSlot: it has no such class
};

/// A result that models inside Nodes put out: that of the node where the record ends.
struct EmbeddedOutput {
  Slot to = compile::kNoSlot;
  std::vector<std::pair<std::uint32_t, Slot>> from;  ///< by number in `Tree::embedded`
};

struct Tree {
  std::vector<Node> nodes;  ///< nodes[0] is the root
  program::Predicates predicates;
  MissingValueStrategy missingValueStrategy = MissingValueStrategy::none;
  bool returnsLastPrediction = false;  ///< noTrueChildStrategy
  double missingValuePenalty = 1;
  bool isClassification = false;
  DataType scoreType = DataType::float64;

  /// Whether a record that no child of `node` takes stays there ("if the parent has a score attribute").
  [[nodiscard]] bool keeps(std::uint32_t node) const noexcept { return returnsLastPrediction && nodes[node].hasScore; }

  std::vector<Value> categories;
  std::vector<double> probabilities, confidences, counts;  ///< categories.size() per distribution
  std::vector<EmbeddedModel> embedded;
  std::vector<EmbeddedOutput> embeddedOutputs;
  std::vector<compile::ModelResult::Output> outputs;  ///< the names of `embeddedOutputs`
  [[nodiscard]] bool hasProbabilities() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// Reads and checks a TreeModel; nothing can be scored if it reported errors.
[[nodiscard]] Tree read(compile::ModelContext& context);

/// Where a record ends up.
struct Arrival {
  std::uint32_t node = kNone;  ///< kNone: no prediction
  std::uint32_t levels = 0;    ///< penalties: default-child steps and surrogates
  Value poison = missing();    ///< an invalid value met on the way
};
[[nodiscard]] Arrival walk(const Tree& tree, const Frame& frame, std::size_t row);

/// weightedConfidence and aggregateNodes: several leaves share in the answer. Leaves one weight per category in
/// `Buffers::sums` (regression: `mean`). Returns the poison met, or missing.
struct Mixture {
  double total = 0, mean = 0;
};
[[nodiscard]] Value mix(const Tree& tree, const Frame& frame, std::size_t row, Mixture& out);

/// Answers of a tree on a chunk of rows.
struct TreeStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override { return tree.bytes() + splits.bytes(); }
  Tree tree;
  SplitTree splits;  ///< empty where the general walk is needed
  Slot value = compile::kNoSlot, entityId = compile::kNoSlot;
  std::vector<Slot> probabilities, confidences;

 private:
  void answerNode(const Frame& frame, std::size_t row, const Arrival& arrival) const;
  void answerEmbedded(const Frame& frame, std::size_t row, const Arrival& arrival) const;
  void answerMixture(const Frame& frame, std::size_t row) const;
};

}  // namespace scorelet::models::tree
