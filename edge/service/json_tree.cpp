#include "service/json_tree.hpp"

#include <cmath>

#include "api/json_reader.hpp"

namespace scorelet::service {
namespace {

constexpr int kDepth = 32;
constexpr JsonNode kNone;

}  // namespace

const JsonNode& JsonValue::node() const noexcept { return tree_ == nullptr ? kNone : tree_->nodes_[at_]; }

std::string_view JsonValue::raw() const noexcept {
  return tree_ == nullptr ? std::string_view() : tree_->text_.substr(node().begin, node().end - node().begin);
}

JsonValue JsonValue::member(std::string_view name) const noexcept {
  JsonValue found;
  if (!is(JsonKind::object)) return found;
  for (const JsonValue inside : *this)
    if (inside.name() == name) found = inside;
  return found;
}

JsonValue::Iterator& JsonValue::Iterator::operator++() noexcept {
  at_ = JsonValue(*tree_, at_).node().next;
  return *this;
}

JsonValue::Iterator JsonValue::begin() const noexcept { return {tree_, tree_ == nullptr ? 0 : at_ + 1}; }
JsonValue::Iterator JsonValue::end() const noexcept { return {tree_, tree_ == nullptr ? 0 : node().next}; }

std::size_t JsonValue::size() const noexcept {
  std::size_t n = 0;
  for (auto i = begin(); i != end(); ++i) ++n;
  return n;
}

Answer<JsonTree> JsonTree::read(std::string_view text, std::size_t values, const ClosedMembers& closed) {
  JsonTree tree;
  tree.text_ = text;
  tree.closed_ = &closed;
  tree.most_ = values;
  JsonReader reader;
  reader.open(text);
  if (tree.value(reader, {}, 0) && reader.isAtEnd()) return tree;
  if (tree.failure_.message.empty())
    return fail(400, "The body is not valid JSON at byte " + std::to_string(reader.position()) + ".");
  return std::unexpected(std::move(tree.failure_));
}

bool JsonTree::refuse(int status, std::string message) {
  failure_ = {status, std::move(message), {}};
  return false;
}

/// A text that stays: in place where it stands in the body as it is.
std::string_view JsonTree::keep(std::string_view text) {
  const bool isInPlace = text.data() >= text_.data() && text.data() <= text_.data() + text_.size();
  return isInPlace ? text : copies_.emplace_back(text);
}

bool JsonTree::value(JsonReader& reader, std::string_view name, int depth) {
  if (nodes_.size() == most_)
    return refuse(413, "The body has more than " + std::to_string(most_) + " JSON values; send fewer rows at once.");
  if (depth > kDepth) return refuse(400, "The body is nested deeper than " + std::to_string(kDepth) + " levels.");
  const auto at = nodes_.size();
  JsonNode& node = nodes_.emplace_back();
  node.name = name;
  const char first = reader.peek();
  node.begin = static_cast<std::uint32_t>(reader.position());
  std::string_view text;
  bool ok = true;
  switch (first) {
    case '{':
    case '[':
      node.kind = first == '{' ? JsonKind::object : JsonKind::array;
      ok = !closed_->name.empty() && name == closed_->name
               ? passClosed(reader)
               : reader.take(first) && children(reader, first == '{' ? '}' : ']', depth);
      break;
    case '"':
      node.kind = JsonKind::text;
      ok = reader.string(text);
      if (ok) node.text = keep(text);
      break;
    case 't':
    case 'f':
      node.kind = JsonKind::boolean;
      node.number = first == 't' ? 1 : 0;
      ok = reader.word(first == 't' ? "true" : "false");
      break;
    case 'n':
      node.kind = JsonKind::null;
      ok = reader.word("null");
      break;
    default:
      node.kind = JsonKind::number;
      ok = reader.number(node.number, text);
      if (ok && std::isinf(node.number)) return refuse(400, "The number " + std::string(text) + " is out of range.");
  }
  nodes_[at].end = static_cast<std::uint32_t>(reader.position());
  nodes_[at].next = static_cast<std::uint32_t>(nodes_.size());
  return ok;
}

bool JsonTree::passClosed(JsonReader& reader) const {
  const std::size_t length = closed_->read ? closed_->read(text_.substr(reader.position())) : 0;
  if (length == 0) return reader.skip();
  reader.pass(length);
  return true;
}

bool JsonTree::children(JsonReader& reader, char close, int depth) {
  if (reader.take(close)) return true;
  do {
    std::string_view name;
    if (close == '}') {
      if (!reader.string(name)) return false;
      name = keep(name);
      if (!reader.take(':')) return false;
    }
    if (!value(reader, name, depth + 1)) return false;
  } while (reader.take(','));
  return reader.take(close);
}

}  // namespace scorelet::service
