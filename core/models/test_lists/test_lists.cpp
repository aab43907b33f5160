#include "models/test_lists/test_lists.hpp"

namespace scorelet::models::test_lists {

namespace baseline {
extern const Kernel kKernel;
}
namespace avx2 {
extern const Kernel kKernel;
}

const Kernel* fastest() noexcept {
#ifdef SCORELET_AVX2
  if (__builtin_cpu_supports("avx2")) return &avx2::kKernel;
#endif
#ifdef SCORELET_VECTORS
  return &baseline::kKernel;
#else
  return nullptr;
#endif
}

}  // namespace scorelet::models::test_lists
