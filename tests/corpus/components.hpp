// Cases about one component (Output, Targets, transformations) that come without a complete model.
//
// A given prediction enters through a regression table that passes it on: one table with the coefficient 1 for a
// number, one table per class (no normalization) for class probabilities. Derived fields leave through an Output.
#pragma once

#include <string>
#include <string_view>

#include "support/table.hpp"

namespace scorelet::test {

enum class Component { none, output, targets, transformations };

/// "output-only", "targets-only", "transformations-only"; all else is `none`.
[[nodiscard]] Component componentFromName(std::string_view kind);

/// The document, made scorable for these records.
[[nodiscard]] std::string aroundComponent(Component component, std::string document, const nlohmann::json& records);

/// The records' columns under the names of the fields that `aroundComponent` added.
[[nodiscard]] Table componentInputs(const Table& records);

}  // namespace scorelet::test
