// Reading and rounding numbers, the same on every target and in no locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scorelet {

/// XML Schema's double lexical form: blanks around are ignored, INF, -INF, NaN; nothing after the number.
[[nodiscard]] std::optional<double> parseDouble(std::string_view text) noexcept;
/// An integer below 2^53 in magnitude (beyond, neighbours would share a double); also "3.0", since producers write it
/// so.
[[nodiscard]] std::optional<double> parseInteger(std::string_view text) noexcept;
/// true/false (any case of the first letter is not accepted), 1/0.
[[nodiscard]] std::optional<bool> parseBoolean(std::string_view text) noexcept;
/// The nearest integer, halves upward; exact for every double, which floor(x + 0.5) is not.
[[nodiscard]] double roundHalfUp(double x) noexcept;
/// The text without XML white space at either end.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace scorelet
