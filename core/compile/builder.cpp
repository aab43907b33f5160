#include "compile/builder.hpp"

#include <algorithm>
#include <bit>

namespace scorelet::compile {

TypedSlot Builder::constant(Value v, DataType type) {
  const auto [at, isNew] = constants_.try_emplace({std::bit_cast<std::uint64_t>(v), type}, kNoSlot);
  if (isNew) {
    at->second = newSlot();
    program_.constants.push_back({at->second, v, type});
  }
  return {at->second, type};
}

std::optional<Value> Builder::constantOf(Slot slot) const noexcept {
  // Slots are numbered in the order in which they are asked for, so the constants lie sorted.
  const auto known = std::ranges::lower_bound(program_.constants, slot, {}, &program::Constant::slot);
  return known != program_.constants.end() && known->slot == slot ? std::optional(known->value) : std::nullopt;
}

Value Builder::ordinal(std::size_t n) {
  while (ordinals_.size() < n) ordinals_.push_back(symbol(std::to_string(ordinals_.size() + 1)));
  return ordinals_[n - 1];
}

Value Builder::literal(std::string_view text, DataType type, xml::Element at, std::string_view attribute) {
  if (type == DataType::string || type == DataType::list) return symbol(text);
  const Value v = parseText(text, type);
  if (isInvalid(v)) {
    at.error(Code::badValue,
             "\"" + std::string(text) + "\" is not of data type " + std::string(dataTypeName(type)) + ".", attribute);
    return missing();
  }
  return v;
}

DataType Builder::widened(DataType type, std::optional<std::string_view> text) const {
  if (type != DataType::integer || !text) return type;
  const bool isReal = !isPresent(parseText(*text, DataType::integer)) && isPresent(parseText(*text, DataType::float64));
  return isReal ? DataType::float64 : type;
}

std::string Builder::toText(Value v, DataType type) const {
  std::string out;
  if (isPresent(v)) appendText(out, v, type, strings_);
  return out;
}

std::uint32_t Builder::place(std::string_view name) {
  if (const auto at = places_.find(name); at != places_.end()) return at->second;
  const auto number = static_cast<std::uint32_t>(program_.fieldNames.size());
  program_.fieldNames.emplace_back(name);
  places_.emplace(name, number);
  return number;
}

bool Builder::charge(xml::Element at, std::uint32_t n) {
  if (n <= limits().expressionNodes - nodes_) {
    nodes_ += n;
    return true;
  }
  if (!spent_)
    at.error(Code::limitReached, "The expressions of this model, with functions expanded, have more than " +
                                     std::to_string(limits().expressionNodes) + " parts (limits.expressionNodes).");
  spent_ = true;
  return false;
}

bool Builder::chargeCells(xml::Element at, std::size_t cells) {
  constexpr std::size_t kCellsPerNode = 8;
  return charge(at, static_cast<std::uint32_t>(std::min<std::size_t>(cells / kCellsPerNode, limits().expressionNodes)));
}

}  // namespace scorelet::compile
