// Lines of which each holds the digest of the one before.
#pragma once

#include <string>
#include <string_view>

#include "cli/digest.hpp"

namespace scorelet::service {

class HashChain {
 public:
  HashChain() = default;
  /// Goes on behind a line of that digest.
  explicit HashChain(std::string last) : last_(std::move(last)) {}

  /// What the next line is to hold; zeros: it is the first.
  [[nodiscard]] const std::string& last() const noexcept { return last_; }
  void add(std::string_view line) { last_ = cli::hexadecimal(cli::digestOf(line)); }

 private:
  std::string last_ = std::string(64, '0');
};

}  // namespace scorelet::service
