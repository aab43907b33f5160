// Sorting where only the few values of a document or row are sorted: std::sort is several kilobytes of code for each
// type and order that it is used with, a matter of note where the code is downloaded first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace scorelet {

/// By insertion if the list is short, else heapsort. Not stable: `less` tells apart what must be told apart.
template <class List, class Less = std::less<>>
void sort(List& list, const Less& less = {}) {
  constexpr std::size_t kShort = 32;
  if (list.size() <= kShort) {
    for (std::size_t i = 1; i < list.size(); ++i) {
      auto value = std::move(list[i]);
      std::size_t to = i;
      for (; to > 0 && less(value, list[to - 1]); --to) list[to] = std::move(list[to - 1]);
      list[to] = std::move(value);
    }
    return;
  }
  std::make_heap(list.begin(), list.end(), less);
  std::sort_heap(list.begin(), list.end(), less);
}

}  // namespace scorelet
