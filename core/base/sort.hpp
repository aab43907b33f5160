// Sorting where only the few values of a document or row are sorted: std::sort is several kilobytes of code for each
// type and order that it is used with, a matter of note where the code is downloaded first.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <utility>

namespace scorelet {

/// Shell's sort: a short list by insertion, a long one first at distances that grow smaller (Sedgewick's, with which n
/// values take fewer than n^(4/3) steps, a constant aside). Not stable: `less` tells apart what must be told apart.
template <class List, class Less = std::less<>>
void sort(List& list, const Less& less = {}) {
  constexpr std::size_t kDistances[] = {1,     8,     23,     77,      281,     1073,     4193,
                                        16577, 65921, 262913, 1050113, 4197377, 16783361, 67121153};
  std::size_t d = 0;
  while (d + 1 < std::size(kDistances) && kDistances[d + 1] < list.size() / 4) ++d;
  for (std::size_t left = d + 1; left > 0; --left) {
    const std::size_t distance = kDistances[left - 1];
    for (std::size_t i = distance; i < list.size(); ++i) {
      auto value = std::move(list[i]);
      std::size_t to = i;
      for (; to >= distance && less(value, list[to - distance]); to -= distance)
        list[to] = std::move(list[to - distance]);
      list[to] = std::move(value);
    }
  }
}

}  // namespace scorelet
