// The elements of a document as flat tables in document order. Names are interned, so that an element is a few words
// and finding a child or an attribute compares lengths before bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <scorelet/compiled.hpp>

#include "base/strings.hpp"
#include "xml/decimal.hpp"
#include "xml/frequent.hpp"

namespace scorelet::xml {

inline constexpr std::uint32_t kNoRow = 0xFFFF'FFFFu;

inline constexpr std::uint32_t kNumber = 0xFFFF'FFFFu;

struct AttributeRow {
  std::uint32_t name;    ///< in `Tree::names`
  std::uint32_t length;  ///< of the text; kNumber: the value is a number of `Tree::numbers`
  union {
    const char* text;
    std::size_t number;
  };
};

/// Elements of one shape have the same name, and the same attributes in the same order.
struct Shape {
  std::uint32_t name = 0;  ///< in `Tree::names`, with its prefix
  Tag tag = Tag::other;
  /// The first attribute of each `Key`, counted from the element's first one, or kNoRow.
  std::array<std::uint32_t, static_cast<std::size_t>(Key::other)> places = {};
  [[nodiscard]] std::uint32_t at(Key key) const noexcept { return places[static_cast<std::size_t>(key)]; }
};

struct ElementRow {
  std::uint32_t shape;       ///< in `Tree::shapes`
  std::uint32_t parent;      ///< kNoRow: the root
  std::uint32_t next;        ///< sibling, or kNoRow
  std::uint32_t attributes;  ///< the first of them; the next row's `attributes` ends the list
  std::uint32_t text;        ///< in `Tree::texts`, or kNoRow
  std::uint32_t position;    ///< offset of the name in the XML; in a packed document: its line
};

struct Name {
  std::string_view whole, local;
};

/// Interned names; views of the text they were met in.
class Names {
 public:
  std::uint32_t intern(std::string_view name);
  /// Takes the next id without a look at the others; not to be mixed with `intern`.
  void append(std::string_view name);
  [[nodiscard]] const Name& operator[](std::uint32_t id) const noexcept { return names_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  Symbols ids_;
  std::vector<Name> names_;
};

/// What is known of the XML that a packed document comes from.
struct Origin {
  std::uint64_t hash = 0;  ///< `hashText` of it
  Sha256 sha256 = {};      ///< as the packer was told
};

struct Tree {
  std::vector<char> buffer;       ///< the document's text, which the views below show parts of
  std::shared_ptr<void> recoded;  ///< owns that text instead, if the document was not in UTF-8
  /// In document order, so that an element's first child is the row after it; a last row without an element ends the
  /// list of attributes.
  std::vector<ElementRow> elements;
  std::vector<AttributeRow> attributes;
  std::vector<std::string_view> texts;
  Names names;
  std::vector<Shape> shapes;

  /// A new shape, without attributes.
  [[nodiscard]] Shape shapeOf(std::uint32_t name) const noexcept;
  /// Tells `shape` that `name` is its attribute number `place`.
  void addAttribute(Shape& shape, std::uint32_t name, std::uint32_t place) const noexcept;

  std::vector<Decimal> numbers;  ///< of packed documents
};

}  // namespace scorelet::xml
