// The link functions of generalized linear and ordinal models (spec: General Regression, LINK-FUNCTION).
#pragma once

#include "base/value.hpp"

namespace scorelet::models::general_regression {

struct Link {
  enum class Kind : std::uint8_t {
    identity,
    log,
    logc,
    logit,
    probit,
    cloglog,
    loglog,
    cauchit,
    negbin,
    oddspower,
    power
  };
  Kind kind = Kind::identity;
  double parameter = 0;  ///< negbin: distParameter; oddspower, power: linkParameter

  /// The mean that belongs to a linear predictor; invalid where the link reaches no mean.
  [[nodiscard]] Value inverse(double y) const;
  /// Derivative of `inverse`.
  [[nodiscard]] Value slope(double y) const;
};

}  // namespace scorelet::models::general_regression
