// The XML document: a light cursor over flat tables of elements, which pugixml's parser fills in document.cpp.
//
// A failed read adds a diagnostic and returns a default, so that one pass finds every fault.
// Elements are told apart by local name; comments and processing instructions are not seen.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

#include "xml/tree.hpp"

namespace scorelet::xml {

class Document;

class Element {
 public:
  Element() = default;
  explicit operator bool() const noexcept { return document_ != nullptr; }
  bool operator==(const Element& other) const noexcept {
    return index_ == other.index_ && document_ == other.document_;
  }

  [[nodiscard]] std::string_view name() const noexcept;    ///< local name
  [[nodiscard]] std::string_view prefix() const noexcept;  ///< namespace prefix, often empty
  [[nodiscard]] std::uint32_t nameId() const noexcept;     ///< equal for equal names with equal prefixes, dense from 0
  [[nodiscard]] std::uint32_t shape() const noexcept;      ///< equal only where the names of attributes are, too
  [[nodiscard]] Tag tag() const noexcept;
  /// Whether the document has elements of this name, inside this one or elsewhere.
  [[nodiscard]] bool isMentioned(std::string_view name) const noexcept;
  [[nodiscard]] Element parent() const noexcept;
  [[nodiscard]] Element first() const noexcept;      ///< first child element
  [[nodiscard]] Element next() const noexcept;       ///< next sibling element
  [[nodiscard]] Element following() const noexcept;  ///< next in the document: first child, sibling, or an ancestor's
  [[nodiscard]] Element afterAll() const noexcept;   ///< the same, past all that is inside this element
  [[nodiscard]] Element child(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view text() const noexcept;  ///< first text child, trimmed by the parser

  // Attributes, by name or number. The typed readers report a malformed value and return the default.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const { return textOf(find(name)); }
  [[nodiscard]] std::optional<std::string_view> attribute(Key key) const { return textOf(find(key)); }
  [[nodiscard]] std::string_view attribute(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] std::string_view attribute(Key key, std::string_view otherwise) const {
    return attribute(key).value_or(otherwise);
  }
  [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
  [[nodiscard]] bool has(Key key) const noexcept { return find(key) != nullptr; }
  [[nodiscard]] std::string_view required(std::string_view name) const;
  [[nodiscard]] std::string_view required(Key key) const;
  [[nodiscard]] double number(std::string_view name, double otherwise) const;
  [[nodiscard]] double number(Key key, double otherwise) const { return number(key).value_or(otherwise); }
  [[nodiscard]] std::optional<double> number(std::string_view name) const { return numberOf(find(name), name); }
  [[nodiscard]] std::optional<double> number(Key key) const { return numberOf(find(key), nameOf(key)); }
  [[nodiscard]] double requiredNumber(std::string_view name) const;
  [[nodiscard]] int integer(std::string_view name, int otherwise) const;
  [[nodiscard]] bool boolean(std::string_view name, bool otherwise) const;
  /// A number that need not be parsed, since the document is a packed one; nothing says nothing about the text.
  [[nodiscard]] std::optional<double> packedNumber(Key key) const noexcept {
    const AttributeRow* row = find(key);
    if (row == nullptr || row->length != kNumber) return std::nullopt;
    return value(tree().numbers[row->number]);
  }
  /// One of an enumeration's words: `words` is an array of {word, value}.
  template <class E, std::size_t N>
  [[nodiscard]] E word(std::string_view name, E otherwise, const std::pair<std::string_view, E> (&words)[N]) const {
    const auto text = attribute(name);
    return text ? wordOf(*text, name, otherwise, words) : otherwise;
  }
  template <class E, std::size_t N>
  [[nodiscard]] E requiredWord(std::string_view name, E otherwise,
                               const std::pair<std::string_view, E> (&words)[N]) const {
    const auto text = attribute(name);
    if (!text) (void)required(name);
    return text ? wordOf(*text, name, otherwise, words) : otherwise;
  }
  template <class E, std::size_t N>
  [[nodiscard]] E requiredWord(Key key, E otherwise, const std::pair<std::string_view, E> (&words)[N]) const {
    const auto text = attribute(key);
    return text ? wordOf(*text, nameOf(key), otherwise, words) : requiredWord(nameOf(key), otherwise, words);
  }
  [[nodiscard]] std::uint32_t attributeCount() const noexcept;
  /// Calls `f(name)` for each attribute.
  template <class F>
  void attributes(F&& f) const;

  // Diagnostics at this element; `attribute` may be empty.
  void error(Code code, std::string_view message, std::string_view attribute = {}) const;
  void warn(Code code, std::string_view message, std::string_view attribute = {}) const;
  void note(Code code, std::string_view message, std::string_view attribute = {}) const;
  [[nodiscard]] std::string path() const;

 private:
  friend class Document;
  Element(std::uint32_t index, Document* document) noexcept : index_(index), document_(document) {}
  void report(Severity severity, Code code, std::string_view message, std::string_view attribute) const;
  template <class E, std::size_t N>
  [[nodiscard]] E wordOf(std::string_view text, std::string_view attribute, E otherwise,
                         const std::pair<std::string_view, E> (&words)[N]) const {
    for (const auto& [word, value] : words)
      if (isSame(word, text)) return value;
    badWord(attribute, text);
    return otherwise;
  }
  void badWord(std::string_view attribute, std::string_view text) const;
  [[nodiscard]] Element at(std::uint32_t index) const noexcept;
  [[nodiscard]] const AttributeRow* find(std::string_view name) const noexcept;
  [[nodiscard]] const AttributeRow* find(Key key) const noexcept;
  [[nodiscard]] std::optional<std::string_view> textOf(const AttributeRow* row) const;
  [[nodiscard]] std::optional<double> numberOf(const AttributeRow* row, std::string_view name) const;
  [[nodiscard]] const Tree& tree() const noexcept;
  [[nodiscard]] const ElementRow& row() const noexcept;

  std::uint32_t index_ = 0;
  Document* document_ = nullptr;
};

/// What `children` chooses by: a name, or none for all.
struct Named {
  std::string_view name;
  [[nodiscard]] bool operator()(Element e) const noexcept { return name.empty() || isSame(e.name(), name); }
};
struct Tagged {
  Tag tag;
  [[nodiscard]] bool operator()(Element e) const noexcept { return e.tag() == tag; }
};

/// Range over the child elements that `Matches` chooses.
template <class Matches>
class Children {
 public:
  Children(Element parent, Matches matches) noexcept : matches_(matches), first_(chosenFrom(parent.first())) {}
  struct Iterator {
    const Children* range;
    Element at;
    Element operator*() const noexcept { return at; }
    Iterator& operator++() noexcept {
      at = range->chosenFrom(at.next());
      return *this;
    }
    bool operator!=(const Iterator& other) const noexcept { return !(at == other.at); }
  };
  [[nodiscard]] Iterator begin() const noexcept { return {this, first_}; }
  [[nodiscard]] Iterator end() const noexcept { return {this, Element()}; }

 private:
  [[nodiscard]] Element chosenFrom(Element e) const noexcept {
    while (e && !matches_(e)) e = e.next();
    return e;
  }
  Matches matches_;
  Element first_;
};
/// `for (xml::Element e : xml::children(parent, "Node"))`.
[[nodiscard]] inline Children<Named> children(Element parent, std::string_view name = {}) noexcept {
  return {parent, {name}};
}
[[nodiscard]] inline Children<Tagged> children(Element parent, Tag tag) noexcept { return {parent, {tag}}; }

/// Owns the tree and the list of findings during one load.
class Document {
 public:
  Document(std::string_view source, const Limits& limits) : source_(source), limits_(limits) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Parses and bounds the document, XML or packed. False: see `diagnostics()`.
  [[nodiscard]] bool parse();
  [[nodiscard]] Element root() noexcept;
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

  /// `hashText` of the XML, also if the document is a packed one.
  [[nodiscard]] std::uint64_t hash() const noexcept;
  /// Of the XML that a packed document comes from; null: this is the XML.
  [[nodiscard]] const Sha256* sha256() const noexcept;
  [[nodiscard]] const Tree& tree() const noexcept { return tree_; }

  void report(Severity severity, Code code, Element at, std::string_view message, std::string_view attribute = {});
  [[nodiscard]] bool hasErrors() const noexcept { return errors_ != 0; }
  [[nodiscard]] std::size_t errorCount() const noexcept { return errors_; }
  [[nodiscard]] Diagnostics take();

 private:
  friend class Element;
  bool parseXml();
  bool unpackSource();
  void place(Diagnostic& d, std::size_t position) const;
  [[nodiscard]] std::string tooManyElements() const;
  [[nodiscard]] std::string tooDeep() const;
  std::string_view printed(std::size_t number);

  std::string_view source_;
  Limits limits_;
  Tree tree_;
  Origin origin_;
  std::deque<std::string> printed_;       ///< texts of numbers that were asked for as text
  std::vector<std::uint32_t> printedAt_;  ///< by number: where its text is, from 1
  Diagnostics diagnostics_;
  std::size_t errors_ = 0;
  std::size_t unlisted_ = 0;
};

// --- The walk through the tables, inline: loading a large model is little else. ---

inline const Tree& Element::tree() const noexcept { return document_->tree_; }
inline const ElementRow& Element::row() const noexcept { return tree().elements[index_]; }
inline Element Element::at(std::uint32_t index) const noexcept {
  return index == kNoRow ? Element() : Element(index, document_);
}
inline std::string_view Element::name() const noexcept { return tree().names[nameId()].local; }
inline std::uint32_t Element::nameId() const noexcept { return tree().shapes[shape()].name; }
inline std::uint32_t Element::shape() const noexcept { return row().shape; }
inline Tag Element::tag() const noexcept { return tree().shapes[shape()].tag; }
inline Element Element::parent() const noexcept { return at(row().parent); }
inline Element Element::next() const noexcept { return document_ == nullptr ? Element() : at(row().next); }
inline Element Element::following() const noexcept {
  return index_ + 2 < tree().elements.size() ? Element(index_ + 1, document_) : Element();
}
inline Element Element::first() const noexcept {
  if (document_ == nullptr || tree().elements[index_ + 1].parent != index_) return {};
  return {index_ + 1, document_};
}
inline std::optional<std::string_view> Element::textOf(const AttributeRow* row) const {
  if (row == nullptr) return std::nullopt;
  return row->length == kNumber ? document_->printed(row->number) : std::string_view(row->text, row->length);
}
inline const AttributeRow* Element::find(std::string_view name) const noexcept {
  if (document_ == nullptr) return nullptr;
  const Tree& t = tree();
  for (std::uint32_t a = row().attributes, end = t.elements[index_ + 1].attributes; a < end; ++a) {
    if (isSame(t.names[t.attributes[a].name].whole, name)) return &t.attributes[a];
  }
  return nullptr;
}
inline const AttributeRow* Element::find(Key key) const noexcept {
  const std::uint32_t place = tree().shapes[shape()].at(key);
  return place == kNoRow ? nullptr : &tree().attributes[row().attributes + place];
}
inline std::uint32_t Element::attributeCount() const noexcept {
  return tree().elements[index_ + 1].attributes - row().attributes;
}
template <class F>
void Element::attributes(F&& f) const {
  const Tree& t = tree();
  for (std::uint32_t a = row().attributes, end = t.elements[index_ + 1].attributes; a < end; ++a)
    f(t.names[t.attributes[a].name].whole);
}

}  // namespace scorelet::xml
