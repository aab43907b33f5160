#include "base/cholesky.hpp"

#include <cmath>

namespace scorelet {

std::size_t Cholesky::factor(std::vector<double> lower, std::size_t n) {
  lower_ = std::move(lower);
  n_ = n;
  for (std::size_t i = 0; i < n; ++i) {
    double* a = lower_.data() + i * (i + 1) / 2;
    const double diagonal = a[i];
    for (std::size_t j = 0; j <= i; ++j) {
      const double* b = row(j);
      double sum = a[j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[k] * b[k];
      if (j < i) {
        a[j] = sum / b[j];
        continue;
      }
      // A pivot that is only rounding is none: the row depends on those before it.
      if (!(sum > diagonal * static_cast<double>(n) * 0x1p-53) || std::isinf(sum)) return i;
      a[i] = std::sqrt(sum);
    }
  }
  return kNone;
}

void Cholesky::forward(double* b) const noexcept {
  for (std::size_t i = 0; i < n_; ++i) {
    const double* l = row(i);
    double sum = b[i];
    for (std::size_t k = 0; k < i; ++k) sum -= l[k] * b[k];
    b[i] = sum / l[i];
  }
}

void Cholesky::backward(double* y) const noexcept {
  for (std::size_t i = n_; i-- > 0;) {
    const double* l = row(i);
    y[i] /= l[i];
    for (std::size_t k = 0; k < i; ++k) y[k] -= l[k] * y[i];
  }
}

}  // namespace scorelet
