// Four lanes, for processors with AVX2; compiled for them alone (CMakeLists.txt), chosen at run time.
#include "models/dense_sums/dense_sums.hpp"

#ifdef SCORELET_AVX2
#define SCORELET_SET avx2
#define SCORELET_LANES 4
#include "models/dense_sums/kernel.hpp"
#endif
