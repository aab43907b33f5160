// What the writer and the reader of packed documents agree on.
#pragma once

#include <cstdint>

namespace scorelet::xml {

inline constexpr std::uint32_t kPackedVersion = 1;

// Of a column.
inline constexpr std::uint8_t kRepeats = 1;   ///< distinct values, and the number of one of them per element
inline constexpr std::uint8_t kDecimals = 2;  ///< `Decimal`s instead of texts
inline constexpr std::uint8_t kSteps = 4;     ///< whole numbers, each as the step from the one before

}  // namespace scorelet::xml
