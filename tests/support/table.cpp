#include "support/table.hpp"

#include <algorithm>
#include <map>

#include "support/csv.hpp"
#include "support/files.hpp"

namespace scorelet::test {

using nlohmann::json;

int Table::column(const std::string& name) const {
  const auto found = std::ranges::find(columns, name);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

Table tableFromRecords(const json& records) {
  Table table;
  std::map<std::string, std::size_t> position;
  for (const json& record : records) {
    std::vector<json> row(table.columns.size(), json(json::value_t::discarded));
    for (const auto& [key, value] : record.items()) {
      const auto [at, isNew] = position.try_emplace(key, table.columns.size());
      if (isNew) {
        table.columns.push_back(key);
        row.emplace_back();
      }
      row[at->second] = value;
    }
    table.rows.push_back(std::move(row));
  }
  for (auto& row : table.rows) row.resize(table.columns.size(), json(json::value_t::discarded));
  return table;
}

std::optional<Table> tableFromCsv(const std::string& path, const CsvShape& shape) {
  const auto bytes = readFile(path);
  if (!bytes) return std::nullopt;
  const Csv csv = parseCsv(*bytes, shape.separator);

  Table table;
  table.columns = shape.columns.empty() ? csv.columns : shape.columns;
  std::vector<std::size_t> source;
  for (const std::string& name : table.columns) {
    const auto found = std::ranges::find(csv.columns, name);
    if (found == csv.columns.end()) return std::nullopt;
    source.push_back(static_cast<std::size_t>(found - csv.columns.begin()));
  }
  for (const auto& cells : csv.rows) {
    std::vector<json>& row = table.rows.emplace_back();
    for (const std::size_t i : source) {
      const std::string& cell = cells[i];
      const bool missing = cell.empty() || std::ranges::find(shape.missingTokens, cell) != shape.missingTokens.end();
      row.push_back(missing ? json() : json(cell));
    }
  }
  return table;
}

Table groupedBy(const Table& table, const std::string& column) {
  const int key = table.column(column);
  Table grouped{table.columns, {}};
  if (key < 0) return grouped;
  std::map<std::string, std::size_t> rowOf;
  for (const auto& row : table.rows) {
    const auto [at, isNew] = rowOf.try_emplace(row[key].dump(), grouped.rows.size());
    if (isNew) {
      std::vector<json>& fresh = grouped.rows.emplace_back(table.columns.size(), json::array());
      fresh[key] = row[key];
    }
    for (std::size_t c = 0; c < row.size(); ++c)
      if (static_cast<int>(c) != key) grouped.rows[at->second][c].push_back(row[c]);
  }
  return grouped;
}

}  // namespace scorelet::test
