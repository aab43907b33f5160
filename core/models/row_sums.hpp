// Sums of terms, one per row, in a fixed order: neurons, kernels and machines are made of them.
//
// Values lie unit by unit, one row beside the other, so that a term is one weight with a run of rows. Loops are
// vectorised over rows, or run over several sums side by side; each sum keeps its own order of terms.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace scorelet::models {

/// x-mathContext="float" rounds after each operation.
template <bool isFloat>
[[nodiscard]] constexpr double rounded(double x) noexcept {
  return isFloat ? static_cast<double>(static_cast<float>(x)) : x;
}

/// start + term(weights[0], unit from[0]) + … : `count` terms in this order.
struct Terms {
  double start;
  const double* weights;
  const std::uint32_t* from;
  std::size_t count;
};

template <bool isFloat>
struct Product {
  static double of(double weight, double value) { return rounded<isFloat>(weight * value); }
};
template <bool isFloat>
struct SquaredDifference {
  static double of(double weight, double value) {
    const double d = rounded<isFloat>(weight - value);
    return rounded<isFloat>(d * d);
  }
};

namespace row_sums {

inline constexpr std::size_t kRows = 16;  ///< rows whose sums are held in registers
inline constexpr std::size_t kSums = 4;   ///< sums side by side where fewer rows are left

/// One sum, `kRows` rows.
template <template <bool> class Term, bool isFloat>
void manyRows(const Terms& terms, const double* values, std::size_t n, double* out) {
  double sum[kRows];
  for (double& s : sum) s = terms.start;
  for (std::size_t t = 0; t < terms.count; ++t) {
    const double weight = terms.weights[t];
    const double* v = values + terms.from[t] * n;
    for (std::size_t i = 0; i < kRows; ++i) sum[i] = rounded<isFloat>(sum[i] + Term<isFloat>::of(weight, v[i]));
  }
  std::copy_n(sum, kRows, out);
}

/// Several sums of equally many terms, one row: they hide each other's latency.
template <template <bool> class Term, bool isFloat, std::size_t count>
void oneRow(const std::array<Terms, count>& terms, const double* values, std::size_t n, double* out) {
  double sum[count];
  for (std::size_t k = 0; k < count; ++k) sum[k] = terms[k].start;
  for (std::size_t t = 0; t < terms[0].count; ++t)
    for (std::size_t k = 0; k < count; ++k) {
      const double value = values[terms[k].from[t] * n];
      sum[k] = rounded<isFloat>(sum[k] + Term<isFloat>::of(terms[k].weights[t], value));
    }
  for (std::size_t k = 0; k < count; ++k) out[k * n] = sum[k];
}

}  // namespace row_sums

/// `sums` sums over n rows: out[s · n + row] from values[unit · n + row]; `termsOf(s)` are the Terms of one.
template <template <bool> class Term, bool isFloat, class TermsOf>
void sumRows(std::size_t sums, const TermsOf& termsOf, const double* values, std::size_t n, double* out) {
  using namespace row_sums;
  const std::size_t whole = n - n % kRows;
  for (std::size_t s = 0; s < sums && whole > 0; ++s) {
    const Terms terms = termsOf(s);
    for (std::size_t i = 0; i < whole; i += kRows) manyRows<Term, isFloat>(terms, values + i, n, out + s * n + i);
  }
  for (std::size_t s = 0; s < sums && whole < n;) {
    std::array<Terms, kSums> some{termsOf(s)};
    std::size_t alike = 1;
    while (alike < kSums && s + alike < sums && (some[alike] = termsOf(s + alike)).count == some[0].count) ++alike;
    for (std::size_t i = whole; i < n; ++i)
      if (alike == kSums)
        oneRow<Term, isFloat>(some, values + i, n, out + s * n + i);
      else
        oneRow<Term, isFloat>(std::array{some[0]}, values + i, n, out + s * n + i);
    s += alike == kSums ? kSums : 1;
  }
}

}  // namespace scorelet::models
