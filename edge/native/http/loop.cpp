#include "native/http/loop.hpp"

#include <chrono>
#include <vector>

#include "native/http/crew.hpp"

namespace scorelet::native {
namespace {

thread_local bool hasLoop = false;

}  // namespace

bool Loop::run() {
  hasLoop = true;
  while (hasLoop)
    if (context_.run_one() == 0) return true;
  return false;
}

std::uint64_t Loop::beginAnswer() {
  const std::uint64_t step = ++step_;
  crew_.watch();
  return step;
}

bool Loop::endAnswer(std::uint64_t step) { return hasLoop = handOver(step); }

void Loop::add(const std::shared_ptr<Connection>& connection) {
  connections_.insert(connection);
  ++size_;
  if (!isTicking_) tick();
}

void Loop::remove(const std::shared_ptr<Connection>& connection) { size_ -= connections_.erase(connection); }

void Loop::end() {
  goesOn_.reset();
  for (const auto& connection : std::vector(connections_.begin(), connections_.end())) connection->endIfIdle();
}

void Loop::tick() {
  isTicking_ = !connections_.empty();
  if (!isTicking_) return;  // who has nothing to do sleeps
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([this](const boost::system::error_code&) {
    ++second_;
    for (const auto& connection : std::vector(connections_.begin(), connections_.end())) connection->look();
    tick();
  });
}

}  // namespace scorelet::native
