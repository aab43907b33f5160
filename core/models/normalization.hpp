// Inverse link functions, shared by regressions, neural layers and segments (spec: Regression, "normalizationMethod").
#pragma once

#include <string_view>

#include "xml/document.hpp"

namespace scorelet::models {

enum class Normalization : std::uint8_t { none, simplemax, softmax, logit, probit, cloglog, exp, loglog, cauchit };

[[nodiscard]] Normalization readNormalization(xml::Element e, std::string_view attribute);

/// One predictor through the inverse link; for a single predictor softmax is the logistic function.
[[nodiscard]] double inverseLink(Normalization normalization, double y);

}  // namespace scorelet::models
