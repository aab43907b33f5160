// Connections that one thread serves: all that are ready, each time it looks.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_set>

#include "native/http/connection.hpp"

namespace scorelet::native {

class Crew;

/// `run` is for one thread at a time. A request that takes long is answered to its end by the thread that began it,
/// but another one goes on with the loop.
class Loop {
 public:
  explicit Loop(Crew& crew) : crew_(crew) {}

  boost::asio::io_context& context() noexcept { return context_; }
  Crew& crew() noexcept { return crew_; }

  /// True: it has ended. False: another thread goes on with it.
  bool run();

  /// Whoever calls `handOver` while the step is odd, and is told so, has to find a thread for `run`.
  std::uint64_t step() const noexcept { return step_; }
  bool handOver(std::uint64_t step) noexcept { return step_.compare_exchange_strong(step, step + 1); }

  /// Around each answer that is given on its thread.
  std::uint64_t beginAnswer();
  /// False: another thread has the loop.
  bool endAnswer(std::uint64_t step);

  std::size_t size() const noexcept { return size_; }  ///< number of connections, from any thread

  // What follows happens on its thread.
  std::uint32_t second() const noexcept { return second_; }  ///< while there are connections
  void add(const std::shared_ptr<Connection>& connection);
  void remove(const std::shared_ptr<Connection>& connection);
  /// It ends with its last connection.
  void end();

 private:
  void tick();

  Crew& crew_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> goesOn_{context_.get_executor()};
  boost::asio::steady_timer timer_{context_};
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::atomic<std::size_t> size_ = 0;
  std::uint32_t second_ = 1;
  bool isTicking_ = false;
  // Odd while a request is answered; whoever makes it even has the loop.
  std::atomic<std::uint64_t> step_ = 0;
};

}  // namespace scorelet::native
