#include "support/binding.hpp"

#include <algorithm>

namespace scorelet::test {

using nlohmann::json;

Binding::Binding(const Model& model, const Table& table) : rows_(table.rows.size()) {
  for (const InputField& field : model.inputs()) {
    int at = table.column(field.name);
    const bool isTarget = std::ranges::any_of(model.targets(), [&](const auto& t) { return t.name == field.name; });
    if (at < 0 && isTarget) at = table.column("@observed");
    std::vector<Cell>& cells = columns_.emplace_back();
    if (at < 0) continue;
    cells.reserve(rows_);
    for (const auto& row : table.rows) cells.push_back(cell(row[at]));
  }
}

Cell Binding::cell(const json& value) {
  if (value.is_boolean()) return Cell::of(value.get<bool>());
  if (value.is_number()) return Cell::of(value.get<double>());
  if (value.is_string()) return Cell::of(std::string_view(value.get_ref<const std::string&>()));
  if (!value.is_array()) return Cell::none();
  std::vector<Cell> items;
  for (const json& item : value) items.push_back(cell(item));
  return Cell::of(std::span<const Cell>(lists_.emplace_back(std::move(items))));
}

Batch Binding::batch(std::size_t first, std::size_t count) const {
  Batch batch;
  batch.rows = count;
  for (const auto& cells : columns_) batch.columns.push_back(cells.empty() ? Column{} : Column::ofCells(&cells[first]));
  return batch;
}

}  // namespace scorelet::test
