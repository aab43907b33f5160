// What a caller gives, as values of a field.
#pragma once

#include <cstddef>

#include <scorelet/batch.hpp>
#include <scorelet/fields.hpp>

#include "base/strings.hpp"

namespace scorelet {

/// A cell in the lanes of `type`: present, missing or invalid(notCastable). A list is none of a field that takes
/// values.
[[nodiscard]] Value readCell(const Cell& cell, DataType type, Strings& strings);

/// A column of numbers in the lanes of `type`; NaN is missing.
void fromNumbers(const double* numbers, std::size_t n, DataType type, Strings& strings, double* lane);

}  // namespace scorelet
