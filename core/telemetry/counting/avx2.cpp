// Registers of 32 bytes, for processors with AVX2; compiled for them alone (CMakeLists.txt), chosen at run time.
#include "telemetry/counting/bucket_offsets.hpp"
#include "telemetry/counting/counting.hpp"

#ifdef SCORELET_AVX2
#define SCORELET_SET avx2
#define SCORELET_BYTES 32
#include "telemetry/counting/kernel.hpp"
#endif
