// The XML document: a light cursor over flat tables of elements, which pugixml's parser fills in document.cpp.
//
// A failed read adds a diagnostic and returns a default, so that one pass finds every fault.
// Elements are told apart by local name; comments and processing instructions are not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

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
  /// Whether the document has elements of this name, inside this one or elsewhere.
  [[nodiscard]] bool isMentioned(std::string_view name) const noexcept;
  [[nodiscard]] Element parent() const noexcept;
  [[nodiscard]] Element first() const noexcept;      ///< first child element
  [[nodiscard]] Element next() const noexcept;       ///< next sibling element
  [[nodiscard]] Element following() const noexcept;  ///< next in the document: first child, sibling, or an ancestor's
  [[nodiscard]] Element afterAll() const noexcept;   ///< the same, past all that is inside this element
  [[nodiscard]] Element child(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view text() const noexcept;  ///< first text child, trimmed by the parser

  // Attributes. The typed readers report a malformed value and return the default.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
  [[nodiscard]] std::string_view attribute(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
  [[nodiscard]] std::string_view required(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name, double otherwise) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] double requiredNumber(std::string_view name) const;
  [[nodiscard]] int integer(std::string_view name, int otherwise) const;
  [[nodiscard]] bool boolean(std::string_view name, bool otherwise) const;
  /// A number that need not be parsed, since the document is a packed one; nothing says nothing about the text.
  [[nodiscard]] std::optional<double> packedNumber(std::string_view name) const noexcept {
    const AttributeRow* row = find(name);
    if (row == nullptr || row->length != kNumber) return std::nullopt;
    return tree().numbers[row->number];
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
  [[nodiscard]] std::uint32_t attributeCount() const noexcept;
  /// Calls `f(name, nameId)` for each attribute.
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
      if (word == text) return value;
    badWord(attribute, text);
    return otherwise;
  }
  void badWord(std::string_view attribute, std::string_view text) const;
  [[nodiscard]] Element at(std::uint32_t index) const noexcept;
  [[nodiscard]] const AttributeRow* find(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view textOf(const AttributeRow& row) const;
  [[nodiscard]] const Tree& tree() const noexcept;
  [[nodiscard]] const ElementRow& row() const noexcept;

  std::uint32_t index_ = 0;
  Document* document_ = nullptr;
};

/// Range over the child elements, optionally of one name: `for (xml::Element e : xml::children(parent, "Node"))`.
class Children {
 public:
  Children(Element parent, std::string_view name) noexcept : first_(parent.first()), name_(name) {
    if (first_ && !matches(first_)) first_ = following(first_);
  }
  struct Iterator {
    const Children* range;
    Element at;
    Element operator*() const noexcept { return at; }
    Iterator& operator++() noexcept {
      at = range->following(at);
      return *this;
    }
    bool operator!=(const Iterator& other) const noexcept { return !(at == other.at); }
  };
  [[nodiscard]] Iterator begin() const noexcept { return {this, first_}; }
  [[nodiscard]] Iterator end() const noexcept { return {this, Element()}; }

 private:
  [[nodiscard]] bool matches(Element e) const noexcept { return name_.empty() || e.name() == name_; }
  [[nodiscard]] Element following(Element e) const noexcept {
    do e = e.next();
    while (e && !matches(e));
    return e;
  }
  Element first_;
  std::string_view name_;
};
[[nodiscard]] inline Children children(Element parent, std::string_view name = {}) noexcept { return {parent, name}; }

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
  std::unordered_map<std::size_t, std::string> printed_;  ///< texts of numbers that were asked for as text
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
inline std::string_view Element::name() const noexcept { return tree().names[row().name].local; }
inline std::uint32_t Element::nameId() const noexcept { return row().name; }
inline Element Element::parent() const noexcept { return at(row().parent); }
inline Element Element::next() const noexcept { return document_ == nullptr ? Element() : at(row().next); }
inline Element Element::following() const noexcept {
  return index_ + 2 < tree().elements.size() ? Element(index_ + 1, document_) : Element();
}
inline Element Element::first() const noexcept {
  if (document_ == nullptr || tree().elements[index_ + 1].parent != index_) return {};
  return {index_ + 1, document_};
}
inline std::string_view Element::textOf(const AttributeRow& row) const {
  return row.length == kNumber ? document_->printed(row.number) : std::string_view(row.text, row.length);
}
inline const AttributeRow* Element::find(std::string_view name) const noexcept {
  if (document_ == nullptr) return nullptr;
  const Tree& t = tree();
  for (std::uint32_t a = row().attributes, end = t.elements[index_ + 1].attributes; a < end; ++a) {
    if (t.names[t.attributes[a].name].whole == name) return &t.attributes[a];
  }
  return nullptr;
}
inline std::optional<std::string_view> Element::attribute(std::string_view name) const {
  const AttributeRow* row = find(name);
  return row == nullptr ? std::nullopt : std::optional(textOf(*row));
}
inline std::uint32_t Element::attributeCount() const noexcept {
  return tree().elements[index_ + 1].attributes - row().attributes;
}
template <class F>
void Element::attributes(F&& f) const {
  const Tree& t = tree();
  for (std::uint32_t a = row().attributes, end = t.elements[index_ + 1].attributes; a < end; ++a) {
    const AttributeRow& row = t.attributes[a];
    f(t.names[row.name].whole, row.name);
  }
}

}  // namespace scorelet::xml
