// Which model elements a document holds and which of them the library scores.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scorelet::test {

/// The first model element of the document that the library does not score: such a document must be refused.
[[nodiscard]] std::optional<std::string> unscorableModelType(std::string_view document);

}  // namespace scorelet::test
