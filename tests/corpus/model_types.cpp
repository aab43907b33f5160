#include "corpus/model_types.hpp"

#include <algorithm>

namespace scorelet::test {
namespace {

constexpr std::string_view unscorable[] = {
    "TimeSeriesModel",
};

}  // namespace

std::optional<std::string> unscorableModelType(std::string_view document) {
  for (std::size_t at = 0; (at = document.find('<', at)) != std::string_view::npos;) {
    const std::size_t end = document.find_first_of(" \t\r\n/>", ++at);
    std::string_view name = document.substr(at, end == std::string_view::npos ? end : end - at);
    if (const auto colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (std::ranges::find(unscorable, name) != std::ranges::end(unscorable)) return std::string(name);
  }
  return std::nullopt;
}

}  // namespace scorelet::test
