// Counts of what was asked and answered, in Prometheus' text format.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "service/catalogue.hpp"
#include "service/mutex.hpp"

namespace scorelet::service {

class Metrics {
 public:
  /// `route` as it is in the table of routes: there are only so many.
  void count(std::string_view route, int status, std::uint64_t milliseconds);
  /// Members of a group are counted as the group.
  void countRows(const std::string& model, std::size_t rows, std::size_t badRows);
  void countShadow(const std::string& model, const ShadowCounts& counts);
  void forget(const std::string& model);
  [[nodiscard]] std::string text(const Catalogue& catalogue) const;

 private:
  static constexpr std::array<std::uint64_t, 9> kBounds = {1, 2, 5, 10, 50, 100, 500, 1000, 10'000};  // milliseconds
  struct Times {
    std::array<std::uint64_t, kBounds.size()> below{};
    std::uint64_t count = 0, sum = 0;
  };
  struct Rows {
    std::uint64_t all = 0, bad = 0;
  };
  mutable Mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t, std::less<>> requests_;
  std::map<std::string, Times, std::less<>> times_;
  std::map<std::string, Rows, std::less<>> rows_;
  std::map<std::string, ShadowCounts, std::less<>> shadows_;
};

}  // namespace scorelet::service
