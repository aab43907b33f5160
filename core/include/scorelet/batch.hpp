// Input rows: columns that the caller owns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scorelet {

struct Cell;

/// A view of cells: a span, but one that `Cell` may hold while it is itself incomplete (libc++'s may not be).
struct CellList {
  const Cell* cells = nullptr;
  std::size_t count = 0;
  [[nodiscard]] constexpr operator std::span<const Cell>() const noexcept;  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr const Cell* begin() const noexcept { return cells; }
  [[nodiscard]] constexpr const Cell* end() const noexcept;
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count; }
};

/// One input cell of any kind, for records from JSON, CSV, spreadsheets or code.
/// Text is cast to the field's data type; the viewed bytes must outlive the call to `score`.
struct Cell {
  enum class Kind : std::uint8_t { missing, number, boolean, text, list };
  Kind kind = Kind::missing;
  double number = 0;  ///< also 0/1 for booleans
  std::string_view text;
  CellList items;  ///< for lists

  static Cell of(double x) noexcept { return {Kind::number, x, {}, {}}; }
  static Cell of(bool b) noexcept { return {Kind::boolean, b ? 1.0 : 0.0, {}, {}}; }
  static Cell of(std::string_view s) noexcept { return {Kind::text, 0, s, {}}; }
  static Cell of(const char* s) noexcept { return of(std::string_view(s)); }
  static Cell of(std::span<const Cell> items) noexcept { return {Kind::list, 0, {}, {items.data(), items.size()}}; }
  static Cell none() noexcept { return {}; }
};

constexpr CellList::operator std::span<const Cell>() const noexcept { return {cells, count}; }
constexpr const Cell* CellList::end() const noexcept { return cells + count; }

/// UTF-8 texts as Arrow lays them out: text i = bytes[offsets[i], offsets[i+1]).
struct TextView {
  const char* bytes = nullptr;
  const std::int32_t* offsets = nullptr;
  std::size_t size = 0;
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    return {bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
  }
};

/// One input column, a view. `validity` is a bitmap in Arrow's order (bit i of byte i/8, 1 = present),
/// null when all are present.
struct Column {
  enum class Kind : std::uint8_t {
    absent,   ///< every row missing
    numbers,  ///< `numbers`: doubles, NaN = missing; dates in the field's own unit (see docs/readings.md)
    text,     ///< `texts`
    codes,    ///< `codes`: int32 indices into `texts` (the dictionary), negative = missing
    cells,    ///< `cells`
  };
  Kind kind = Kind::absent;
  const double* numbers = nullptr;
  TextView texts;
  const std::int32_t* codes = nullptr;
  const Cell* cells = nullptr;
  const std::uint8_t* validity = nullptr;

  [[nodiscard]] bool isValid(std::size_t row) const noexcept {
    return validity == nullptr || (validity[row / 8] >> (row % 8) & 1) != 0;
  }
  /// What the column says of a row, whatever its kind.
  [[nodiscard]] Cell cell(std::size_t row) const noexcept {
    if (kind == Kind::absent) return Cell::none();
    if (kind == Kind::cells) return cells[row];
    if (!isValid(row)) return Cell::none();
    if (kind == Kind::text) return Cell::of(texts[row]);
    if (kind == Kind::codes) {
      const std::int32_t code = codes[row];
      const bool isPresent = code >= 0 && static_cast<std::size_t>(code) < texts.size;
      return isPresent ? Cell::of(texts[static_cast<std::size_t>(code)]) : Cell::none();
    }
    const double x = numbers[row];
    return x == x ? Cell::of(x) : Cell::none();
  }
  /// The column from a row on; where there is a bitmap, that row's number is to be a multiple of 8.
  [[nodiscard]] Column from(std::size_t row) const noexcept {
    Column c = *this;
    if (numbers != nullptr) c.numbers += row;
    if (codes != nullptr) c.codes += row;
    if (cells != nullptr) c.cells += row;
    if (kind == Kind::text) c.texts = {texts.bytes, texts.offsets + row, texts.size - row};
    if (validity != nullptr) c.validity += row / 8;
    return c;
  }

  static Column ofNumbers(const double* p, const std::uint8_t* valid = nullptr) noexcept {
    Column c;
    c.kind = Kind::numbers;
    c.numbers = p;
    c.validity = valid;
    return c;
  }
  static Column ofTexts(TextView t, const std::uint8_t* valid = nullptr) noexcept {
    Column c;
    c.kind = Kind::text;
    c.texts = t;
    c.validity = valid;
    return c;
  }
  static Column ofCodes(const std::int32_t* codes, TextView dictionary, const std::uint8_t* valid = nullptr) noexcept {
    Column c;
    c.kind = Kind::codes;
    c.codes = codes;
    c.texts = dictionary;
    c.validity = valid;
    return c;
  }
  static Column ofCells(const Cell* p) noexcept {
    Column c;
    c.kind = Kind::cells;
    c.cells = p;
    return c;
  }
};

/// `rows` rows; `columns[i]` belongs to `Model::inputs()[i]`. Fewer columns than inputs: the rest is absent.
struct Batch {
  std::size_t rows = 0;
  std::vector<Column> columns;
};

}  // namespace scorelet
