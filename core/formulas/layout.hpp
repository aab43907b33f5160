// Definitions put into cells or names, within what Excel takes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include <scorelet/formulas.hpp>

#include "formulas/translation.hpp"

namespace scorelet::formulas {

// What one cell takes.
inline constexpr std::size_t kMostCharacters = 8192;
inline constexpr std::size_t kMostBytes = 16384;  ///< as Excel keeps the formula in memory
inline constexpr std::uint32_t kMostLevels = 64;
inline constexpr std::size_t kMostNames = 126;  ///< of one LET
inline constexpr std::size_t kMostColumns = 16384;

struct Extent {
  std::size_t characters = 0, bytes = 0;
  std::uint32_t levels = 0;
  [[nodiscard]] bool fits(std::size_t names = 0) const noexcept {
    return characters <= kMostCharacters && bytes <= kMostBytes && levels <= kMostLevels && names <= kMostNames;
  }
};

/// A result: what the program calls it and the formula of its lane as a cell shows it.
struct Result {
  std::string name;
  Formula formula;
};

class Layout {
 public:
  /// Keeps the definitions that `results` need; what is used once stands where it is used.
  Layout(const program::Program& program, std::vector<Definition> definitions, std::vector<Result> results);

  /// Whether one LET for each result holds it all.
  [[nodiscard]] bool fitsLet() const;
  /// Decides for a style; false: it does not fit. The formulas of `columns` are those of a record that begins at a
  /// cell.
  [[nodiscard]] bool choose(FormulaStyle style, std::size_t row, std::size_t firstColumn);
  /// Whether the formula of a column works on arrays inside.
  [[nodiscard]] bool isArray(std::size_t column) const;

  [[nodiscard]] const std::vector<FormulaSheet::Column>& columns() const noexcept { return columns_; }
  /// The formula of a column for a record in `row` (from 1) of the workbook, as its file holds it.
  [[nodiscard]] std::string formula(std::size_t column, std::size_t row) const {
    return formula(column, {style_ == FormulaStyle::let, true, row, 0});
  }
  /// The column of an input of the program.
  [[nodiscard]] std::size_t columnOf(std::uint32_t input) const { return inputColumns_.at(input); }
  [[nodiscard]] const std::map<std::uint32_t, std::size_t>& inputColumns() const noexcept { return inputColumns_; }
  [[nodiscard]] std::size_t firstResult() const noexcept { return columns_.size() - results_.size(); }
  /// Calls `f(x)` for each number in the formulas of all columns.
  void countConstants(FormulaSheet& sheet) const;

 private:
  struct Writer {
    bool isLet, inFile;
    std::size_t row, firstColumn;
  };
  [[nodiscard]] std::string formula(std::size_t column, const Writer& writer) const;
  void inlineOnce();
  void nameAll();
  [[nodiscard]] Extent measure(const Formula& f) const;
  Formula split(Formula f, std::vector<std::uint32_t>& order);
  [[nodiscard]] std::vector<std::uint32_t> needs(const Formula& f) const;
  void write(std::string& out, const Formula& f, int outer, const Writer& writer) const;

  const program::Program& program_;
  std::vector<Definition> definitions_;
  std::vector<Result> results_;
  std::vector<std::string> names_;  ///< in a LET
  FormulaStyle style_ = FormulaStyle::let;
  std::vector<FormulaSheet::Column> columns_;
  std::vector<Formula> columnFormulas_;
  std::map<std::uint32_t, std::size_t> inputColumns_, definitionColumns_;
};

}  // namespace scorelet::formulas
