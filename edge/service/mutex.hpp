// Mutual exclusion where there are threads; elsewhere nothing.
#pragma once

#ifndef __wasm__
#include <mutex>
#endif

namespace scorelet::service {

#ifdef __wasm__
struct Mutex {};
struct Guard {
  explicit Guard(Mutex&) noexcept {}
  ~Guard() {}  // NOLINT(modernize-use-equals-default): so that a guard is used
};
#else
using Mutex = std::mutex;
using Guard = std::lock_guard<std::mutex>;
#endif

}  // namespace scorelet::service
