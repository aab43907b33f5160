#include "xml/tree.hpp"

namespace scorelet::xml {

std::uint32_t Names::intern(std::string_view name) {
  const std::uint32_t id = ids_.intern(name);
  if (id == names_.size()) append(name);
  return id;
}

void Names::append(std::string_view name) {
  const std::size_t colon = name.find(':');
  names_.push_back({name, colon == std::string_view::npos ? name : name.substr(colon + 1)});
}

}  // namespace scorelet::xml
