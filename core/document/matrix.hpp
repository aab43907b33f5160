// Matrix: rows of Arrays or single MatCells (spec: General Structure, "Matrix").
#pragma once

#include <cstddef>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::document {

struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;  ///< row by row
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const noexcept {
    return values[row * columns + column];
  }
  [[nodiscard]] explicit operator bool() const noexcept { return rows != 0; }
};

/// The Matrix child of `parent` with all cells filled in; empty after a report. `mostCells` bounds its size.
[[nodiscard]] Matrix readMatrix(xml::Element parent, std::size_t mostCells);

}  // namespace scorelet::document
