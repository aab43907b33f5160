// NearestNeighborModel (spec: Nearest Neighbors): the answer of a record is that of the stored records closest to it.
#pragma once

#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compile/model.hpp"
#include "models/comparison/comparison.hpp"

namespace scorelet::models::nearest_neighbor {

using program::Frame;
using program::Slot;

inline constexpr std::uint32_t kNone = 0xFFFF'FFFFu;

enum class ContinuousScoring : std::uint8_t { median, average, weightedAverage };
enum class CategoricalScoring : std::uint8_t { majorityVote, weightedMajorityVote };

/// One target and its stored values.
struct Target {
  bool isVote = false;
  Slot value = compile::kNoSlot;
  std::vector<Value> numbers;        ///< per stored row, missing where a row has none
  std::vector<std::uint32_t> votes;  ///< per stored row: index into `categories`, or kNone
  std::vector<Value> categories;
  std::vector<std::uint32_t> priority;  ///< per category: smaller wins a tie
  std::vector<Slot> probabilities;      ///< per category
};

/// A neighbour that an output asks for.
struct Neighbor {
  program::Ranks ranks;     ///< among those that were found
  bool isAffinity = false;  ///< its distance instead of its id
  Slot to = compile::kNoSlot;
};

struct NeighborStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  comparison::Measure measure;
  comparison::Points rows;
  std::vector<Value> ids;  ///< per stored row
  std::size_t numberOfNeighbors = 1;
  double threshold = 0.001;
  ContinuousScoring continuousScoring = ContinuousScoring::average;
  CategoricalScoring categoricalScoring = CategoricalScoring::majorityVote;
  std::vector<Target> targets;
  std::vector<Neighbor> neighbors;
  std::vector<std::pair<std::uint32_t, Slot>> distances;  ///< of single stored rows that outputs ask for

 private:
  [[nodiscard]] double round(double x) const noexcept { return measure.isFloat ? toFloat(x) : x; }
  Value findNeighbors(const Frame& frame, std::size_t row) const;
  void weigh(const Frame& frame) const;
  [[nodiscard]] Value number(const Frame& frame, const Target& target) const;
  void vote(const Frame& frame, const Target& target, std::size_t row, Value none) const;
  void answer(const Frame& frame, const Neighbor& neighbor, std::size_t row, Value none) const;
};

/// TrainingInstances: the columns of the stored records, read and, where they are raw, transformed.
class TrainingInstances {
 public:
  explicit TrainingInstances(compile::ModelContext& context);

  [[nodiscard]] std::size_t count() const noexcept { return rows_.size(); }
  [[nodiscard]] bool isRead() const noexcept { return isRead_; }
  /// The InstanceField of a name has a column.
  [[nodiscard]] bool has(std::string_view field) const noexcept { return fields_.contains(field); }
  /// The lanes of a field in all rows: its own column, or what the field's expression makes of the others.
  [[nodiscard]] std::vector<Value> lanes(std::string_view field, DataType type, xml::Element at);
  /// The column as it stands, typed.
  [[nodiscard]] std::vector<Value> stored(std::string_view field, DataType type) const;
  /// The element of a row, for reports.
  [[nodiscard]] xml::Element row(std::size_t i) const noexcept { return rows_[i]; }

 private:
  struct Cell {
    std::uint32_t row;
    std::string_view text;
  };
  void readCells(xml::Element table);
  [[nodiscard]] const std::vector<Value>& raw(std::string_view field, DataType type);
  [[nodiscard]] std::vector<Value> derived(std::string_view field, DataType type, xml::Element at);

  compile::ModelContext& context_;
  std::map<std::string_view, std::string_view> fields_;                      ///< field → column
  std::unordered_map<std::string_view, std::vector<Cell>> columns_;          ///< the cells that there are
  std::map<std::pair<std::string_view, DataType>, std::vector<Value>> raw_;  ///< what `raw` has read
  std::vector<xml::Element> rows_;
  bool isTransformed_ = false, isRead_ = false;
};

}  // namespace scorelet::models::nearest_neighbor
