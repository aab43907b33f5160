// Answers by rank (spec: Output, "rank", "rankOrder", "isMultiValued"; read in docs/readings.md).
#pragma once

#include "base/sort.hpp"
#include "program/frame.hpp"

namespace scorelet::program {

/// Which of the entries of a model are put out.
struct Ranks {
  std::size_t rank = 1;      ///< 1 is the first; of a list: how many, 0 for all
  bool isList = false;       ///< isMultiValued, or rank 0
  bool isAscending = false;  ///< rankOrder: the worst first
  [[nodiscard]] constexpr bool isBest() const noexcept { return rank == 1 && !isList && !isAscending; }
};

/// By value; equal ones in the order of their indices, which is that of the document.
inline void sortEntries(std::vector<Buffers::Entry>& entries, bool largestFirst) {
  sort(entries, [largestFirst](const Buffers::Entry& a, const Buffers::Entry& b) {
    if (a.value != b.value) return (a.value > b.value) == largestFirst;
    return a.index < b.index;
  });
}

/// What is said of the entries asked for, missing where there is none. The entries are in order.
template <class Entries, class Said>
[[nodiscard]] Value atRank(const Frame& frame, const Entries& entries, const Ranks& ranks, const Said& said) {
  if (!ranks.isList) return ranks.rank <= entries.size() ? said(entries[ranks.rank - 1]) : missing();
  auto& values = frame.buffers.numbers;
  values.clear();
  for (std::size_t k = 0; k < entries.size() && (ranks.rank == 0 || k < ranks.rank); ++k)
    values.push_back(said(entries[k]));
  return frame.lists.add(values);
}

}  // namespace scorelet::program
