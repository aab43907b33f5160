// The versions of one model that are served together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/telemetry/window.hpp>

#include "service/deployment.hpp"
#include "service/mutex.hpp"
#include "service/release_settings.hpp"

namespace scorelet::service {

/// A version under its alias, and how it does.
class Arm {
 public:
  Arm(std::string alias, std::shared_ptr<Deployment> deployment, bool isWatchedForDrift);

  [[nodiscard]] const std::string& alias() const noexcept { return alias_; }
  [[nodiscard]] const std::shared_ptr<Deployment>& deployment() const noexcept { return deployment_; }

  /// Rows that were answered.
  void add(const Batch& block, const Scorer& scorer);
  struct Counts {
    std::uint64_t rows = 0, badRows = 0;
    [[nodiscard]] double share() const noexcept {
      return rows == 0 ? 0 : static_cast<double>(badRows) / static_cast<double>(rows);
    }
  };
  [[nodiscard]] Counts counts() const;
  /// The result that drifted most, beyond `most`; empty: none.
  [[nodiscard]] std::string drift(double most) const;

 private:
  std::string alias_;
  std::shared_ptr<Deployment> deployment_;
  mutable Mutex mutex_;
  Counts counts_;
  std::optional<telemetry::Window> window_;
};

/// How often a shadow said something else.
struct ShadowCounts {
  std::uint64_t rows = 0, differentRows = 0, badRows = 0;
  double largest = 0;  ///< difference of numbers
  ShadowCounts& operator+=(const ShadowCounts& other);
};

class Release {
 public:
  Release(std::shared_ptr<Deployment> champion, ReleaseSettings settings);

  [[nodiscard]] const std::shared_ptr<Deployment>& champion() const noexcept { return champion_.deployment(); }
  [[nodiscard]] const ReleaseSettings& settings() const noexcept { return settings_; }
  /// A version that stands behind an alias of the settings; what is not there is as if it were not mentioned.
  void put(const std::string& alias, std::shared_ptr<Deployment> deployment);

  /// Who answers a request with this key; without one the champion.
  [[nodiscard]] Arm& choose(std::string_view key);
  /// The version that a request names, null if it is not served.
  [[nodiscard]] Arm* find(std::string_view version);
  /// Null: there is none.
  [[nodiscard]] Deployment* shadow() const noexcept { return shadow_.get(); }
  void addShadow(const ShadowCounts& counts);
  /// Champion, arms and shadow.
  [[nodiscard]] std::vector<std::shared_ptr<Deployment>> deployments() const;
  [[nodiscard]] std::size_t memoryBytes() const;

  /// Why an arm is to step back; empty: it is not.
  [[nodiscard]] std::string fault(const Arm& arm) const;
  /// Settings, versions and how they do, as JSON.
  [[nodiscard]] std::string json() const;

 private:
  Arm champion_;
  ReleaseSettings settings_;
  std::vector<std::unique_ptr<Arm>> arms_;
  std::shared_ptr<Deployment> shadow_;
  mutable Mutex mutex_;
  ShadowCounts shadowCounts_;
};

/// What another version says to the rows that `answered` has just answered; its inputs are taken by their names.
[[nodiscard]] ShadowCounts compareShadow(const Batch& block, const Scorer& answered, Scorer& shadow);

}  // namespace scorelet::service
