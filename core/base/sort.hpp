// Sorting where only the few values of a document or row are sorted: std::sort is several kilobytes of code for each
// type and order that it is used with, a matter of note where the code is downloaded first.
#pragma once

#include <algorithm>
#include <functional>

namespace scorelet {

/// Heapsort. Not stable: `less` tells apart what must be told apart.
template <class List, class Less = std::less<>>
void sort(List& list, const Less& less = {}) {
  std::make_heap(list.begin(), list.end(), less);
  std::sort_heap(list.begin(), list.end(), less);
}

}  // namespace scorelet
