// Matrix: rows of arrays, a diagonal, a lower left triangle, or cells and defaults (spec: General Structure, "Matrix").
#pragma once

#include <optional>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::document {

struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> entries;  ///< row by row

  [[nodiscard]] double at(std::size_t row, std::size_t column) const noexcept {
    return entries[row * columns + column];
  }
  [[nodiscard]] double& at(std::size_t row, std::size_t column) noexcept { return entries[row * columns + column]; }
};

/// Nothing after a report; a matrix of more than `mostEntries` entries is refused before memory is taken.
[[nodiscard]] std::optional<Matrix> readMatrix(xml::Element matrix, std::size_t mostEntries);

}  // namespace scorelet::document
