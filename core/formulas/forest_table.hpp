// Ensembles of trees as a table of nodes, which one formula walks (LAMBDA).
#pragma once

#include <string>
#include <vector>

#include <scorelet/formulas.hpp>

#include "formulas/formula.hpp"
#include "models/mining/forest.hpp"
#include "program/wiring.hpp"

namespace scorelet::formulas {

class Translation;

/// The nodes of all forests of a model, on a sheet of their own; row numbers begin at 1.
struct NodeTable {
  struct Row {
    std::size_t input = 0;  ///< which of the walker's values is tested; 0: a leaf
    double threshold = 0;   ///< yes: the value is below
    std::string members;    ///< else yes: it is among these
    std::size_t yes = 0, no = 0, hole = 0;
    std::vector<double> shares;  ///< of a leaf
  };
  std::vector<Row> rows;
  std::vector<std::size_t> roots;
  std::vector<double> weights;  ///< per root
  std::size_t width = 1;        ///< shares of a leaf

  // Columns of the sheet.
  enum Column : std::size_t { input, threshold, members, yes, no, hole, root, weight, share };
};

inline constexpr char kSeparator = '|';

/// The sheet, row by row; without trees none.
[[nodiscard]] std::vector<std::vector<FormulaSheet::NodeCell>> sheetOf(const NodeTable& table);

/// The sums of a forest; false: it does not fit a table, and nothing was set.
bool translateForestTable(Translation& t, const program::Wiring& wiring, const models::mining::ForestStep& step);

}  // namespace scorelet::formulas
