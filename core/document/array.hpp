// Array: white-space separated values, quoted where they contain blanks (spec: General Structure, "Arrays").
#pragma once

#include <string>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::document {

/// The items of an Array element, quotes and escapes undone; a wrong @n is reported.
[[nodiscard]] std::vector<std::string> readArray(xml::Element array);
/// The same as numbers; items that are none are reported.
[[nodiscard]] std::vector<double> readNumbers(xml::Element array);

}  // namespace scorelet::document
