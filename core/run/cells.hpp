// Columns of any kind, row by row.
#pragma once

#include <cstddef>
#include <cstdint>

#include <scorelet/batch.hpp>
#include <scorelet/fields.hpp>

#include "base/strings.hpp"

namespace scorelet {

[[nodiscard]] inline bool isValid(const std::uint8_t* bitmap, std::size_t i) noexcept {
  return bitmap == nullptr || (bitmap[i / 8] >> (i % 8) & 1) != 0;
}

/// One row of a column of any kind.
[[nodiscard]] inline Cell cellOf(const Column& column, std::size_t row) {
  if (column.kind == Column::Kind::absent) return Cell::none();
  if (column.kind == Column::Kind::cells) return column.cells[row];
  if (!isValid(column.validity, row)) return Cell::none();
  if (column.kind == Column::Kind::text) return Cell::of(column.texts[row]);
  if (column.kind == Column::Kind::codes) {
    const std::int32_t code = column.codes[row];
    const bool isPresentCode = code >= 0 && static_cast<std::size_t>(code) < column.texts.size;
    return isPresentCode ? Cell::of(column.texts[static_cast<std::size_t>(code)]) : Cell::none();
  }
  const double x = column.numbers[row];
  return x == x ? Cell::of(x) : Cell::none();
}

/// A cell in the lanes of `type`: present, missing or invalid(notCastable). A list is none of a field that takes
/// values.
[[nodiscard]] Value readCell(const Cell& cell, DataType type, Strings& strings);

/// A column of numbers in the lanes of `type`; NaN is missing.
void fromNumbers(const double* numbers, std::size_t n, DataType type, Strings& strings, double* lane);

}  // namespace scorelet
