#include "document/array.hpp"

#include <algorithm>
#include <cmath>

#include "base/number.hpp"

namespace scorelet::document {

bool splitArray(std::string_view text, std::vector<std::string>& items) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  bool closed = true;
  std::size_t i = 0;
  while (true) {
    while (i < text.size() && isBlank(text[i])) ++i;
    if (i == text.size()) return closed;
    std::string item;
    if (text[i] == '"') {
      ++i;
      closed = false;
      while (i < text.size() && !closed) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
          item += text[i + 1];
          i += 2;
        } else if (text[i] == '"') {
          closed = true;
          ++i;
        } else {
          item += text[i++];
        }
      }
    } else {
      while (i < text.size() && !isBlank(text[i])) item += text[i++];
    }
    items.push_back(std::move(item));
  }
}

std::vector<std::string> readArray(xml::Element array) {
  std::vector<std::string> items;
  if (!splitArray(array.text(), items)) array.error(Code::badValue, "A quoted item of the array is not closed.");
  if (const auto n = array.number("n"); n && *n != static_cast<double>(items.size()))
    array.error(Code::badValue,
                "The array has " + std::to_string(items.size()) +
                    " items, not n=" + std::string(array.attribute("n", {})) + ".",
                "n");
  return items;
}

std::vector<double> readNumbers(xml::Element array) {
  std::vector<double> numbers;
  for (const std::string& item : readArray(array)) {
    const auto x = parseDouble(item);
    if (!x || *x != *x) array.error(Code::badValue, "\"" + item + "\" is not a number.");
    numbers.push_back(x.value_or(0));
  }
  return numbers;
}

SparseNumbers readSparseNumbers(xml::Element array, std::size_t size) {
  SparseNumbers sparse;
  sparse.defaultValue = array.number("defaultValue", 0);
  if (const auto n = array.number("n"); n && *n != static_cast<double>(size))
    array.error(
        Code::badValue,
        "The sparse array has n=" + std::string(array.attribute("n", {})) + ", not " + std::to_string(size) + ".", "n");
  std::vector<double> indices, entries;
  for (xml::Element e : xml::children(array)) {
    if (e.name() == "Indices") indices = readNumbers(e);
    if (e.name() == "REAL-Entries" || e.name() == "INT-Entries") entries = readNumbers(e);
  }
  if (indices.size() != entries.size()) {
    array.error(Code::badValue, "The sparse array has " + std::to_string(indices.size()) + " indices for " +
                                    std::to_string(entries.size()) + " entries.");
    return sparse;
  }
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (!(indices[i] >= 1 && indices[i] <= static_cast<double>(size)) || indices[i] != std::floor(indices[i]))
      array.error(Code::badValue, "An index of the sparse array is not among 1 to " + std::to_string(size) + ".");
    else
      sparse.entries.emplace_back(static_cast<std::size_t>(indices[i]) - 1, entries[i]);
  }
  std::vector<double> sorted = indices;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    array.error(Code::badValue, "The sparse array gives an index twice.");
  return sparse;
}

}  // namespace scorelet::document
