// So many requests a second and caller, saved up to a burst (a token bucket).
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "service/mutex.hpp"

namespace scorelet::service {

class RateLimiter {
 public:
  /// `perSecond` 0: no limit. `burst` 0: what one second allows, at least one.
  RateLimiter(double perSecond, double burst) noexcept
      : perSecond_(perSecond),
        burst_(burst >= 1      ? burst
               : perSecond > 1 ? perSecond
                               : 1) {}

  /// Takes one request of a caller. False: not before that many seconds, at least one.
  bool take(const std::string& caller, std::uint64_t now, std::uint64_t& seconds);

 private:
  struct Bucket {
    double left = 0;
    std::uint64_t at = 0;
  };
  double perSecond_, burst_;
  Mutex mutex_;
  std::map<std::string, Bucket> buckets_;  // by caller: as many as there are tokens, and two more
};

}  // namespace scorelet::service
