// The latest n of a stream.
#pragma once

#include <cstddef>
#include <vector>

namespace scorelet::models::baseline {

template <class T>
class Recent {
 public:
  explicit Recent(std::size_t capacity) : capacity_(capacity) {}

  void add(T item) {
    if (items_.size() < capacity_) {
      items_.push_back(item);
    } else {
      items_[oldest_] = item;
      oldest_ = (oldest_ + 1) % capacity_;
    }
  }
  /// Oldest first: sums run in the order of the records.
  template <class F>
  void forEach(F&& f) const {
    for (std::size_t k = 0; k < items_.size(); ++k) f(items_[(oldest_ + k) % items_.size()]);
  }
  template <class F>
  void forEach(F&& f) {
    for (std::size_t k = 0; k < items_.size(); ++k) f(items_[(oldest_ + k) % items_.size()]);
  }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  void clear() noexcept {
    items_.clear();
    oldest_ = 0;
  }

 private:
  std::size_t capacity_, oldest_ = 0;
  std::vector<T> items_;
};

}  // namespace scorelet::models::baseline
