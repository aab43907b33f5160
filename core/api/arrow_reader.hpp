// How one Arrow array becomes one column: the state that arrow_column.cpp, arrow_numbers.cpp, arrow_texts.cpp
// and arrow_nested.cpp share. Only they include this.
#pragma once

#include <limits>

#include "api/arrow_column.hpp"
#include "api/arrow_type.hpp"

namespace scorelet::arrow {

class ColumnReader {
 public:
  using Result = std::expected<Column, std::string>;

  ColumnReader(const InputField& field, const ArrowSchema& schema, const ArrowArray& array, const Window& window,
               ColumnBuffers& memory)
      : field_(field), schema_(schema), array_(array), window_(window), memory_(memory), rows_(window.rows) {}

  Result read();

 private:
  using Error = std::unexpected<std::string>;

  [[nodiscard]] std::string check() const;
  /// The rows' own bitmap and their parent's as one that begins at bit 0; null if nothing is null.
  [[nodiscard]] const std::uint8_t* validity();

  // arrow_numbers.cpp
  Result readNumbers();
  Result readTemporal();
  template <class T>
  Result numbers();
  Result doubles();
  template <class T>
  Result wideIntegers();
  Result booleans();
  template <class Tick>
  Result temporal();
  // arrow_texts.cpp
  Result readTexts();
  template <class Offset>
  Result texts();
  Result textViews();
  // arrow_nested.cpp
  Result readDictionary();
  Result readList();
  template <class Index>
  Result codes(const Column& values, std::size_t count);
  template <class Offset>
  Result lists();

  [[nodiscard]] bool isValid(std::size_t i) const noexcept { return Bitmap{valid_, 0}[i]; }

  /// Buffer `i` as items of T, or null if it is absent or not aligned for T.
  template <class T>
  [[nodiscard]] const T* buffer(std::size_t i) const noexcept {
    const void* p = array_.buffers[i];
    return reinterpret_cast<std::uintptr_t>(p) % alignof(T) == 0 ? static_cast<const T*>(p) : nullptr;
  }
  [[nodiscard]] static Error noBuffer() { return Error("a buffer is absent or not aligned for its type"); }
  [[nodiscard]] static Error tooLong() { return Error("it holds more than 2 GiB of text; score fewer rows at once"); }
  [[nodiscard]] static Error badOffsets() { return Error("its offsets are negative or decrease"); }

  /// The offsets of the rows, one more than there are rows; null if they are absent, negative or decrease.
  template <class Offset>
  [[nodiscard]] std::expected<const Offset*, std::string> offsets() const {
    const Offset* offsets = buffer<Offset>(1);
    if (offsets == nullptr) return noBuffer();
    offsets += at_;
    if (offsets[0] < 0) return badOffsets();
    for (std::size_t i = 0; i < rows_; ++i) {
      if (offsets[i + 1] < offsets[i]) return badOffsets();
    }
    return offsets;
  }

  [[nodiscard]] Column numbersFromMemory() const noexcept { return Column::ofNumbers(memory_.numbers.data(), valid_); }

  /// Texts that `append(i)` adds to `memory_.bytes`, row by row.
  template <class Append>
  Result writtenTexts(Append append) {
    memory_.bytes.clear();
    memory_.offsets.assign(rows_ + 1, 0);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (isValid(i)) append(i);
      if (memory_.bytes.size() > std::numeric_limits<std::int32_t>::max()) return tooLong();
      memory_.offsets[i + 1] = static_cast<std::int32_t>(memory_.bytes.size());
    }
    return Column::ofTexts({memory_.bytes.data(), memory_.offsets.data(), rows_}, valid_);
  }

  /// Memory of the dictionary or of the list's items.
  ColumnBuffers& inner() {
    if (!memory_.inner) memory_.inner = std::make_unique<ColumnBuffers>();
    return *memory_.inner;
  }

  const InputField& field_;
  const ArrowSchema& schema_;
  const ArrowArray& array_;
  const Window& window_;
  ColumnBuffers& memory_;
  std::size_t rows_;
  std::size_t at_ = 0;  // first row in the physical buffers
  const std::uint8_t* valid_ = nullptr;
  Type type_;
};

/// Leaves the values of `column` in `memory.cells`.
void makeCells(const Column& column, std::size_t count, ColumnBuffers& memory);

}  // namespace scorelet::arrow
