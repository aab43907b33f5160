// Memory of stateful steps between rows, and how a caller carries it from one scorer to another.
//
// Bytes are little-endian and say the same on every target. A text is saved as text: ids belong to one scorer.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <scorelet/fields.hpp>

#include "base/byte_reader.hpp"
#include "base/strings.hpp"
#include "base/value.hpp"

namespace scorelet::program {

class StateWriter {
 public:
  explicit StateWriter(std::vector<std::byte>& out) : out_(out) {}

  void u64(std::uint64_t x) {
    for (int i = 0; i < 8; ++i) out_.push_back(static_cast<std::byte>(x >> (8 * i)));
  }
  void number(double x) { u64(std::bit_cast<std::uint64_t>(x)); }
  void text(std::string_view s) {
    u64(s.size());
    for (const char c : s) out_.push_back(static_cast<std::byte>(c));
  }
  /// A lane; texts are ids in `texts`.
  void value(Value v, DataType type, const Symbols& texts) {
    const bool isText = type == DataType::string && isPresent(v);
    out_.push_back(isText ? std::byte{1} : std::byte{0});
    if (isText)
      text(texts.text(static_cast<std::uint32_t>(v)));
    else
      number(v);
  }

 private:
  std::vector<std::byte>& out_;
};

/// Reads hostile bytes: reads of what does not fit give zeros.
class StateReader : public ByteReader {
 public:
  explicit StateReader(std::string_view in) : ByteReader(in) {}

  [[nodiscard]] std::uint64_t u64() noexcept { return integer<std::uint64_t>(); }
  /// A number of things that take at least `bytesEach` each: bounded by what is left to read.
  [[nodiscard]] std::size_t count(std::size_t bytesEach) noexcept;
  /// Any number, infinities included; no NaN.
  [[nodiscard]] double number() noexcept;
  [[nodiscard]] std::string_view text() noexcept { return take(count(1)); }
  /// A lane of `type`; its text is interned in `texts`.
  [[nodiscard]] Value value(DataType type, Symbols& texts);
};

/// Memory of a stateful step between rows (Lag, baselines). Made by the step, owned by the scorer.
struct State {
  virtual ~State() = default;
  virtual void reset() = 0;
  virtual void save(StateWriter& out) const = 0;
  /// Of a fresh state; `in.ok()` says whether it succeeded.
  virtual void restore(StateReader& in) = 0;
};

}  // namespace scorelet::program
