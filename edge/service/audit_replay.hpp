// Recorded predictions made once more, to the bit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/deployment.hpp"
#include "service/settings.hpp"

namespace scorelet::service {

class Replay {
 public:
  /// `find` gives what was served under a SHA-256; `tell` hears of each prediction that is not reproduced.
  using Find = std::function<Answer<std::string>(const std::string& sha256)>;
  using Tell = std::function<void(std::string_view id, const std::string& what)>;
  Replay(Find find, Tell tell) : find_(std::move(find)), tell_(std::move(tell)) {}

  /// The next line of the log.
  void take(std::string_view line);
  /// After the last line.
  void finish();

  struct Counts {
    std::uint64_t reproduced = 0, different = 0;
    std::uint64_t incomplete = 0;  ///< not to be replayed: deleted, or inputs or the model are not kept
  };
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  /// Rows of one request, which models with a memory see one after the other.
  struct Row {
    std::string id, body, fault;
  };
  void replay();
  [[nodiscard]] Answer<std::shared_ptr<Deployment>> deployment();
  void compare(const Row& row, std::string_view now);

  Find find_;
  Tell tell_;
  Settings settings_;
  std::string request_, model_, version_;
  std::vector<Row> rows_;
  std::map<std::string, std::shared_ptr<Deployment>, std::less<>> deployments_;
  Counts counts_;
};

}  // namespace scorelet::service
