#include "document/matrix.hpp"

#include <algorithm>
#include <string>

#include "base/number.hpp"
#include "document/array.hpp"

namespace scorelet::document {

namespace {

enum class Kind : std::uint8_t { any, symmetric, diagonal };
constexpr std::pair<std::string_view, Kind> kKinds[] = {
    {"any", Kind::any}, {"symmetric", Kind::symmetric}, {"diagonal", Kind::diagonal}};

std::size_t dimension(xml::Element e, std::string_view attribute, std::size_t otherwise) {
  const int n = e.integer(attribute, static_cast<int>(std::min<std::size_t>(otherwise, 1U << 30)));
  if (n < 0) e.error(Code::badValue, "A matrix has no negative number of rows or columns.", attribute);
  return n < 0 ? 0 : static_cast<std::size_t>(n);
}

struct Place {
  std::size_t row, column;
  double value;
};

/// MatCells; rows and columns are counted from 1.
std::optional<std::vector<Place>> readCells(xml::Element matrix) {
  std::vector<Place> places;
  bool isRead = true;
  for (xml::Element c : xml::children(matrix, "MatCell")) {
    const int row = c.integer("row", 0), column = c.integer("col", 0);
    const auto value = parseDouble(c.text());
    if (row < 1 || column < 1 || !value || *value != *value) {
      c.error(Code::badValue, "A MatCell has a row and a col, counted from 1, and a number.");
      isRead = false;
      continue;
    }
    places.push_back({static_cast<std::size_t>(row) - 1, static_cast<std::size_t>(column) - 1, *value});
  }
  if (!isRead) return std::nullopt;
  return places;
}

/// Arrays: the diagonal, the rows of the lower left triangle, or whole rows.
std::vector<Place> placesOf(const std::vector<std::vector<double>>& arrays, Kind kind) {
  std::vector<Place> places;
  for (std::size_t r = 0; r < arrays.size(); ++r)
    for (std::size_t c = 0; c < arrays[r].size(); ++c)
      places.push_back({kind == Kind::diagonal ? c : r, c, arrays[r][c]});
  return places;
}

}  // namespace

std::optional<Matrix> readMatrix(xml::Element matrix, std::size_t mostEntries) {
  const Kind kind = matrix.word("kind", Kind::any, kKinds);
  std::vector<std::vector<double>> arrays;
  for (xml::Element a : xml::children(matrix))
    if (a.name() == "Array" || a.name() == "NUM-ARRAY" || a.name() == "REAL-ARRAY" || a.name() == "INT-ARRAY")
      arrays.push_back(readNumbers(a));
  auto cells = readCells(matrix);
  if (!cells) return std::nullopt;
  const bool hasArrays = !arrays.empty();
  if (hasArrays && kind == Kind::diagonal && arrays.size() != 1) {
    matrix.error(Code::badValue, "A diagonal matrix has one Array, its diagonal.");
    return std::nullopt;
  }
  const std::vector<Place> places = hasArrays ? placesOf(arrays, kind) : *std::move(cells);

  std::size_t rows = 0, columns = 0;
  for (const Place& p : places) rows = std::max(rows, p.row + 1), columns = std::max(columns, p.column + 1);
  if (kind != Kind::any) rows = columns = std::max(rows, columns);
  Matrix out;
  out.rows = dimension(matrix, "nbRows", rows);
  out.columns = dimension(matrix, "nbCols", columns);
  const auto mismatch = [&] {
    matrix.error(Code::badValue, "The entries of the matrix do not fit its " + std::to_string(out.rows) + " rows and " +
                                     std::to_string(out.columns) + " columns.");
    return std::nullopt;
  };
  if (rows > out.rows || columns > out.columns || (kind != Kind::any && out.rows != out.columns)) return mismatch();
  if (hasArrays) {
    // Rows are whole: of the same length, or growing by one in a triangle.
    if (rows != out.rows) return mismatch();
    for (std::size_t r = 0; r < arrays.size(); ++r)
      if (arrays[r].size() != (kind == Kind::symmetric ? r + 1 : out.columns)) return mismatch();
  }
  if (out.columns != 0 && out.rows > mostEntries / out.columns) {
    matrix.error(Code::limitReached, "The matrix has more than " + std::to_string(mostEntries) + " entries.");
    return std::nullopt;
  }
  out.entries.assign(out.rows * out.columns, matrix.number("offDiagDefault", 0));
  const double diagonal = matrix.number("diagDefault", 0);
  for (std::size_t i = 0; i < std::min(out.rows, out.columns); ++i) out.at(i, i) = diagonal;
  for (const Place& p : places) {
    out.at(p.row, p.column) = p.value;
    if (kind == Kind::symmetric) out.at(p.column, p.row) = p.value;
  }
  return out;
}

}  // namespace scorelet::document
