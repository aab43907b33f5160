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

Shape Tree::shapeOf(std::uint32_t name) const noexcept {
  Shape shape{name, numberOf<Tag>(names[name].local, kTags), {}};
  shape.places.fill(kNoRow);
  return shape;
}

void Tree::addAttribute(Shape& shape, std::uint32_t name, std::uint32_t place) const noexcept {
  const auto key = numberOf<Key>(names[name].whole, kKeys);
  if (key != Key::other && shape.at(key) == kNoRow) shape.places[static_cast<std::size_t>(key)] = place;
}

}  // namespace scorelet::xml
