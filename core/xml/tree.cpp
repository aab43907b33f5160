#include "xml/tree.hpp"

#include <cstring>

namespace scorelet::xml {

std::uint32_t Names::intern(std::string_view name) {
  const std::uint32_t id = ids_.intern(name);
  if (id == names_.size()) append(name);
  return id;
}

std::uint32_t Names::internNext(const char* name) {
  std::uint32_t id = kNoRow;
  if (last_ < followers_.size()) {
    id = followers_[last_];
    const std::string_view known = names_[id].whole;
    if (std::strncmp(name, known.data(), known.size()) != 0 || name[known.size()] != 0) id = kNoRow;
  }
  if (id == kNoRow) {
    id = intern(name);
    followers_.resize(names_.size());
    followers_[last_] = id;
  }
  return last_ = id;
}

void Names::append(std::string_view name) {
  const std::size_t colon = name.find(':');
  names_.push_back({name, colon == std::string_view::npos ? name : name.substr(colon + 1)});
}

}  // namespace scorelet::xml
