// ComparisonMeasure (spec: Clustering Models; Nearest Neighbors use it too): how far a record is from stored points.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "compile/model.hpp"

namespace scorelet::models::comparison {

using program::Frame;
using program::Slot;

enum class CompareFunction : std::uint8_t { absDiff, gaussSim, delta, equal, table };

/// What a field's values are for compareFunction="table": a row and a column of Comparisons each.
struct Table {
  std::vector<Value> values;  ///< as listed, or
  std::vector<Interval> intervals;
  std::vector<double> entries;  ///< row of the record's value, column of the point's

  [[nodiscard]] std::size_t size() const noexcept { return values.empty() ? intervals.size() : values.size(); }
  /// The row of a value; -1: it has none.
  [[nodiscard]] std::int32_t indexOf(Value v) const noexcept;
};

/// One ClusteringField or KNNInput.
struct ComparedField {
  Slot slot = compile::kNoSlot;
  DataType type = DataType::float64;
  CompareFunction function = CompareFunction::absDiff;
  double weight = 1;         ///< fieldWeight
  double missingWeight = 1;  ///< q of MissingValueWeights
  double scale = 1;          ///< similarityScale
  double period = 0;         ///< of a cyclic field, else 0
  std::uint32_t place = 0;   ///< names the field in invalid values
  Table table;
};

/// Stored points: centres, or training instances. Coordinates lie field by field, so that the sum over fields of each
/// point runs in the order of the document while the loop runs over points.
struct Points {
  std::size_t count = 0;
  std::vector<Value> coordinates;  ///< `count` per field; missing where a point has none

  [[nodiscard]] std::span<const Value> of(std::size_t field) const noexcept {
    return {coordinates.data() + field * count, count};
  }
  [[nodiscard]] std::span<Value> of(std::size_t field) noexcept { return {coordinates.data() + field * count, count}; }
};

enum class Aggregate : std::uint8_t { euclidean, squaredEuclidean, cityBlock, chebychev, minkowski, binary };

struct Measure {
  Aggregate aggregate = Aggregate::euclidean;
  bool isSimilarity = false;  ///< kind: the largest wins
  bool isFloat = false;       ///< x-mathContext
  CompareFunction compareFunction = CompareFunction::absDiff;
  double p = 2;  ///< minkowski
  /// binarySimilarity, by the record's and the point's value: numerator (c) and denominator (d) weights. The other
  /// binary measures are these with weights of their own.
  double c[2][2] = {}, d[2][2] = {};
  std::vector<ComparedField> fields;

  /// Compares row `row` of the frame with all points; `out` has one value per point, missing where no field could
  /// be compared. Returns an invalid value of the record, else missing. Uses `Buffers::sums`.
  [[nodiscard]] Value compare(const Frame& frame, std::size_t row, const Points& points, std::span<Value> out) const;

  [[nodiscard]] bool isBetter(double a, double b) const noexcept { return isSimilarity ? a > b : a < b; }
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  [[nodiscard]] double round(double x) const noexcept { return isFloat ? toFloat(x) : x; }
  void count(double x, std::span<const Value> coordinates, std::span<double> counts) const;
  void add(const ComparedField& field, double x, std::span<const Value> coordinates, std::span<Value> totals,
           std::span<double> weights) const;
  [[nodiscard]] double finish(double total, double adjustment) const;
};

/// The ComparisonMeasure of the model.
[[nodiscard]] Measure readMeasure(compile::ModelContext& context);

/// Adds a ClusteringField or KNNInput whose values are those of `field`.
void addField(compile::ModelContext& context, Measure& measure, xml::Element e, const compile::Binding& field);

/// A coordinate of a stored point as `compare` wants it, from its text.
[[nodiscard]] Value readCoordinate(compile::Builder& builder, const Measure& measure, const ComparedField& field,
                                   std::string_view text, xml::Element at);
/// The same from a lane of the field's type.
[[nodiscard]] Value toCoordinate(const Measure& measure, const ComparedField& field, Value lane, xml::Element at);

}  // namespace scorelet::models::comparison
