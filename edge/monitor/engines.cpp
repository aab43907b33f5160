#include "monitor/engines.hpp"

#include <cstdio>

#include <scorelet/records.hpp>

namespace scorelet::monitor {

std::string quoted(std::string_view text) {
  std::string out;
  appendJsonString(out, text);
  return out;
}

std::string plainNumber(double x) {
  char out[400];
  std::snprintf(out, sizeof out, "%.9f", x);
  std::string text = out;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string inTime(const std::string& counter, const std::string& time) {
  return '(' + counter + " - " + counter + " offset " + time + " >= 0) or " + counter;
}

std::string labelled(const std::string& expression, std::string_view label, std::string_view from,
                     std::string_view pattern) {
  return "label_replace(" + expression + ", " + quoted(label) + ", \"$1\", " + quoted(from) + ", " + quoted(pattern) +
         ')';
}

}  // namespace scorelet::monitor
