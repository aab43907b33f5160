#include "support/made_rows.hpp"

#include <limits>

namespace scorelet::test {

MadeRows::MadeRows(const Model& model, std::size_t rows) : rows_(rows) {
  std::size_t position = 0;
  for (const InputField& field : model.inputs()) {
    std::vector<Cell>& cells = columns_.emplace_back();
    // Each field walks through the variants at a pace of its own, so that rows mix them.
    for (std::size_t row = 0; row < rows; ++row) cells.push_back(cell(field, row * (position % 3 + 1) + position));
    ++position;
  }
}

Cell MadeRows::cell(const InputField& field, std::size_t variant) {
  const auto text = [&](std::string value) {
    return Cell::of(std::string_view(texts_.emplace_back(std::move(value))));
  };
  switch (variant % 10) {
    case 0: return Cell::none();
    case 1: return field.values.empty() ? Cell::of(1.0) : text(field.values[variant % field.values.size()].value);
    case 2: return field.intervals.empty() ? Cell::of(0.5) : Cell::of(field.intervals.front().left);
    case 3: return Cell::of(-0.0);
    case 4: return text("2024-02-29T23:59:60");
    case 5: return Cell::of(std::numeric_limits<double>::infinity());
    case 6: return text("never seen \xC3\xA9\xF0\x9F\x98\x80");
    case 7: return Cell::of(true);
    case 8: {
      std::vector<Cell>& items = lists_.emplace_back();
      items = {text("a"), Cell::of(2.0), Cell::none()};
      return Cell::of(std::span<const Cell>(items));
    }
    default: return Cell::of(1e308);
  }
}

Batch MadeRows::batch() const {
  Batch batch;
  batch.rows = rows_;
  for (const auto& cells : columns_) batch.columns.push_back(Column::ofCells(cells.data()));
  return batch;
}

}  // namespace scorelet::test
