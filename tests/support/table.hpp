// Rows of a case, whatever file they came from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace scorelet::test {

/// Cells are null (missing), number, boolean, text, list, or discarded: nothing is said about this cell.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<nlohmann::json>> rows;

  /// Position of the column, or -1.
  [[nodiscard]] int column(const std::string& name) const;
};

/// An array of objects; the columns are the union of their keys, in order of first appearance.
[[nodiscard]] Table tableFromRecords(const nlohmann::json& records);

struct CsvShape {
  char separator = ',';
  std::vector<std::string> columns;        ///< which to take, all when empty
  std::vector<std::string> missingTokens;  ///< beside the empty cell
};

/// A CSV file with every present cell as text; nothing when it cannot be read or lacks a wanted column.
[[nodiscard]] std::optional<Table> tableFromCsv(const std::string& path, const CsvShape& shape = {});

/// Transactional rows: one row for each value of `column`, in order of first appearance; the others become lists.
[[nodiscard]] Table groupedBy(const Table& table, const std::string& column);

}  // namespace scorelet::test
