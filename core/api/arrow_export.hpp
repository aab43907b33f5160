// A model's inputs and results as Arrow schemas, and a scored batch as an Arrow struct array.
#pragma once

#include <expected>
#include <string>

#include <scorelet/arrow.h>
#include <scorelet/model.hpp>

namespace scorelet::arrow {

/// Which result columns an export has.
struct ResultColumns {
  bool allOutputs = false;   ///< also OutputFields with isFinalResult="false"
  bool diagnostics = false;  ///< a column "@diagnostics" at the end
};

[[nodiscard]] ArrowSchema inputSchema(const Model& model);
[[nodiscard]] ArrowSchema resultSchema(const Model& model, ResultColumns columns);

/// The last batch of `scorer`, laid out as `resultSchema` says; or why it does not fit.
[[nodiscard]] std::expected<ArrowArray, std::string> exportResults(const Scorer& scorer, ResultColumns columns);

}  // namespace scorelet::arrow
