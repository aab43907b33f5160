#include "block.hpp"

#include <algorithm>
#include <cstring>

namespace scorelet::wasm {

std::size_t Block::allocate(std::size_t bytes) {
  const std::size_t offset = used_;
  used_ += (bytes + 7) & ~std::size_t{7};
  const std::size_t capacity = storage_.size() * sizeof(double);
  if (used_ > capacity) reserve(std::max(used_, capacity + capacity / 2));
  return offset;
}

std::size_t Block::append(std::string_view text) {
  const std::size_t offset = allocate(text.size());
  if (!text.empty()) std::memcpy(at<char>(offset), text.data(), text.size());
  return offset;
}

}  // namespace scorelet::wasm
