// Array: white-space separated values, quoted where they contain blanks (spec: General Structure, "Arrays").
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::document {

/// The items of an array, quotes and escapes undone: views of its text, or of what is kept beside them.
struct ArrayItems {
  std::vector<std::string_view> items;
  std::forward_list<std::string> unquoted;
  bool isWhole = true;  ///< false: the last quote is not closed
};
/// The items of an Array element; a wrong @n is reported.
[[nodiscard]] ArrayItems readItems(xml::Element array);

/// Adds the items of an array's text to `items`, quotes and escapes undone; false: the last quote is not closed.
[[nodiscard]] bool splitArray(std::string_view text, std::vector<std::string>& items);
/// The same as texts of their own.
[[nodiscard]] std::vector<std::string> readArray(xml::Element array);
/// The same as numbers; items that are none are reported.
[[nodiscard]] std::vector<double> readNumbers(xml::Element array);

/// A sparse array: its entries with their positions, from 0 here, in document order.
struct SparseNumbers {
  std::vector<std::pair<std::size_t, double>> entries;
  double defaultValue = 0;
};
/// A REAL-SparseArray or INT-SparseArray of `size` items; indices outside or given twice are reported.
[[nodiscard]] SparseNumbers readSparseNumbers(xml::Element array, std::size_t size);

}  // namespace scorelet::document
