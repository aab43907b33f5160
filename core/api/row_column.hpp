// A growing input column: plain numbers as long as there are no others, a sixth of the memory of cells.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include <scorelet/batch.hpp>

namespace scorelet {

class RowColumn {
 public:
  void resize(std::size_t rows) {
    if (isCells_) {
      cells_.resize(rows);
    } else {
      numbers_.resize(rows, kNone);
    }
  }

  void clear(std::size_t row) noexcept {
    if (isCells_) {
      cells_[row] = Cell::none();
    } else {
      numbers_[row] = kNone;
    }
  }

  void set(std::size_t row, double x) noexcept {
    if (isCells_) {
      cells_[row] = Cell::of(x);
    } else {
      numbers_[row] = x;
    }
  }
  /// True if the column has become one of cells, which it then stays.
  bool set(std::size_t row, const Cell& cell) {
    if (!isCells_ && cell.kind == Cell::Kind::number) {
      numbers_[row] = cell.number;
      return false;
    }
    const bool becomesCells = !isCells_ && cell.kind != Cell::Kind::missing;
    if (becomesCells) toCells();
    if (isCells_) cells_[row] = cell;
    return becomesCells;
  }

  [[nodiscard]] Column view() const noexcept {
    return isCells_ ? Column::ofCells(cells_.data()) : Column::ofNumbers(numbers_.data());
  }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  void toCells() {
    for (const double x : numbers_) cells_.push_back(x == x ? Cell::of(x) : Cell::none());
    numbers_ = {};
    isCells_ = true;
  }

  bool isCells_ = false;
  std::vector<double> numbers_;
  std::vector<Cell> cells_;
};

}  // namespace scorelet
