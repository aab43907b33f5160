#include "document/matrix.hpp"

#include <algorithm>
#include <string>

#include "document/array.hpp"

namespace scorelet::document {

namespace {

enum class Kind : std::uint8_t { any, symmetric, diagonal };
constexpr std::pair<std::string_view, Kind> kKinds[] = {
    {"any", Kind::any}, {"symmetric", Kind::symmetric}, {"diagonal", Kind::diagonal}};

/// Cells given one by one; what is not given has the defaults.
bool readCells(xml::Element e, Kind kind, Matrix& matrix) {
  for (xml::Element c : xml::children(e, "MatCell")) {
    const int row = c.integer("row", 0), column = c.integer("col", 0);
    if (row < 1 || column < 1 || static_cast<std::size_t>(row) > matrix.rows ||
        static_cast<std::size_t>(column) > matrix.columns) {
      c.error(Code::badValue, "The cell lies outside the matrix; rows and columns count from 1.");
      return false;
    }
    const std::vector<double> value = readNumbers(c);
    if (value.size() != 1) {
      c.error(Code::badValue, "A MatCell holds one number.");
      return false;
    }
    const auto i = static_cast<std::size_t>(row - 1), j = static_cast<std::size_t>(column - 1);
    matrix.values[i * matrix.columns + j] = value[0];
    if (kind == Kind::symmetric) matrix.values[j * matrix.columns + i] = value[0];
  }
  return true;
}

/// Whole rows; of a symmetric matrix up to the diagonal, of a diagonal one the diagonal alone.
bool readRows(Kind kind, const std::vector<std::vector<double>>& arrays, Matrix& matrix) {
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return matrix.values[i * matrix.columns + j]; };
  if (kind == Kind::diagonal && arrays.size() == 1) {
    if (arrays[0].size() != matrix.rows) return false;
    for (std::size_t i = 0; i < matrix.rows; ++i) at(i, i) = arrays[0][i];
    return true;
  }
  if (arrays.size() != matrix.rows) return false;
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    const bool isHalf = kind == Kind::symmetric && arrays[i].size() == i + 1;
    if (arrays[i].size() != matrix.columns && !isHalf) return false;
    for (std::size_t j = 0; j < arrays[i].size(); ++j) {
      at(i, j) = arrays[i][j];
      if (isHalf) at(j, i) = arrays[i][j];
    }
  }
  return true;
}

}  // namespace

Matrix readMatrix(xml::Element parent, std::size_t mostCells) {
  const xml::Element e = parent.child("Matrix");
  if (!e) {
    parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs a Matrix.");
    return {};
  }
  const Kind kind = e.word("kind", Kind::any, kKinds);
  std::vector<std::vector<double>> arrays;
  for (xml::Element a : xml::children(e, "Array")) arrays.push_back(readNumbers(a));
  std::size_t widest = 0;
  for (const auto& a : arrays) widest = std::max(widest, a.size());
  const bool isLine = kind == Kind::diagonal && arrays.size() == 1;
  const int rows = e.integer("nbRows", static_cast<int>(isLine ? widest : arrays.size()));
  const int columns = e.integer("nbCols", static_cast<int>(widest));
  Matrix matrix;
  if (rows < 1 || columns < 1 || static_cast<double>(rows) * columns > static_cast<double>(mostCells) ||
      (kind != Kind::any && rows != columns)) {
    e.error(Code::badValue, "The matrix has no cells, too many of them, or is not square where it must be.");
    return {};
  }
  matrix.rows = static_cast<std::size_t>(rows);
  matrix.columns = static_cast<std::size_t>(columns);
  matrix.values.assign(matrix.rows * matrix.columns, e.number("offDiagDefault", 0));
  for (std::size_t i = 0; i < std::min(matrix.rows, matrix.columns); ++i)
    matrix.values[i * matrix.columns + i] = e.number("diagDefault", 0);
  if (arrays.empty()) {
    if (!readCells(e, kind, matrix)) return {};
  } else if (!readRows(kind, arrays, matrix)) {
    e.error(Code::badValue, "The Arrays of the matrix are not " + std::to_string(rows) + " rows of " +
                                std::to_string(columns) + " numbers.");
    return {};
  }
  return matrix;
}

}  // namespace scorelet::document
