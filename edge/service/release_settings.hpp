// How versions of a model share the requests for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"

namespace scorelet::service {

/// Who gets a share of the keys.
struct ReleaseShare {
  std::string alias;
  double share = 0;
};

/// An arm that does worse than this gets no more requests.
struct StepBackRule {
  std::uint64_t rows = 100;       ///< so many are looked at first
  std::optional<double> badRows;  ///< the highest share, unless the champion's own is higher
  std::optional<double> drift;    ///< the highest PSI of a result against the baseline of the arm's bundle
};

struct ReleaseSettings {
  std::vector<ReleaseShare> split;  ///< the rest is the champion's
  std::string shadow;               ///< an alias that scores what others answer; empty: none
  std::optional<StepBackRule> stepBack;
  std::string fallback;  ///< of a group: the key whose model stands in for keys without one; empty: none

  /// {"split": [{"alias", "share"}], "shadow", "stepBack": {"rows", "badRows", "drift"}, "fallback"}.
  [[nodiscard]] static Answer<ReleaseSettings> read(std::string_view json);
  [[nodiscard]] std::string json() const;

  /// The arm that a key falls into, null the champion: by the first 64 bits of SHA-256 of the model's name, a zero byte
  /// and the key, as a fraction of 2^64; arms take their shares from 0 on. Others can work it out, too, and a share
  /// that grows keeps the keys that it has.
  [[nodiscard]] const ReleaseShare* armOf(std::string_view model, std::string_view key) const;
};

/// "dairy" of "dairy:milk", the group of a model that is one of many; empty of others.
[[nodiscard]] std::string_view groupOf(std::string_view model) noexcept;

}  // namespace scorelet::service
