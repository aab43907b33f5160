// Tensors of the Open Inference Protocol v2 as columns: one tensor a field, rows along its first dimension.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/model.hpp>

#include "service/cell_table.hpp"
#include "service/http.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {

/// The datatype that a field has as a tensor.
[[nodiscard]] std::string_view tensorType(DataType type) noexcept;

/// The input tensors of a request. Views the tree.
class InputTensors {
 public:
  explicit InputTensors(const Model& model) : model_(model), table_(model) {}

  /// What is wrong names the tensor, which is the field.
  [[nodiscard]] Answer<void> read(JsonValue inputs);
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] Batch batch() const { return table_.batch(rows_); }

 private:
  [[nodiscard]] Answer<void> readTensor(JsonValue tensor);
  [[nodiscard]] Answer<std::size_t> readShape(JsonValue shape, const std::string& name, std::size_t& rows) const;
  [[nodiscard]] Answer<std::vector<Cell>> readData(JsonValue data, std::string_view type,
                                                   const std::string& name) const;

  const Model& model_;
  CellTable table_;
  std::deque<std::vector<Cell>> items_;  // of fields that take lists
  std::size_t rows_ = 0;
  bool isFirst_ = true;
};

}  // namespace scorelet::service
