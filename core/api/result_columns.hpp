// Which columns a written result row has, and their values.
#pragma once

#include <cstddef>

#include <scorelet/records.hpp>

namespace scorelet {

/// Calls `f(c)` for the index of each result column to write, in order.
template <class F>
void forEachColumn(const Model& model, const RecordOptions& options, F&& f) {
  if (!options.columns.empty()) {
    for (const int c : options.columns) f(static_cast<std::size_t>(c));
    return;
  }
  const auto results = model.results();
  for (std::size_t c = 0; c < results.size(); ++c) {
    if (options.allOutputs || results[c].isFinalResult) f(c);
  }
}

}  // namespace scorelet
