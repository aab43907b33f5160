// Arrow structures that own what they point to: made here, released by whoever holds them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <scorelet/arrow.h>

namespace scorelet::arrow {

/// Key and value pairs for `ArrowSchema::metadata`; empty values are left out.
using Metadata = std::vector<std::pair<std::string_view, std::string_view>>;

/// A nullable schema that owns its texts and children. The children are moved from.
[[nodiscard]] ArrowSchema makeSchema(std::string_view format, std::string_view name, const Metadata& metadata = {},
                                     std::vector<ArrowSchema> children = {});

/// Memory for one array's buffers, handed to the array when it is done.
class Buffers {
 public:
  /// Zeroed room for `count` items, aligned for any of Arrow's types.
  template <class T>
  T* add(std::size_t count) {
    // Never empty: some consumers want a pointer even where nothing is read.
    storage_.push_back(std::make_unique<std::byte[]>(count * sizeof(T) + 8));
    pointers_.push_back(storage_.back().get());
    return reinterpret_cast<T*>(storage_.back().get());
  }
  /// A validity bitmap of `count` bits; drop it with `forgetValidity` if it turns out that nothing is null.
  std::uint8_t* addValidity(std::size_t count) { return add<std::uint8_t>((count + 7) / 8); }
  void forgetValidity() noexcept { pointers_[0] = nullptr; }

 private:
  friend ArrowArray makeArray(std::size_t, std::size_t, Buffers, std::vector<ArrowArray>);
  std::vector<std::unique_ptr<std::byte[]>> storage_;
  std::vector<const void*> pointers_;
};

/// An array that owns its buffers and children. `buffers` are in the order in which they were added.
[[nodiscard]] ArrowArray makeArray(std::size_t length, std::size_t nulls, Buffers buffers,
                                   std::vector<ArrowArray> children = {});

}  // namespace scorelet::arrow
