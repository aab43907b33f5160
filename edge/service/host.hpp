// What the service asks of whoever carries its requests.
#pragma once

#include <cstdint>
#include <string_view>

namespace scorelet::service {

class Host {
 public:
  Host() = default;
  virtual ~Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Milliseconds since 1970. Called from any thread that handles a request, as are the others.
  virtual std::uint64_t now() = 0;
  /// Bits that nobody can foresee.
  virtual std::uint64_t random() = 0;
  /// One line of the log, JSON without a line end.
  virtual void log(std::string_view line) = 0;
  /// Whether storage lacks something that the host reads before it hands the request over once more: nothing of this
  /// time counts.
  virtual bool isWaiting() { return false; }
};

}  // namespace scorelet::service
