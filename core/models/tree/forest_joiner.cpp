// Joins packed forests that are asked of the same rows, such as those of the classes of a boosted model.
#include <algorithm>

#include "models/tree/packed_forest.hpp"

namespace scorelet::models::tree {

class ForestJoiner {
 public:
  ForestJoiner(std::span<const PackedForest* const> forests, PackedForest& out) : forests_(forests), out_(out) {}

  bool join(std::span<const PackedForest::Place> places, std::span<const std::size_t> leaves) {
    out_.columns_.push_back(forests_[0]->columns_[0]);
    std::size_t nodes = 1;
    std::uint32_t next = 0;
    for (std::size_t f = 0; f < forests_.size(); ++f) {
      nodes += forests_[f]->nodes_.size();
      firstLeaf_.push_back(next);
      next += static_cast<std::uint32_t>(leaves[f]) - 1;  // they have kNoLeaf in common
      columnOf_.emplace_back(forests_[f]->columns_.size());
      for (const ForestInput& input : forests_[f]->inputs_) addInput(input, columnOf_[f]);
    }
    if (out_.columns_.size() > Node::kSet) return false;
    out_.sortInputs();
    out_.nodes_.reserve(nodes);
    out_.nodes_.push_back(forests_[0]->nodes_[0]);
    for (const auto [forest, tree] : places) addTree(forest, tree);
    out_.sortTrees();
    for (const PackedForest* forest : forests_) out_.mayEndNowhere_ |= forest->mayEndNowhere_;
    return true;
  }

 private:
  using Node = PackedForest::Node;

  /// Keys of rounded numbers are the same in every forest; others are numbers of what one forest asks for.
  ForestInput& inputLike(const ForestInput& input) {
    const bool isRounded = input.kind <= ForestInput::Kind::above;
    const std::size_t key = std::size_t{input.slot} * 2 + static_cast<std::size_t>(input.kind);
    if (isRounded && key >= inputs_.size()) inputs_.resize(key + 1, kNone);
    if (isRounded && inputs_[key] != kNone) return out_.inputs_[inputs_[key]];
    if (isRounded) inputs_[key] = out_.inputs_.size();
    ForestInput& added = out_.inputs_.emplace_back(input);
    added.columns.clear();
    return added;
  }

  void addInput(const ForestInput& input, std::vector<std::uint16_t>& columnOf) {
    ForestInput& like = inputLike(input);
    for (const ForestInput::Column& column : input.columns) {
      const auto known = std::ranges::find(like.columns, column.hole, &ForestInput::Column::hole);
      std::uint32_t number = 0;
      if (known != like.columns.end()) {
        number = known->number;
      } else {
        number = static_cast<std::uint32_t>(out_.columns_.size());
        like.columns.push_back({number, column.hole, false});
        out_.columns_.push_back({input.slot, column.hole, false});
      }
      columnOf[column.number] = static_cast<std::uint16_t>(number);
    }
  }

  void addTree(std::uint32_t number, std::uint32_t tree) {
    const PackedForest& forest = *forests_[number];
    const std::size_t first = forest.roots_[tree];
    const std::size_t end = tree + 1 < forest.size() ? forest.roots_[tree + 1] : forest.nodes_.size();
    out_.roots_.push_back(static_cast<std::uint32_t>(out_.nodes_.size()));
    out_.depths_.push_back(forest.depths_[tree]);
    for (Node node : std::span(forest.nodes_).subspan(first, end - first)) {
      if (!node.isLeaf())
        node.column = columnOf_[number][node.column];
      else if (node.threshold - 1 != PackedForest::kNoLeaf)
        node.threshold += firstLeaf_[number];
      out_.nodes_.push_back(node);
    }
  }

  std::span<const PackedForest* const> forests_;
  PackedForest& out_;
  static constexpr std::size_t kNone = SIZE_MAX;
  std::vector<std::size_t> inputs_;                   ///< of rounded numbers: by slot and kind
  std::vector<std::uint32_t> firstLeaf_;              ///< per forest: what is added to its leaves' numbers
  std::vector<std::vector<std::uint16_t>> columnOf_;  ///< per forest and its columns
};

std::unique_ptr<PackedForest> PackedForest::join(std::span<const PackedForest* const> forests,
                                                 std::span<const Place> places, std::span<const std::size_t> leaves) {
  auto out = std::make_unique<PackedForest>();
  if (!ForestJoiner(forests, *out).join(places, leaves)) return nullptr;
  out->lists_ = ListedTrees::of(*out);
  return out;
}

}  // namespace scorelet::models::tree
