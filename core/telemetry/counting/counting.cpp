#include "telemetry/counting/counting.hpp"

namespace scorelet::telemetry::counting {

namespace baseline {
extern const Kernel kKernel;
}
namespace avx2 {
extern const Kernel kKernel;
}

const Kernel& fastest() noexcept {
#ifdef SCORELET_AVX2
  if (__builtin_cpu_supports("avx2")) return avx2::kKernel;
#endif
  return baseline::kKernel;
}

}  // namespace scorelet::telemetry::counting
