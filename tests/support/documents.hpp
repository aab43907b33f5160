// Small PMML documents put together from parts.
#pragma once

#include <string>
#include <string_view>

namespace scorelet::test {

/// A document around these parts: a DataDictionary of `fields`, then `rest` (transformations and a model).
[[nodiscard]] std::string pmml(std::string_view fields, std::string_view rest);

/// A regression whose only result of interest is the OutputField "out", the value of `expression`.
/// Inputs: `x` (double), `s` (string); `local` goes into LocalTransformations, `global` before the model.
[[nodiscard]] std::string scoringExpression(std::string_view expression, std::string_view global = {},
                                            std::string_view local = {});

/// `text` repeated.
[[nodiscard]] std::string repeat(std::string_view text, std::size_t times);

}  // namespace scorelet::test
