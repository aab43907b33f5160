// Sums that all run over the same units, as those of a fully connected layer: a matrix times the values of many rows.
//
// Registers hold several rows of one sum or several sums of one row; each sum keeps its own order of terms, so the bits
// are those of models/row_sums.hpp on every processor.
#pragma once

#include <cstddef>
#include <cstdint>

namespace scorelet::models::dense_sums {

inline constexpr int kBlock = 8;  ///< sums whose weights of one term lie side by side

/// starts[s] + weight(s, 0) · unit from[0] + … for each of `sums` sums.
struct Matrix {
  const double* weights = nullptr;  ///< of sum s and term t: [(s / kBlock · terms + t) · kBlock + s % kBlock]
  const double* starts = nullptr;   ///< both are filled up to whole blocks
  const std::uint32_t* from = nullptr;
  std::size_t terms = 0, sums = 0;
};

/// out[s · n + row] from values[unit · n + row].
using Run = void (*)(const Matrix& matrix, const double* values, std::size_t n, double* out);

/// The fastest that the processor runs.
[[nodiscard]] Run fastest() noexcept;

}  // namespace scorelet::models::dense_sums
