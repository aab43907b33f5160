// Cholesky factor of a symmetric positive definite matrix, in one fixed order of operations.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace scorelet {

class Cholesky {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// Factors a matrix given by the rows of its lower triangle, one after the other (n(n+1)/2 numbers). The row at
  /// which it proves not to be positive definite in double precision, or kNone.
  [[nodiscard]] std::size_t factor(std::vector<double> lower, std::size_t n);

  [[nodiscard]] std::size_t size() const noexcept { return n_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return lower_.size() * sizeof(double); }

  /// b becomes the solution of L·y = b.
  void forward(double* b) const noexcept;
  /// y becomes the solution of Lᵀ·x = y.
  void backward(double* y) const noexcept;

 private:
  [[nodiscard]] const double* row(std::size_t i) const noexcept { return lower_.data() + i * (i + 1) / 2; }

  std::vector<double> lower_;
  std::size_t n_ = 0;
};

}  // namespace scorelet
