// The elements of a document as flat tables in document order. Names are interned, so that an element is a few words
// and finding a child or an attribute compares lengths before bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <scorelet/compiled.hpp>

#include "base/strings.hpp"
#include "xml/decimal.hpp"

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

struct ElementRow {
  std::uint32_t name;        ///< in `Tree::names`, with its prefix
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
  /// The same for names in the order of a document: what followed the last one before may well follow it again.
  std::uint32_t internNext(const char* name);
  /// Takes the next id without a look at the others; not to be mixed with `intern`.
  void append(std::string_view name);
  [[nodiscard]] const Name& operator[](std::uint32_t id) const noexcept { return names_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  Symbols ids_;
  std::vector<Name> names_;
  std::vector<std::uint32_t> followers_;  ///< by name: the one that `internNext` saw after it
  std::uint32_t last_ = 0;
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
  // Packed documents only: numbers and, beside them, how they were written.
  std::vector<double> numbers;
  std::vector<Decimal> decimals;
};

}  // namespace scorelet::xml
