#include "in_turns.hpp"

#ifndef __wasi__
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>
#endif

namespace scorelet::cli {

#ifdef __wasi__

std::uint32_t defaultThreads() { return 1; }

void runInTurns(std::span<const std::unique_ptr<BlockWorker>> workers) {
  BlockWorker& worker = *workers.front();
  while (worker.read()) {
    worker.work();
    if (!worker.write()) return;
  }
}

#else

namespace {

class Turns {
 public:
  explicit Turns(std::span<const std::unique_ptr<BlockWorker>> workers) : workers_(workers) {
    threads_.reserve(workers.size());
  }

  void run() {
    work();
    // A thread may have started the next one before it ended.
    for (std::size_t i = 0; const auto thread = started(i); ++i) pthread_join(*thread, nullptr);
  }

 private:
  /// The life of a thread.
  void work() {
    BlockWorker& worker = next();
    while (const auto turn = read(worker)) {
      worker.work();
      if (!write(worker, *turn)) return;
    }
  }

  BlockWorker& next() {
    const std::lock_guard lock(reading_);
    return *workers_[begun_++];
  }

  /// The block's place in the order; nothing at the end.
  std::optional<std::uint64_t> read(BlockWorker& worker) {
    const std::lock_guard lock(reading_);
    if (isStopped_ || isAtEnd_) return std::nullopt;
    isAtEnd_ = !worker.read();
    if (isAtEnd_) return std::nullopt;
    startAnother();
    return turn_++;
  }

  bool write(BlockWorker& worker, std::uint64_t turn) {
    std::unique_lock lock(writing_);
    itsTurn_.wait(lock, [&] { return isStopped_ || written_ == turn; });
    if (isStopped_) return false;
    if (!worker.write()) isStopped_ = true;
    ++written_;
    itsTurn_.notify_all();
    return !isStopped_;
  }

  // Not std::thread, which ends the program where there are no more threads to be had.
  void startAnother() {
    if (threads_.size() + 1 >= workers_.size()) return;
    pthread_t thread{};
    const auto life = [](void* self) -> void* {
      static_cast<Turns*>(self)->work();
      return nullptr;
    };
    if (pthread_create(&thread, nullptr, life, this) == 0) {
      threads_.push_back(thread);
    } else {
      workers_ = workers_.first(threads_.size() + 1);
    }
  }

  std::optional<pthread_t> started(std::size_t i) {
    const std::lock_guard lock(reading_);
    return i < threads_.size() ? std::optional(threads_[i]) : std::nullopt;
  }

  std::mutex reading_;  // guards the five below
  std::span<const std::unique_ptr<BlockWorker>> workers_;
  std::vector<pthread_t> threads_;
  std::size_t begun_ = 0;   // workers that have a thread
  std::uint64_t turn_ = 0;  // of the next block
  bool isAtEnd_ = false;

  std::mutex writing_;  // guards the next
  std::uint64_t written_ = 0;
  std::condition_variable itsTurn_;

  std::atomic<bool> isStopped_ = false;  // set while writing
};

}  // namespace

std::uint32_t defaultThreads() { return std::clamp(std::thread::hardware_concurrency(), 1u, kMaxThreads); }

void runInTurns(std::span<const std::unique_ptr<BlockWorker>> workers) { Turns(workers).run(); }

#endif

}  // namespace scorelet::cli
