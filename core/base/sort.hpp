// Sorting where only the few values of a document or row are sorted: std::sort is several kilobytes of code for each
// type and order that it is used with, a matter of note where the code is downloaded first.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

namespace scorelet {

/// Heapsort. Not stable: `less` tells apart what must be told apart.
template <class T, class Less = std::less<>>
void sort(T* values, std::size_t count, const Less& less = {}) {
  for (std::size_t start = count / 2, end = count; end > 1;) {
    if (start > 0)
      --start;
    else
      std::swap(values[0], values[--end]);
    for (std::size_t parent = start, child; (child = 2 * parent + 1) < end; parent = child) {
      if (child + 1 < end && less(values[child], values[child + 1])) ++child;
      if (!less(values[parent], values[child])) break;
      std::swap(values[parent], values[child]);
    }
  }
}
template <class List, class Less = std::less<>>
void sort(List& list, const Less& less = {}) {
  sort(list.data(), list.size(), less);
}

}  // namespace scorelet
