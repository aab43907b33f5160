// Memory that JavaScript and the core share: whole records and batches cross in it, so that one call is enough.
//
// Offsets are bytes from the start of a block, because its address may change when it grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace scorelet::wasm {

/// A cell as it crosses in both directions; web/scorelet/src/wire.ts knows the same layout.
struct WireCell {
  std::uint32_t kind = 0;  ///< Cell::Kind or ResultValue::Kind, which are the same numbers
  std::uint32_t size = 0;  ///< bytes of a text, items of a list
  double value = 0;        ///< number, boolean 0/1, offset of a text's bytes or of a list's first item
};
static_assert(sizeof(WireCell) == 16);

/// An input column as JavaScript lays it out at the start of the inbox. Numbers: `lanes` are doubles; codes:
/// int32 into the dictionary `texts`; cells: WireCells.
struct WireColumn {
  std::uint32_t kind = 0;     ///< Column::Kind
  std::uint32_t lanes = 0;    ///< offset of the values
  std::uint32_t texts = 0;    ///< number of dictionary texts
  std::uint32_t offsets = 0;  ///< offset of their int32 offsets (one more than texts)
  std::uint32_t bytes = 0;    ///< offset of their UTF-8
  std::uint32_t unused = 0;
};
static_assert(sizeof(WireColumn) == 24);

/// A growing block, aligned for doubles.
class Block {
 public:
  [[nodiscard]] std::uintptr_t address() const noexcept { return reinterpret_cast<std::uintptr_t>(storage_.data()); }

  /// Room for `bytes` bytes; what was written stays, the address may change.
  void reserve(std::size_t bytes) {
    const std::size_t doubles = (bytes + sizeof(double) - 1) / sizeof(double);
    if (doubles > storage_.size()) {
      storage_.reserve(doubles);
      storage_.resize(doubles);
    }
  }

  void clear() noexcept { used_ = 0; }

  /// `bytes` more bytes behind those allocated since `clear`; returns their offset, a multiple of 8.
  [[nodiscard]] std::size_t allocate(std::size_t bytes);
  /// The offset of a copy of `text`.
  [[nodiscard]] std::size_t append(std::string_view text);

  template <class T>
  [[nodiscard]] T* at(std::size_t offset) noexcept {
    return reinterpret_cast<T*>(reinterpret_cast<std::byte*>(storage_.data()) + offset);
  }

 private:
  std::vector<double> storage_;
  std::size_t used_ = 0;
};

}  // namespace scorelet::wasm
