// One stream of blocks, several threads: read and written one at a time and in order, worked on side by side.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace scorelet::cli {

/// What a thread does with block after block. It holds one at a time, which bounds the memory of all.
class BlockWorker {
 public:
  virtual ~BlockWorker() = default;
  /// Takes the next block; false if there is none. One worker at a time.
  virtual bool read() = 0;
  /// What needs no other worker.
  virtual void work() = 0;
  /// Puts the block out; false to end everything here. One worker at a time, in the order of the reads.
  virtual bool write() = 0;
};

/// The most threads that can be asked for: 1 where there are none (WASI).
#ifdef __wasi__
inline constexpr std::uint32_t kMaxThreads = 1;
#else
inline constexpr std::uint32_t kMaxThreads = 256;
#endif

/// As many as the machine runs at once, within `kMaxThreads`.
std::uint32_t defaultThreads();

/// Runs each worker, at least one, in a thread of its own, the first in the caller's. Threads are started as blocks
/// come; where the system gives no more, the others do all the work.
void runInTurns(std::span<const std::unique_ptr<BlockWorker>> workers);

}  // namespace scorelet::cli
