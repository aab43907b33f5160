// The scoring service: a request in, a response out. No I/O; what it needs of the world is a Host. Hosts are thin:
// docs/service.md lists them.
#pragma once

#include <atomic>
#include <string>

#include "service/audit_log.hpp"
#include "service/call.hpp"
#include "service/catalogue.hpp"
#include "service/host.hpp"
#include "service/http.hpp"
#include "service/metrics.hpp"
#include "service/model_store.hpp"
#include "service/prediction_names.hpp"
#include "service/rate_limiter.hpp"
#include "service/settings.hpp"

namespace scorelet::service {

class Service {
 public:
  /// All must live longer. `settings` does not change any more. With a store, what requests deploy outlives the
  /// service; with an audit log every prediction is recorded before it is given.
  Service(const Settings& settings, Host& host, ModelStore* store = nullptr, AuditLog* audit = nullptr)
      : settings_(settings),
        host_(host),
        store_(store),
        audit_(audit),
        catalogue_(settings.memberBytes),
        limiter_(settings.requestsPerSecond, settings.burst) {}

  /// Answers a request; from any number of threads.
  [[nodiscard]] Response handle(Request request);

  /// Whether the answer may well take milliseconds or waits for a disk: better not while others wait for theirs.
  [[nodiscard]] bool mayTakeLong(const Request& request) const noexcept;

  /// Serves a model from the beginning on, without a request.
  [[nodiscard]] Answer<void> deploy(std::string name, std::string document);

  /// Serves the champions of the store as they are by now. What fails stays as it is; the first failure is told.
  [[nodiscard]] Answer<void> followStore();

  /// From now on not ready: a sign for balancers to go elsewhere. Requests are still answered.
  void drain() noexcept { isDraining_ = true; }

 private:
  [[nodiscard]] Shared shared() {
    return {settings_, host_, catalogue_, metrics_, store_, changing_, audit_, names_, isDraining_};
  }

  const Settings& settings_;
  Host& host_;
  ModelStore* store_;
  AuditLog* audit_;
  PredictionNames names_;
  Mutex changing_;
  Catalogue catalogue_;
  Metrics metrics_;
  RateLimiter limiter_;
  std::atomic<bool> isDraining_ = false;
};

}  // namespace scorelet::service
