#include "document/sparse_matrix.hpp"

#include <algorithm>
#include <map>

#include "base/number.hpp"
#include "document/array.hpp"

namespace scorelet::document {

namespace {

enum class SparseKind : std::uint8_t { any, diagonal, symmetric };
constexpr std::pair<std::string_view, SparseKind> kSparseKinds[] = {
    {"any", SparseKind::any},
    {"diagonal", SparseKind::diagonal},
    {"symmetric", SparseKind::symmetric},
    {"sparse", SparseKind::any}};  // vendors, for MatCells

class MatrixReader {
 public:
  MatrixReader(xml::Element e, std::size_t mostCells) : e_(e), mostCells_(mostCells) {}

  SparseMatrix read() {
    kind_ = e_.word("kind", SparseKind::any, kSparseKinds);
    std::vector<xml::Element> arrays, cells;
    for (xml::Element c : xml::children(e_)) {
      if (c.name() == "Array") arrays.push_back(c);
      if (c.name() == "MatCell") cells.push_back(c);
    }
    if (arrays.empty() == cells.empty()) {
      e_.error(Code::missingElement, "A Matrix is made of Arrays or of MatCells.");
      return {};
    }
    matrix_.rows = size("nbRows");
    matrix_.columns = size("nbCols");
    if (cells.empty())
      readArrays(arrays);
    else
      readCells(cells);
    // What stands outside was reported.
    for (const auto& [place, value] : values_)
      if (value != 0 && place.first < matrix_.rows && place.second < matrix_.columns)
        matrix_.cells.push_back({place.first, place.second, value});
    return std::move(matrix_);
  }

 private:
  std::size_t size(std::string_view attribute) {
    const double n = e_.number(attribute, 0);
    if (n >= 0 && n <= 0x1p31) return static_cast<std::size_t>(n);
    e_.error(Code::badValue, "This is no size of a matrix.", attribute);
    return 0;
  }

  void put(std::size_t row, std::size_t column, double value) {
    values_[{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)}] = value;
  }

  void readArrays(const std::vector<xml::Element>& arrays) {
    for (std::size_t r = 0; r < arrays.size(); ++r) {
      const std::vector<double> row = readNumbers(arrays[r]);
      const std::size_t wanted = kind_ == SparseKind::symmetric ? r + 1 : matrix_.columns;
      if (kind_ != SparseKind::symmetric && matrix_.columns == 0) matrix_.columns = row.size();
      if (wanted != 0 && row.size() != wanted)
        arrays[r].error(Code::badValue, "This row of the matrix must have " + std::to_string(wanted) + " numbers.");
      for (std::size_t c = 0; c < row.size(); ++c) {
        put(kind_ == SparseKind::diagonal ? c : r, c, row[c]);
        if (kind_ == SparseKind::symmetric) put(c, r, row[c]);
      }
    }
    const std::size_t rows = kind_ == SparseKind::diagonal ? matrix_.columns : arrays.size();
    if (kind_ == SparseKind::diagonal && arrays.size() != 1)
      e_.error(Code::badValue, "A diagonal matrix is one Array of the numbers on its diagonal.");
    if (kind_ == SparseKind::symmetric && matrix_.columns == 0) matrix_.columns = rows;
    if ((matrix_.rows != 0 && matrix_.rows != rows) || (kind_ == SparseKind::symmetric && matrix_.columns != rows))
      e_.error(Code::badValue, "The matrix has " + std::to_string(rows) + " rows, not as many as it says.", "nbRows");
    matrix_.rows = rows;
  }

  void readCells(const std::vector<xml::Element>& cells) {
    const double onDiagonal = e_.number("diagDefault", 0), elsewhere = e_.number("offDiagDefault", 0);
    if (matrix_.rows == 0 || matrix_.columns == 0) {
      e_.error(Code::missingAttribute, "A Matrix of MatCells must say its size.",
               matrix_.rows == 0 ? "nbRows" : "nbCols");
      return;
    }
    fill(onDiagonal, elsewhere);
    for (const xml::Element c : cells) {
      const double row = c.requiredNumber("row"), column = c.requiredNumber("col");
      const auto value = parseDouble(c.text());
      if (!value || *value != *value) c.error(Code::badValue, "\"" + std::string(c.text()) + "\" is not a number.");
      if (!isIndex(row, matrix_.rows) || !isIndex(column, matrix_.columns)) {
        c.error(Code::badValue, "There is no such place in a matrix of " + std::to_string(matrix_.rows) + " by " +
                                    std::to_string(matrix_.columns) + "; the first is 1, 1.");
        continue;
      }
      const auto r = static_cast<std::size_t>(row) - 1, k = static_cast<std::size_t>(column) - 1;
      put(r, k, value.value_or(0));
      if (kind_ == SparseKind::symmetric && isIndex(column, matrix_.rows) && isIndex(row, matrix_.columns))
        put(k, r, value.value_or(0));
    }
  }

  static bool isIndex(double x, std::size_t size) {
    return x >= 1 && x <= static_cast<double>(size) && x == static_cast<double>(static_cast<std::size_t>(x));
  }

  void fill(double onDiagonal, double elsewhere) {
    if (elsewhere != 0 && matrix_.rows > mostCells_ / matrix_.columns) {
      e_.error(Code::limitReached, "The matrix has more than " + std::to_string(mostCells_) + " cells.");
      return;
    }
    if (elsewhere != 0)
      for (std::size_t r = 0; r < matrix_.rows; ++r)
        for (std::size_t c = 0; c < matrix_.columns; ++c) put(r, c, elsewhere);
    const std::size_t diagonal = std::min(matrix_.rows, matrix_.columns);
    if (elsewhere == 0 && onDiagonal == 0) return;
    if (diagonal > mostCells_) {
      e_.error(Code::limitReached, "The matrix has more than " + std::to_string(mostCells_) + " cells.");
      return;
    }
    for (std::size_t i = 0; i < diagonal; ++i) put(i, i, onDiagonal);
  }

  xml::Element e_;
  std::size_t mostCells_;
  SparseKind kind_ = SparseKind::any;
  SparseMatrix matrix_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> values_;
};

}  // namespace

SparseMatrix readSparseMatrix(xml::Element matrix, std::size_t mostCells) {
  return MatrixReader(matrix, mostCells).read();
}

}  // namespace scorelet::document
