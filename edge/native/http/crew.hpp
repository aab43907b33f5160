// The threads of the server: each has a loop, or a long answer, or waits for either.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "native/http/loop.hpp"

namespace scorelet::native {

class Crew {
 public:
  /// As many loops as there are processors, and half of the threads at most.
  explicit Crew(std::size_t threads);

  [[nodiscard]] const std::vector<std::unique_ptr<Loop>>& loops() const noexcept { return loops_; }

  /// Until all loops have ended.
  void run();

  /// Has a thread do what takes long, in turn; false: none is there for that. However much is given, each loop can
  /// still be relieved of an answer of its own.
  bool give(std::function<void()> job);

  /// An answer begins: should it take long, it will be noticed.
  void watch() noexcept {
    if (isAsleep_) awake();
  }

 private:
  void work(Loop* first);
  void runLoop(Loop& loop);
  void relieve(Loop& loop, std::uint64_t step);
  void lookAfterLoops();
  bool look(std::vector<std::uint64_t>& steps);
  bool isOver();
  void awake() noexcept;

  const std::size_t threads_;
  std::size_t most_ = 0;  // jobs at a time
  std::vector<std::unique_ptr<Loop>> loops_;
  std::atomic<bool> isAsleep_ = false;  // whoever looks after the loops

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::deque<Loop*> vacant_;  // for each of them a thread is about to come
  std::deque<std::function<void()>> jobs_;
  std::size_t underWay_ = 0;  // jobs
  std::size_t spare_ = 0;     // threads that have neither
  std::size_t running_ = 0;   // loops
};

}  // namespace scorelet::native
