// Registers of 16 bytes: SSE2, NEON, Wasm SIMD; where there are none, the compiler takes them apart.
#include "telemetry/counting/bucket_offsets.hpp"
#include "telemetry/counting/counting.hpp"

#define SCORELET_SET baseline
#define SCORELET_BYTES 16
#include "telemetry/counting/kernel.hpp"
