#include "document/array.hpp"

#include <algorithm>
#include <cmath>

#include "base/number.hpp"

namespace scorelet::document {

namespace {

bool isBlank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// What stands behind the quote at `i`, which is then behind the one that closes it; false: none does.
bool unquote(std::string_view text, std::size_t& i, std::string& item) {
  for (++i; i < text.size(); ++i) {
    if (text[i] == '"') return ++i, true;
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    item += text[i];
  }
  return false;
}

ArrayItems itemsOf(std::string_view text) {
  ArrayItems out;
  out.items.reserve(std::min<std::size_t>(text.size() / 4, 64) + 1);
  for (std::size_t i = 0;;) {
    while (i < text.size() && isBlank(text[i])) ++i;
    if (i == text.size()) return out;
    if (text[i] == '"') {
      out.isWhole = unquote(text, i, out.unquoted.emplace_front());
      out.items.push_back(out.unquoted.front());
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && !isBlank(text[i])) ++i;
    out.items.push_back(text.substr(begin, i - begin));
  }
}

}  // namespace

bool splitArray(std::string_view text, std::vector<std::string>& items) {
  const ArrayItems all = itemsOf(text);
  for (const std::string_view item : all.items) items.emplace_back(item);
  return all.isWhole;
}

ArrayItems readItems(xml::Element array) {
  ArrayItems all = itemsOf(array.text());
  if (!all.isWhole) array.error(Code::badValue, "A quoted item of the array is not closed.");
  if (const auto n = array.number("n"); n && *n != static_cast<double>(all.items.size()))
    array.error(Code::badValue,
                "The array has " + std::to_string(all.items.size()) +
                    " items, not n=" + std::string(array.attribute("n", {})) + ".",
                "n");
  return all;
}

std::vector<std::string> readArray(xml::Element array) {
  std::vector<std::string> items;
  const ArrayItems all = readItems(array);
  for (const std::string_view item : all.items) items.emplace_back(item);
  return items;
}

std::vector<double> readNumbers(xml::Element array) {
  std::vector<double> numbers;
  const ArrayItems all = readItems(array);
  numbers.reserve(all.items.size());
  for (const std::string_view item : all.items) {
    const auto x = parseDouble(item);
    if (!x || *x != *x) array.error(Code::badValue, "\"" + std::string(item) + "\" is not a number.");
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
