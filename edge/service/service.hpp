// The scoring service: a request in, a response out. No I/O; what it needs of the world is a Host. Hosts are thin:
// docs/service.md lists them.
#pragma once

#include <atomic>
#include <string>

#include "service/catalogue.hpp"
#include "service/host.hpp"
#include "service/http.hpp"
#include "service/metrics.hpp"
#include "service/rate_limiter.hpp"
#include "service/settings.hpp"

namespace scorelet::service {

class Service {
 public:
  /// Both must live longer. `settings` does not change any more.
  Service(const Settings& settings, Host& host)
      : settings_(settings), host_(host), limiter_(settings.requestsPerSecond, settings.burst) {}

  /// Answers a request; from any number of threads.
  [[nodiscard]] Response handle(const Request& request);

  /// Serves a model from the beginning on, without a request.
  [[nodiscard]] Answer<void> deploy(std::string name, std::string document);

  /// From now on not ready: a sign for balancers to go elsewhere. Requests are still answered.
  void drain() noexcept { isDraining_ = true; }

 private:
  const Settings& settings_;
  Host& host_;
  Catalogue catalogue_;
  Metrics metrics_;
  RateLimiter limiter_;
  std::atomic<bool> isDraining_ = false;
};

}  // namespace scorelet::service
