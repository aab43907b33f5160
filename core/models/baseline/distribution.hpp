// The continuous distributions of Baseline and Alternate (spec: Baseline Models, "CONTINUOUS-DISTRIBUTION-TYPES").
#pragma once

#include <cstdint>

#include "xml/document.hpp"

namespace scorelet::models::baseline {

struct Distribution {
  enum class Kind : std::uint8_t { any, gaussian, poisson, uniform };
  Kind kind = Kind::any;
  double mean = 0, variance = 1;
  double lower = 0, upper = 1;  ///< uniform

  [[nodiscard]] bool hasDensity() const noexcept { return kind != Kind::any; }
  /// The logarithm of the density (Poisson: of the probability); minus infinity where it is 0.
  [[nodiscard]] double logDensity(double x) const noexcept;
};

/// The distribution in `parent` (Baseline, Alternate); a default after a report.
[[nodiscard]] Distribution readDistribution(xml::Element parent);

}  // namespace scorelet::models::baseline
