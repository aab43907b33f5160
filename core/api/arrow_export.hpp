// A model's inputs and results as Arrow schemas, and a scored batch as an Arrow struct array.
#pragma once

#include <expected>
#include <string>

#include <scorelet/arrow.h>
#include <scorelet/model.hpp>
#include <scorelet/records.hpp>

namespace scorelet::arrow {

[[nodiscard]] ArrowSchema inputSchema(const Model& model);
/// With `options.diagnostics`, a column "@diagnostics" at the end: JSON text, null for rows that have none.
[[nodiscard]] ArrowSchema resultSchema(const Model& model, const RecordOptions& options);

/// The last batch of `scorer`, laid out as `resultSchema` says; or why it does not fit.
[[nodiscard]] std::expected<ArrowArray, std::string> exportResults(const Scorer& scorer, const RecordOptions& options);

}  // namespace scorelet::arrow
