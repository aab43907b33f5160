#include "service/cell_table.hpp"

#include <algorithm>

namespace scorelet::service {

Batch CellTable::batch(std::size_t rows) const {
  Batch out;
  out.rows = rows;
  for (const std::vector<Cell>& cells : columns_)
    out.columns.push_back(cells.empty() ? Column{} : Column::ofCells(cells.data()));
  return out;
}

Cell cellOf(const JsonNode& scalar) noexcept {
  switch (scalar.kind) {
    case JsonKind::number: return Cell::of(scalar.number == 0 ? 0.0 : scalar.number);  // "-0" is no integer of its own
    case JsonKind::boolean: return Cell::of(scalar.number != 0);
    case JsonKind::text: return Cell::of(scalar.text);
    default: return Cell::none();
  }
}

Batch slice(const Batch& batch, std::size_t first, std::size_t rows) {
  Batch out;
  out.rows = rows;
  for (const Column& column : batch.columns) out.columns.push_back(column.from(first));
  return out;
}

Answer<std::vector<int>> bindNames(const Model& model, std::span<const std::string_view> names) {
  std::vector<int> out;
  for (const std::string_view name : names) {
    const int input = model.inputIndex(name);
    if (input >= 0 && std::ranges::find(out, input) != out.end())
      return fail(400, "There are two columns \"" + std::string(name) + "\".", std::string(name));
    out.push_back(input);
  }
  if (!model.inputs().empty() && std::ranges::all_of(out, [](int input) { return input < 0; })) {
    std::string wanted;
    for (const InputField& field : model.inputs()) wanted += (wanted.empty() ? "" : ", ") + field.name;
    return fail(400, "No column is an input of the model, which wants: " + wanted + ".");
  }
  return out;
}

}  // namespace scorelet::service
