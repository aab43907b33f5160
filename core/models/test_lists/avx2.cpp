// 32 rows in a register, for processors with AVX2; compiled for them alone (CMakeLists.txt), chosen at run time.
#include "models/test_lists/test_lists.hpp"

#ifdef SCORELET_AVX2
#define SCORELET_SET avx2
#define SCORELET_LANES 32
#include "models/test_lists/kernel.hpp"
#endif
