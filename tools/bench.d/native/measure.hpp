// Clocks and the figures made of them. Throughput is CPU time of this thread and the least of some passes, so that
// other work on the machine does not count; latency is wall time per row, the least of the passes' percentiles.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace bench {

// Nanoseconds.
double cpuNow();
double wallNow();

// Of one pass over rows, each timed alone, less what reading the clock takes.
struct Latency {
  double p50 = 0, p99 = 0;
};
Latency latencies(std::size_t rows, const std::function<void(std::size_t)>& one);

// Bytes of this process in memory, after what is free has gone back.
std::size_t residentBytes();

}  // namespace bench
