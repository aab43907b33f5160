// Rows of a table as input columns of a model.
#pragma once

#include <deque>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "support/table.hpp"

namespace scorelet::test {

/// Keeps the cells that the batches view; the table must outlive it.
class Binding {
 public:
  /// Columns are bound by field name; a column "@observed" is the actual value of the target. Fields without a column
  /// are missing in every row; columns without a field are left out.
  Binding(const Model& model, const Table& table);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] Batch batch(std::size_t first, std::size_t count) const;

 private:
  Cell cell(const nlohmann::json& value);

  std::size_t rows_;
  std::vector<std::vector<Cell>> columns_;  ///< one per input of the model, empty = absent
  std::deque<std::vector<Cell>> lists_;
};

}  // namespace scorelet::test
