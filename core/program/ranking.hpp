// Answers by rank (spec: Output, "rank", "isMultiValued").
#pragma once

#include "program/frame.hpp"

namespace scorelet::models {

/// What is said of the entry at a rank, missing where there is none; or, as a list, of the first `rank` entries (0: of
/// all). The entries are in order, best first.
template <class Entries, class Said>
[[nodiscard]] Value atRank(const program::Frame& frame, const Entries& entries, std::size_t rank, bool isList,
                           const Said& said) {
  if (!isList) return rank <= entries.size() ? said(entries[rank - 1]) : missing();
  auto& values = frame.buffers.numbers;
  values.clear();
  for (std::size_t k = 0; k < entries.size() && (rank == 0 || k < rank); ++k) values.push_back(said(entries[k]));
  return frame.lists.add(values);
}

}  // namespace scorelet::models
