// Constants of a formula, of which Excel keeps 15 significant digits.
#pragma once

#include <string>

namespace scorelet::formulas {

inline constexpr int kDigits = 15;

/// The shortest text of a finite number; of at most 15 digits if `rounded`.
[[nodiscard]] std::string numberText(double x);
/// The nearest number that 15 digits can say.
[[nodiscard]] double rounded(double x);
/// The least such number that is not below x, and the greatest that is not above it. A value of 15 digits lies on the
/// same side of it as of x, so that comparisons lose nothing.
[[nodiscard]] double roundedUp(double x);
[[nodiscard]] double roundedDown(double x);
/// Whether `a` is shorter in writing than `b`.
[[nodiscard]] bool isShorter(double a, double b);
/// A short number between the floats on both sides of `x`: floats lie on the same side of it as of x.
[[nodiscard]] double betweenFloats(double x);

}  // namespace scorelet::formulas
