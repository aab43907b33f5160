// A file of rows whose format its name or its first character tells.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rows.hpp"

namespace scorelet::cli {

struct OpenedRows {
  Input input;
  std::unique_ptr<RowSource> rows;  ///< null if the file could not be opened

  [[nodiscard]] const std::string& failure() const { return rows == nullptr ? input.failure() : rows->failure(); }
};

std::unique_ptr<OpenedRows> openRows(const Model& model, const std::string& path,
                                     const std::vector<std::string>& ids = {});

}  // namespace scorelet::cli
