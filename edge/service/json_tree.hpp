// A JSON text taken apart, for bodies whose members come in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"

namespace scorelet {
class JsonReader;
}

namespace scorelet::service {

enum class JsonKind : std::uint8_t { absent, null, boolean, number, text, array, object };

struct JsonNode {
  JsonKind kind = JsonKind::absent;
  double number = 0;                 ///< also of a boolean
  std::string_view name;             ///< of a member
  std::string_view text;             ///< of a text
  std::uint32_t begin = 0, end = 0;  ///< where it stands in the body
  std::uint32_t next = 0;            ///< the first node that is not inside
};

class JsonTree;

/// Members of one name that are not taken apart: there is nothing inside their objects and arrays, and whoever reads
/// `raw` checks more than its syntax.
struct ClosedMembers {
  std::string_view name;
  /// Reads one in passing, from the text that begins with it: how long it is, or 0 if its syntax is still to be
  /// checked.
  std::function<std::size_t(std::string_view)> read = {};
};

/// One value of a tree, or none. As long as the tree and the text are there.
class JsonValue {
 public:
  JsonValue() = default;
  JsonValue(const JsonTree& tree, std::uint32_t at) : tree_(&tree), at_(at) {}

  [[nodiscard]] const JsonNode& node() const noexcept;
  [[nodiscard]] JsonKind kind() const noexcept { return node().kind; }
  [[nodiscard]] bool is(JsonKind kind) const noexcept { return node().kind == kind; }
  explicit operator bool() const noexcept { return tree_ != nullptr; }
  [[nodiscard]] std::string_view text() const noexcept { return node().text; }
  [[nodiscard]] std::string_view name() const noexcept { return node().name; }
  /// As it is written.
  [[nodiscard]] std::string_view raw() const noexcept;
  /// The member of that name (the last, if there are several), or none.
  [[nodiscard]] JsonValue member(std::string_view name) const noexcept;

  /// What is directly inside an array or an object.
  class Iterator {
   public:
    Iterator(const JsonTree* tree, std::uint32_t at) : tree_(tree), at_(at) {}
    JsonValue operator*() const { return {*tree_, at_}; }
    Iterator& operator++() noexcept;
    bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

   private:
    const JsonTree* tree_;  ///< null of none, which has nothing inside
    std::uint32_t at_;
  };
  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] Iterator end() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

  /// The scalars inside an array, however nested, in order.
  template <class Visit>
  bool forEachScalar(const Visit& visit) const;

 private:
  const JsonTree* tree_ = nullptr;
  std::uint32_t at_ = 0;
};

class JsonTree {
 public:
  /// The text must stay. More than `values` values are refused.
  [[nodiscard]] static Answer<JsonTree> read(std::string_view text, std::size_t values,
                                             const ClosedMembers& closed = {});
  [[nodiscard]] JsonValue root() const noexcept { return {*this, 0}; }

 private:
  friend class JsonValue;
  bool value(JsonReader& reader, std::string_view name, int depth);
  bool children(JsonReader& reader, char close, int depth);
  bool passClosed(JsonReader& reader) const;
  bool refuse(int status, std::string message);
  std::string_view keep(std::string_view text);

  std::string_view text_;
  const ClosedMembers* closed_ = nullptr;  // while reading
  std::size_t most_ = 0;
  std::vector<JsonNode> nodes_;     // in the order of the text
  std::deque<std::string> copies_;  // texts with escapes
  Failure failure_;
};

template <class Visit>
bool JsonValue::forEachScalar(const Visit& visit) const {
  for (std::uint32_t i = at_ + 1; i < node().next; ++i) {
    const JsonValue inside(*tree_, i);
    if (!inside.is(JsonKind::array) && !visit(inside.node())) return false;
  }
  return true;
}

}  // namespace scorelet::service
