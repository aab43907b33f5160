// A record batch as a `Batch` of a model: columns found by name, checked, viewed or converted.
#pragma once

#include <vector>

#include <scorelet/arrow.h>
#include <scorelet/model.hpp>
#include "api/arrow_column.hpp"

namespace scorelet::arrow {

/// Keeps the memory of converted columns from batch to batch.
class BatchReader {
 public:
  /// True: `batch()` views the rows, for as long as `rows` is not released. False: they cannot be scored.
  /// `findings` gets the reasons, or notes about columns that do not matter.
  bool read(const Model& model, const ArrowSchema& schema, const ArrowArray& rows, Diagnostics& findings);

  [[nodiscard]] const Batch& batch() const noexcept { return batch_; }

 private:
  Batch batch_;
  std::vector<ColumnBuffers> buffers_;  // one per input
  std::vector<int> columnOf_;           // one per input: its column, or -1
};

}  // namespace scorelet::arrow
