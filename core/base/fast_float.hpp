// fast_float. Its table of powers of five is 10 kB that no compression makes smaller: the modules that browsers
// download compute it when they start. Emscripten's loader sees to that; a host of the WASI reactor might forget.
#pragma once

#include <array>
#include <cstdint>

namespace scorelet {

/// 5^-342 to 5^308: of each the 128 bits from the highest that is set on, as fast_float rounds them.
using PowersOfFive = std::array<std::uint64_t, std::size_t{2} * (342 + 1 + 308)>;
[[nodiscard]] PowersOfFive powersOfFive() noexcept;

}  // namespace scorelet

#ifdef __EMSCRIPTEN__
#define FASTFLOAT_FAST_TABLE_H  // its own is not included
namespace fast_float {
struct powers {
  static constexpr int smallest_power_of_five = -342, largest_power_of_five = 308;
  static const scorelet::PowersOfFive power_of_five_128;
};
}  // namespace fast_float
#endif

#include <fast_float/fast_float.h>

/// What only numbers need that lie within a hair of the middle of two doubles: in fast_float.cpp, compiled for size.
extern template fast_float::adjusted_mantissa fast_float::digit_comp<double, char>(
    fast_float::parsed_number_string_t<char>&, fast_float::adjusted_mantissa) noexcept;
