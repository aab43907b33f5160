// Numbers as a document writes them: digits, where the point stands, and an exponent. From these both the text and the
// double come back exactly, without parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scorelet::xml {

struct Decimal {
  static constexpr std::int8_t kNoExponent = -128;
  std::int64_t digits = 0;
  std::uint8_t places = 0;             ///< digits behind the point
  std::int8_t exponent = kNoExponent;  ///< of ten, as written behind an `E`
  bool operator==(const Decimal&) const = default;
};

/// Nothing for texts that `print` would not give back letter by letter, and for numbers that `value` would not give
/// exactly.
[[nodiscard]] std::optional<Decimal> decimalOf(std::string_view text);
[[nodiscard]] bool isExact(const Decimal& d) noexcept;
[[nodiscard]] double value(const Decimal& d) noexcept;
[[nodiscard]] std::string print(const Decimal& d);

}  // namespace scorelet::xml
