// What a session scored last, once more as a batch: for those who report it.
#include "session.hpp"

namespace scorelet::wasm {

const Batch& Session::scored() {
  if (batch_.rows > 0 || scorer_.rows() == 0) return batch_;
  const auto inputs = scorer_.model().inputs();
  cellsUsed_ = 0;
  if (cells_.empty()) cells_.emplace_back();
  std::vector<Cell>& cells = cells_[cellsUsed_++];
  cells.assign(inputs.size(), Cell::none());
  batch_.columns.clear();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto text = inputs[i].dataType == DataType::string ? scorer_.model().textOf(numbers_[i]) : std::nullopt;
    if (text) cells[i] = Cell::of(*text);
    batch_.columns.push_back(text ? Column::ofCells(&cells[i]) : Column::ofNumbers(&numbers_[i]));
  }
  batch_.rows = 1;
  return batch_;
}

}  // namespace scorelet::wasm
