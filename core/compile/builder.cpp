#include "compile/builder.hpp"

#include <bit>

namespace scorelet::compile {

TypedSlot Builder::constant(Value v, DataType type) {
  const auto [at, isNew] = constants_.try_emplace({std::bit_cast<std::uint64_t>(v), type}, kNoSlot);
  if (isNew) {
    at->second = newSlot();
    program_.constants.emplace_back(at->second, v);
  }
  return {at->second, type};
}

Value Builder::literal(std::string_view text, DataType type, xml::Element at, std::string_view attribute) {
  if (type == DataType::string || type == DataType::list) return symbol(text);
  const Value v = castText(text, type, strings_);
  if (isInvalid(v)) {
    at.error(Code::badValue,
             "\"" + std::string(text) + "\" is not of data type " + std::string(dataTypeName(type)) + ".", attribute);
    return missing();
  }
  return v;
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

}  // namespace scorelet::compile
