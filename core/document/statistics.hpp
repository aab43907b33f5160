// ModelStats: what a model says of the data that it was trained on (spec: Statistics).
#pragma once

#include <span>

#include <scorelet/fields.hpp>

#include "xml/document.hpp"

namespace scorelet::document {

/// Gives fields the UnivariateStats that the model has of them. No score depends on these numbers, so a wrong one is
/// left out with a note and no reason to refuse the model.
void readStatistics(xml::Element model, std::span<InputField> inputs, std::span<InputField> targets);

}  // namespace scorelet::document
