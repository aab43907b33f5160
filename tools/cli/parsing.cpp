#include "parsing.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "csv.hpp"

namespace scorelet::cli {

std::vector<std::string> names(Texts& flag) {
  std::vector<std::string> out;
  for (const std::string& part : args::get(flag)) {
    for (std::string& name : splitCsv(part)) out.push_back(std::move(name));
  }
  return out;
}

bool readNumber(const std::string& word, double& x) {
  char* rest = nullptr;
  x = std::strtod(word.c_str(), &rest);  // not from_chars, which not every standard library has for doubles
  return !word.empty() && *rest == '\0' && std::isfinite(x);
}

std::optional<std::uint32_t> readCount(const std::string& word) {
  std::uint32_t count = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, fault] = std::from_chars(word.data(), end, count);
  if (fault != std::errc() || rest != end || count == 0) return std::nullopt;
  return count;
}

}  // namespace scorelet::cli
