// A model as formulas of a spreadsheet (docs/excel-formulas.md). In a library of its own, scorelet_formulas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

enum class FormulaStyle : std::uint8_t {
  automatic,  ///< `let` where it fits, else `columns`
  let,        ///< one LET for each result: Excel 2021 and later
  columns,    ///< helper columns: every Excel from 2010 on
  table,      ///< ensembles of trees as a table of nodes and one walker (LAMBDA): Excel 2024 and Microsoft 365
};

struct FormulaOptions {
  FormulaStyle style = FormulaStyle::automatic;
  std::string modelName;  ///< which model of the document; empty: the first that is scorable
  Limits limits;
  std::size_t row = 2, column = 0;   ///< where the record stands that `FormulaSheet::columns` calculate
  std::string treesSheet = "Trees";  ///< what the sheet of nodes is called, which may need no quotes in a formula
};

/// A table with one record a row: inputs, helper columns, results.
struct FormulaSheet {
  struct Column {
    enum class Kind : std::uint8_t { input, helper, result };
    Kind kind = Kind::input;
    std::string name;     ///< the heading
    std::string formula;  ///< as it is typed in the row of `FormulaOptions`; empty for an input
  };
  /// What a cell of the sheet of nodes holds; nothing is the empty text.
  using NodeCell = std::variant<std::string, double>;
  FormulaStyle style = FormulaStyle::let;
  bool hasHelpers = false;  ///< results rest on helper columns
  std::vector<Column> columns;
  std::size_t constants = 0, roundedConstants = 0;  ///< numbers in the formulas, and those that 15 digits do not hold
  double largestRounding = 0;                       ///< their largest relative change
  bool isSinglePrecision = false;            ///< the model asks for single precision, and formulas compute in double
  Diagnostics notes;                         ///< results that are left out, and why
  std::vector<std::vector<NodeCell>> trees;  ///< the sheet of nodes, headings first, from its first cell on
  std::vector<std::byte>
      workbook;  ///< an .xlsx with the sheets Score, Check (of the verification records), Trees (of a table) and About
};

/// Translates a PMML document, or what `compileDocument` made of one. A model that has no formulas is refused with what
/// it is that has none.
[[nodiscard]] Expected<FormulaSheet> translateToFormulas(std::string_view document, const FormulaOptions& options = {});

/// "let", "columns" and "table".
[[nodiscard]] std::string_view formulaStyleName(FormulaStyle style) noexcept;

}  // namespace scorelet
