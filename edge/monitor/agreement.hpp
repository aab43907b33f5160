// What the bundle of a model says of how it is watched: the thresholds that it was accepted by, and "monitoring".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/rules.hpp"
#include "monitor/times.hpp"
#include "service/bundle.hpp"
#include "service/http.hpp"
#include "service/minisign.hpp"

namespace scorelet::monitor {

struct Agreement {
  std::string sha256;  ///< of the bundle
  bool isSigned = false;
  std::string by;
  Time created = 0;
  std::vector<std::string> owners;
  std::string trainedFrom, trainedTo;  ///< dates
  ModelRule rule;
  std::optional<GroupRule> group;  ///< of the group that the model belongs to

  /// Fails, with what is wrong, if "monitoring" says what no rule says. Thresholds of figures that nobody watches are
  /// passed over.
  [[nodiscard]] static service::Answer<Agreement> read(std::string_view manifest);
};

/// A bundle that counts, with what it says.
struct AgreedBundle {
  service::Bundle content;  ///< views the bytes
  std::string model;        ///< its name
  Agreement agreement;

  /// If there are keys, one of them must have signed it. An empty name: the one that the bundle was made for.
  [[nodiscard]] static service::Answer<AgreedBundle> open(std::string_view bytes, std::string model,
                                                          const std::vector<service::PublicKey>& keys);
};

}  // namespace scorelet::monitor
