// Two lanes: SSE2, NEON, Wasm SIMD; where there are none, the compiler takes them apart.
#include "models/dense_sums/dense_sums.hpp"

#define SCORELET_SET baseline
#define SCORELET_LANES 2
#include "models/dense_sums/kernel.hpp"
