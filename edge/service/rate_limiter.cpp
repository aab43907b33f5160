#include "service/rate_limiter.hpp"

#include <algorithm>

namespace scorelet::service {

bool RateLimiter::take(const std::string& caller, std::uint64_t now, std::uint64_t& seconds) {
  if (perSecond_ <= 0) return true;
  const Guard guard(mutex_);
  const auto [at, isNew] = buckets_.try_emplace(caller, Bucket{burst_, now});
  Bucket& bucket = at->second;
  if (now > bucket.at) {
    bucket.left = std::min(burst_, bucket.left + perSecond_ * static_cast<double>(now - bucket.at) / 1000);
    bucket.at = now;
  }
  if (bucket.left >= 1) return bucket.left -= 1, true;
  seconds = static_cast<std::uint64_t>((1 - bucket.left) / perSecond_) + 1;
  return false;
}

}  // namespace scorelet::service
