#include "measure.hpp"

#include <time.h>

#include <algorithm>
#include <cstdio>
#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

namespace bench {
namespace {

double now(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

double percentile(std::vector<double>& values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

#ifdef __EMSCRIPTEN__
// clang-format off
EM_JS(double, cpuMicroseconds, (), { const { user, system } = process.cpuUsage(); return user + system; })
// clang-format on
double cpuNow() { return cpuMicroseconds() * 1e3; }
#else
double cpuNow() { return now(CLOCK_THREAD_CPUTIME_ID); }
#endif
double wallNow() { return now(CLOCK_MONOTONIC); }

Latency latencies(std::size_t rows, const std::function<void(std::size_t)>& one) {
  std::vector<double> times(rows), clock(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const double start = wallNow();
    const double between = wallNow();
    one(i);
    times[i] = wallNow() - between;
    clock[i] = between - start;
  }
  const double empty = percentile(clock, 0.5);
  return {std::max(0.0, percentile(times, 0.5) - empty), std::max(0.0, percentile(times, 0.99) - empty)};
}

std::size_t residentBytes() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
  std::size_t total = 0, resident = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%zu %zu", &total, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace bench
