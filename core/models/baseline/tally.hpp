// How often each combination of values occurred, in all records so far or in the latest of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/baseline/count_table.hpp"
#include "models/baseline/recent.hpp"
#include "program/program.hpp"

namespace scorelet::models::baseline {

/// What a tally starts from: the cells of the document's table, in its order, each with count 0.
struct TallyPlan {
  std::vector<compile::TypedSlot> fields;
  std::vector<std::vector<std::string>> cells;
  std::size_t window = 0;  ///< 0: all records
};

class Tally final : public program::State {
 public:
  explicit Tally(const TallyPlan& plan);
  void reset() override;
  void save(program::StateWriter& out) const override;
  void restore(program::StateReader& in) override;

  /// Counts row `row` with `weight`. A hole among its fields, or a limit, is returned and nothing is counted.
  [[nodiscard]] Value add(const program::Frame& frame, std::size_t row, double weight);

  [[nodiscard]] std::span<const double> counts() const noexcept { return counts_; }
  /// The number of a cell's value among those of field `f`, and how many such values there are.
  [[nodiscard]] std::uint32_t valueOf(std::size_t cell, std::size_t f) const noexcept;
  [[nodiscard]] std::size_t values(std::size_t f) const noexcept { return values_[f].size(); }

  std::vector<std::vector<double>> margins;  ///< room for the statistic, kept from row to row

 private:
  struct Entry {
    std::uint32_t cell;
    double weight;
  };
  std::uint32_t cellOf(std::span<const std::uint32_t> ids);
  void forgetStaleCells();

  const TallyPlan& plan_;
  std::vector<Symbols> values_;  ///< per field, as text: ids outlive the batch here
  Symbols cells_;                ///< a cell's text: four bytes per field, the number of its value
  std::vector<double> counts_;   ///< per cell
  Recent<Entry> recent_;
  std::string text_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace scorelet::models::baseline
