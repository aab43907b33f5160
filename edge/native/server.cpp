#include "native/server.hpp"

#include <malloc.h>
#include <sys/random.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include "native/http/connection.hpp"
#include "native/http/crew.hpp"
#include "native/http/listener.hpp"

namespace scorelet::native {
namespace {

sigset_t awaitedSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

/// Memory of a large request is kept for the next one: to give it back and have it cleared anew takes longer than to
/// score.
void keepMemory() {
  constexpr int kKept = 8 << 20;  // of a thread
  mallopt(M_MMAP_THRESHOLD, kKept);
  mallopt(M_TRIM_THRESHOLD, kKept);
}

}  // namespace

std::uint64_t NativeHost::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

std::uint64_t NativeHost::random() {
  thread_local std::array<std::uint64_t, 32> bits;  // a call of the system for each number would be felt
  thread_local std::size_t left = 0;
  if (left == 0) {
    if (getrandom(bits.data(), sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) std::abort();
    left = bits.size();
  }
  return std::exchange(bits[--left], 0);
}

void NativeHost::log(std::string_view line) {
  if (isQuiet_) return;
  std::string whole(line);
  whole += '\n';
  std::fwrite(whole.data(), 1, whole.size(), stderr);
}

void holdSignals() {
  const sigset_t signals = awaitedSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

bool serve(const Handler& handler, const ServerOptions& options, const std::function<void(int port)>& begun,
           const std::function<void()>& reload) {
  keepMemory();
  Exchange exchange{handler, options};
  Crew crew(options.threads);
  Listener listener(exchange, crew);
  const int port = listener.open(options.address, options.port);
  if (port < 0) return false;
  listener.accept();

  // A signal is waited for, not handled: nothing is done in the middle of something else.
  std::thread ender([&] {
    const sigset_t signals = awaitedSignals();
    for (int signal = 0; sigwait(&signals, &signal) != 0 || signal == SIGHUP;) reload();
    handler.drain();
    exchange.isEnding = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(options.drainMilliseconds));
    listener.end();
  });
  begun(port);
  crew.run();
  ender.join();
  return true;
}

}  // namespace scorelet::native
