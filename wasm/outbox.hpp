// Answers for JavaScript as one list of cells in a block, read there in one go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <scorelet/scorelet.hpp>

#include "block.hpp"

namespace scorelet::wasm {

/// Writes one answer, a list, whose cell lies at the start of the block.
class Outbox {
 public:
  /// Begins an answer of `items` items; the offset of the first of them.
  std::size_t begin(std::size_t items);
  [[nodiscard]] std::uintptr_t address() const noexcept { return block_.address(); }

  // Fills the cell at `cell`.
  void number(std::size_t cell, double x) { set(cell, ResultValue::Kind::number, 0, x); }
  void text(std::size_t cell, std::string_view text);
  /// Bytes that are not to be decoded as cells; the offset of their start.
  std::size_t bytes(std::size_t cell, std::size_t size);
  /// A list of `items` items, which are missing until filled; the offset of the first of them.
  std::size_t list(std::size_t cell, std::size_t items);
  void value(std::size_t cell, const ResultValue& value);
  void diagnostics(std::size_t cell, const Diagnostics& list);

  [[nodiscard]] static constexpr std::size_t next(std::size_t cell) noexcept { return cell + sizeof(WireCell); }
  template <class T>
  [[nodiscard]] T* at(std::size_t offset) noexcept {
    return block_.at<T>(offset);
  }

 private:
  void set(std::size_t cell, ResultValue::Kind kind, std::size_t size, double value) noexcept {
    *block_.at<WireCell>(cell) = {static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(size), value};
  }
  Block block_;
};

}  // namespace scorelet::wasm
