#include "models/dense_sums/dense_sums.hpp"

namespace scorelet::models::dense_sums {

namespace baseline {
void run(const Matrix& matrix, const double* values, std::size_t n, double* out);
}
namespace avx2 {
void run(const Matrix& matrix, const double* values, std::size_t n, double* out);
}

Run fastest() noexcept {
#ifdef SCORELET_AVX2
  if (__builtin_cpu_supports("avx2")) return avx2::run;
#endif
  return baseline::run;
}

}  // namespace scorelet::models::dense_sums
