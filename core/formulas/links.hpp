// Inverse link functions and shares of a sum, as regressions, networks and general regressions use them.
#pragma once

#include "formulas/translation.hpp"
#include "models/normalization.hpp"

namespace scorelet::formulas {

[[nodiscard]] Formula logistic(Formula y);
[[nodiscard]] Formula inverseLink(Translation& t, models::Normalization normalization, Formula y);
/// Numbers as shares of their sum, after `exp` of what they lie below the largest if `isSoftmax`.
[[nodiscard]] Formulas shares(Translation& t, const Formulas& numbers, bool isSoftmax);

/// Where classes have probabilities: the class of the largest. All lanes are present where `lanes` are.
void setClasses(Translation& t, const std::vector<Lane>& lanes, const Formulas& probabilities,
                const std::vector<Value>& categories, DataType type, const std::vector<Slot>& slots, Slot winner,
                bool mayBeInvalid);

}  // namespace scorelet::formulas
