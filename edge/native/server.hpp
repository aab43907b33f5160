// The service over HTTP/1.1, until a signal ends it (docs/service.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "service/service.hpp"

namespace scorelet::native {

/// The machine's clock and randomness; the log goes to standard error.
class NativeHost final : public service::Host {
 public:
  explicit NativeHost(bool isQuiet) : isQuiet_(isQuiet) {}
  std::uint64_t now() override;
  std::uint64_t random() override;
  void log(std::string_view line) override;

 private:
  bool isQuiet_;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  int port = 8080;                      ///< 0: any that is free
  std::size_t threads = 32;             ///< answers at a time
  std::uint32_t drainMilliseconds = 0;  ///< not ready, but answering, before the end
  std::size_t bodyBytes = 0;            ///< of any request; what is longer is not even read
};

/// Keeps the signals that `serve` waits for from threads that are about to start. Call it before the first one does.
void holdSignals();

/// What answers requests, from any number of threads.
struct Handler {
  std::function<service::Response(service::Request)> handle;
  std::function<bool(const service::Request&)> mayTakeLong;  ///< milliseconds, or until something else has happened
  std::function<void()> drain;                               ///< soon there will be no more requests
};

/// Serves until SIGTERM or SIGINT, and calls `reload` at each SIGHUP; then answers what is under way and returns true.
/// False, at once, if the address cannot be had. `begun` is told the port.
bool serve(const Handler& handler, const ServerOptions& options, const std::function<void(int port)>& begun,
           const std::function<void()>& reload);

}  // namespace scorelet::native
