// Grow-only storage whose elements never move, emptied at once and reused.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace scorelet {

template <class T>
class Arena {
 public:
  /// A copy of `items` that stays where it is until `clear`.
  std::span<const T> copy(std::span<const T> items) {
    if (items.empty()) return {};
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < items.size()) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) {
      const std::size_t size = std::max(kBlock, items.size());
      blocks_.push_back({std::make_unique<T[]>(size), size});
    }
    T* place = blocks_[block_].items.get() + used_;
    std::copy(items.begin(), items.end(), place);
    used_ += items.size();
    return {place, items.size()};
  }

  void clear() noexcept { block_ = used_ = 0; }

 private:
  static constexpr std::size_t kBlock = 16384 / sizeof(T) + 1;
  struct Block {
    std::unique_ptr<T[]> items;
    std::size_t size;
  };
  std::vector<Block> blocks_;
  std::size_t block_ = 0, used_ = 0;  // blocks_[block_] is filled up to used_
};

}  // namespace scorelet
