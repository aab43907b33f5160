// What predictions are called.
#pragma once

#include <string>

#include <scorelet/telemetry/event.hpp>

#include "service/host.hpp"
#include "service/mutex.hpp"

namespace scorelet::service {

/// Ids of predictions: UUIDs of version 7, in order.
class PredictionNames {
 public:
  [[nodiscard]] std::string next(Host& host) {
    const Guard guard(mutex_);
    return ids_.next(host.now(), host.random()).text();
  }

 private:
  Mutex mutex_;
  telemetry::PredictionIds ids_;
};

}  // namespace scorelet::service
