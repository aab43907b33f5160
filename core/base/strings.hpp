// Interned text: equal strings have equal ids, so scoring compares numbers.
//
// `Symbols` is built at load and frozen into the program. `Strings` is the per-scorer view: the program's
// symbols plus the texts met while scoring (unseen categories, results of `concat` …), which are dropped
// after each batch; its memory is kept, so scoring does not allocate once warm.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"

namespace scorelet {

/// 64-bit hash of a text, the same on every target.
[[nodiscard]] std::uint64_t hashText(std::string_view text) noexcept;

/// As `==`, which g++ 12 does not inline.
[[nodiscard]] inline bool isSame(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

/// Append-only set of texts in one buffer; ids are dense from 0.
class Symbols {
 public:
  static constexpr std::uint32_t npos = 0xFFFF'FFFFu;

  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::uint32_t find(std::string_view text) const noexcept;
  [[nodiscard]] std::string_view text(std::uint32_t id) const noexcept {
    return {bytes_.data() + ends_[id], ends_[id + 1] - ends_[id]};
  }
  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(ends_.size() - 1); }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_.size(); }
  /// Makes room for `count` short texts in all.
  void reserve(std::size_t count);
  /// Forgets all texts, keeps the memory.
  void clear() noexcept;

 private:
  void rehash(std::size_t entries);
  [[nodiscard]] std::size_t probe(std::string_view text) const noexcept;

  std::vector<char> bytes_;
  std::vector<std::size_t> ends_{0};  // text i = bytes_[ends_[i], ends_[i+1])
  std::vector<std::uint32_t> table_;  // open addressing, id + 1, 0 = free
};

/// Texts as values while scoring.
class Strings {
 public:
  explicit Strings(const Symbols& program) noexcept : program_(&program) {}

  /// The value of a text; the program's id if the model mentions it.
  [[nodiscard]] Value intern(std::string_view text) {
    const std::uint32_t id = program_->find(text);
    return id != Symbols::npos ? Value(id) : Value(program_->size()) + Value(pool_.intern(text));
  }
  /// The text of a present string value; valid until the next `intern` or `clear`.
  [[nodiscard]] std::string_view text(Value v) const noexcept {
    const auto id = static_cast<std::uint32_t>(v);
    return id < program_->size() ? program_->text(id) : pool_.text(id - program_->size());
  }
  /// An emptied buffer to build a text in before it is interned; its memory is kept.
  [[nodiscard]] std::string& buffer() noexcept {
    buffer_.clear();
    return buffer_;
  }
  /// Bytes of text met since the last `clear`.
  [[nodiscard]] std::size_t pooledBytes() const noexcept { return pool_.bytes(); }
  void clear() noexcept {
    if (pool_.size() != 0) pool_.clear();  // a record of numbers meets no text: no call for it
  }

 private:
  const Symbols* program_;
  Symbols pool_;
  std::string buffer_;
};

}  // namespace scorelet
