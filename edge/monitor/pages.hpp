// The answers of the API, from what is known and stored (docs/monitoring.md).
#pragma once

#include <string>

#include "monitor/monitor.hpp"

namespace scorelet::monitor {

/// The caller holds the locks around what is known and the reader.
class Pages {
 public:
  explicit Pages(Monitor& monitor);
  using Answer = service::Answer<service::Response>;

  Answer today();
  Answer groups();
  Answer models();
  Answer model(const std::string& name, const service::Target& target);
  Answer field(const std::string& model, const std::string& name, const service::Target& target);
  Answer alerts(const service::Target& target);
  Answer changes(const service::Target& target);
  Answer report(const service::Target& target);
  Answer rules();

 private:
  /// The sentence that says what must be decided.
  std::string headline();
  const Rules& rules_;
  Store& store_;
  AlertBook book_;
  const std::map<std::string, ModelState>& models_;
  std::map<std::string, GroupState> groups_;
  Time now_;
};

}  // namespace scorelet::monitor
