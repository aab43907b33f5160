#include "native/http/crew.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace scorelet::native {
namespace {

// An answer that takes longer than one to two of these is long.
constexpr std::chrono::milliseconds kLook{5};
constexpr int kQuietLooks = 200;  // without any answer, until nobody looks any more

}  // namespace

Crew::Crew(std::size_t threads) : threads_(std::max<std::size_t>(threads, 1)) {
  const std::size_t processors = std::max(std::thread::hardware_concurrency(), 1u);
  running_ = std::clamp<std::size_t>(processors, 1, std::max<std::size_t>(threads_ / 2, 1));
  for (std::size_t i = 0; i < running_; ++i) loops_.push_back(std::make_unique<Loop>(*this));
  const std::size_t others = threads_ - std::min(threads_, running_);
  most_ = others - std::min(running_, (others + 1) / 2);
}

void Crew::run() {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < threads_; ++i)
    threads.emplace_back([this, loop = i < loops_.size() ? loops_[i].get() : nullptr] { work(loop); });
  lookAfterLoops();
  for (std::thread& thread : threads) thread.join();
}

bool Crew::give(std::function<void()> job) {
  if (most_ == 0) return false;
  const std::scoped_lock lock(mutex_);
  jobs_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

/// Has another thread go on with a loop whose answer takes long, if there is one to spare.
void Crew::relieve(Loop& loop, std::uint64_t step) {
  const std::scoped_lock lock(mutex_);
  if (spare_ == 0 || !loop.handOver(step)) return;
  --spare_;
  vacant_.push_back(&loop);
  changed_.notify_one();
}

void Crew::runLoop(Loop& loop) {
  if (!loop.run()) return;
  const std::scoped_lock lock(mutex_);
  if (--running_ > 0) return;
  changed_.notify_all();
  awake();
}

void Crew::work(Loop* first) {
  if (first != nullptr) runLoop(*first);
  std::unique_lock lock(mutex_);
  const auto hasJob = [this] { return !jobs_.empty() && underWay_ < most_; };
  for (;;) {
    ++spare_;
    changed_.wait(lock, [&] { return !vacant_.empty() || hasJob() || running_ == 0; });
    if (!vacant_.empty()) {  // of `relieve`, which knew of this thread
      Loop& loop = *vacant_.front();
      vacant_.pop_front();
      lock.unlock();
      runLoop(loop);
      lock.lock();
    } else if (hasJob()) {
      const auto job = std::move(jobs_.front());
      jobs_.pop_front();
      --spare_, ++underWay_;
      lock.unlock();
      job();
      lock.lock();
      --underWay_;
    } else {
      return;
    }
  }
}

void Crew::awake() noexcept {
  isAsleep_ = false;
  isAsleep_.notify_one();
}

bool Crew::isOver() {
  const std::scoped_lock lock(mutex_);
  return running_ == 0;
}

/// Whether nothing has happened since `steps` were seen.
bool Crew::look(std::vector<std::uint64_t>& steps) {
  bool isQuiet = true;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    const std::uint64_t step = loops_[i]->step();
    const bool isUnderWay = step % 2 == 1;
    if (isUnderWay && step == steps[i]) relieve(*loops_[i], step);
    isQuiet = isQuiet && step == steps[i] && !isUnderWay;
    steps[i] = step;
  }
  return isQuiet;
}

void Crew::lookAfterLoops() {
  std::vector<std::uint64_t> steps(loops_.size());
  for (int quiet = 0; !isOver();) {
    quiet = look(steps) ? quiet + 1 : 0;
    if (quiet == kQuietLooks)
      isAsleep_ = true;  // so that an answer awakes it; the next look sees what begins before that
    else if (quiet > kQuietLooks)
      isAsleep_.wait(true);
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace scorelet::native
