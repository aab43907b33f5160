#include "explain/table.hpp"

#include <algorithm>
#include <bit>

namespace scorelet::explain {

Table::Table(const Batch& batch, std::size_t columns) : rows_(batch.rows), columns_(columns) {
  cells_.resize(rows_ * columns);
  for (std::size_t i = 0; i < rows_; ++i) {
    const std::span row(cells_.data() + i * columns, columns);
    readRow(batch, i, row);
    for (Cell& cell : row) cell = own(cell);
  }
}

Cell Table::own(const Cell& cell) {
  if (cell.kind == Cell::Kind::text) return Cell::of(std::string_view(texts_.emplace_back(cell.text)));
  if (cell.kind != Cell::Kind::list) return cell;
  std::vector<Cell> items;
  for (const Cell& item : cell.items) items.push_back(own(item));
  return Cell::of(std::span<const Cell>(lists_.emplace_back(std::move(items))));
}

void readRow(const Batch& batch, std::size_t row, std::span<Cell> cells) {
  for (std::size_t c = 0; c < cells.size(); ++c)
    cells[c] = c < batch.columns.size() ? batch.columns[c].cell(row) : Cell::none();
}

bool areSame(const Cell& a, const Cell& b) noexcept {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Cell::Kind::missing: return true;
    case Cell::Kind::number:
    case Cell::Kind::boolean: return std::bit_cast<std::uint64_t>(a.number) == std::bit_cast<std::uint64_t>(b.number);
    case Cell::Kind::text: return a.text == b.text;
    case Cell::Kind::list: break;
  }
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), areSame);
}

void Mixtures::clear() noexcept {
  for (auto& column : columns_) column.clear();
}

void Mixtures::add(std::span<const Cell> row) {
  for (std::size_t c = 0; c < columns_.size(); ++c) columns_[c].push_back(row[c]);
}

Batch Mixtures::batch() const {
  Batch batch{rows(), {}};
  for (const auto& column : columns_) batch.columns.push_back(Column::ofCells(column.data()));
  return batch;
}

Records::Records(const Batch& batch, std::size_t columns) : table_(batch, columns), rows_(columns) {
  for (std::size_t i = 0; i < table_.rows(); ++i) rows_.add(table_.row(i));
}

}  // namespace scorelet::explain
