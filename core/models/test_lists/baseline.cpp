// 16 rows in a register: SSE2, NEON, Wasm SIMD.
#include "models/test_lists/test_lists.hpp"

#ifdef SCORELET_VECTORS
#define SCORELET_SET baseline
#define SCORELET_LANES 16
#include "models/test_lists/kernel.hpp"
#endif
