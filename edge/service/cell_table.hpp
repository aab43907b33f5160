// Input rows that came column by column, or as rows with the names said once.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/model.hpp>

#include "service/http.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {

/// Views texts and lists of whoever fills it.
class CellTable {
 public:
  explicit CellTable(const Model& model) : columns_(model.inputs().size()) {}

  [[nodiscard]] std::vector<Cell>& column(int input) noexcept { return columns_[static_cast<std::size_t>(input)]; }
  [[nodiscard]] bool isBound(int input) const noexcept { return !columns_[static_cast<std::size_t>(input)].empty(); }
  /// Columns that nobody filled are absent; the others have `rows` cells.
  [[nodiscard]] Batch batch(std::size_t rows) const;

 private:
  std::vector<std::vector<Cell>> columns_;
};

/// A number, text, boolean or null (missing) as a cell.
[[nodiscard]] Cell cellOf(const JsonNode& scalar) noexcept;

/// Some rows of a batch; see `Column::from`.
[[nodiscard]] Batch slice(const Batch& batch, std::size_t first, std::size_t rows);

/// The inputs that the names of columns mean, -1 for others. Refused if a name comes twice, or none is an input.
[[nodiscard]] Answer<std::vector<int>> bindNames(const Model& model, std::span<const std::string_view> names);

}  // namespace scorelet::service
