// One Arrow array as one input column: viewed where the layouts agree, converted where they do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include <scorelet/arrow.h>
#include <scorelet/batch.hpp>
#include <scorelet/fields.hpp>

namespace scorelet::arrow {

/// Memory of a converted column, kept from batch to batch.
struct ColumnBuffers {
  std::vector<double> numbers;
  std::vector<std::int32_t> offsets;
  std::vector<std::int32_t> codes;
  std::vector<std::uint8_t> validity;
  std::vector<Cell> cells;
  std::string bytes;
  std::unique_ptr<ColumnBuffers> inner;  ///< of a dictionary or of a list's items
};

/// A validity bitmap from bit `first` on; null bits: all present.
struct Bitmap {
  const std::uint8_t* bits = nullptr;
  std::size_t first = 0;
  [[nodiscard]] bool operator[](std::size_t i) const noexcept {
    return bits == nullptr || ((bits[(first + i) / 8] >> ((first + i) % 8)) & 1) != 0;
  }
};

/// Which rows of an array to read, and which of them its parent declares null.
struct Window {
  std::size_t first = 0;
  std::size_t rows = 0;
  Bitmap parent;
};

/// The most rows of one batch: nothing computed from it overflows.
inline constexpr std::int64_t kMaxRows = SIZE_MAX / 64 < INT32_MAX ? SIZE_MAX / 64 : INT32_MAX;

/// Empty if counts, offsets and buffers are there as the format demands, else what is wrong.
[[nodiscard]] std::string checkArray(const ArrowArray& array, std::size_t buffers, std::size_t children);

/// A view of the window's rows, valid while `array` and `buffers` are; or why `field` cannot take them.
[[nodiscard]] std::expected<Column, std::string> readColumn(const InputField& field, const ArrowSchema& schema,
                                                            const ArrowArray& array, const Window& window,
                                                            ColumnBuffers& buffers);

}  // namespace scorelet::arrow
