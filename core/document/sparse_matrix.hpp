// Matrix (spec: General Structure, "Matrix"), of which only the cells that are not 0 are kept.
#pragma once

#include <cstdint>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::document {

struct SparseMatrix {
  struct Cell {
    std::uint32_t row, column;
    double value;
  };
  std::size_t rows = 0, columns = 0;
  std::vector<Cell> cells;  ///< by row, then column
};

/// Reads a Matrix of any kind; faults are reported, among them more than `mostCells` cells.
[[nodiscard]] SparseMatrix readSparseMatrix(xml::Element matrix, std::size_t mostCells);

}  // namespace scorelet::document
