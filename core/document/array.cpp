#include "document/array.hpp"

#include "base/number.hpp"

namespace scorelet::document {

std::vector<std::string> readArray(xml::Element array) {
  std::vector<std::string> items;
  const std::string_view text = array.text();
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  std::size_t i = 0;
  while (true) {
    while (i < text.size() && isBlank(text[i])) ++i;
    if (i == text.size()) break;
    std::string item;
    if (text[i] == '"') {
      ++i;
      bool closed = false;
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
      if (!closed) array.error(Code::badValue, "A quoted item of the array is not closed.");
    } else {
      while (i < text.size() && !isBlank(text[i])) item += text[i++];
    }
    items.push_back(std::move(item));
  }
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

}  // namespace scorelet::document
