// The XML document: a light cursor over pugixml's tree, which is included in document.cpp only.
//
// A failed read adds a diagnostic and returns a default, so that one pass finds every fault.
// Elements are told apart by local name; comments and processing instructions are not seen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet::xml {

class Document;

class Element {
 public:
  Element() = default;
  explicit operator bool() const noexcept { return node_ != nullptr; }
  bool operator==(const Element& other) const noexcept { return node_ == other.node_; }

  [[nodiscard]] std::string_view name() const noexcept;    ///< local name
  [[nodiscard]] std::string_view prefix() const noexcept;  ///< namespace prefix, often empty
  [[nodiscard]] Element parent() const noexcept;
  [[nodiscard]] Element first() const noexcept;  ///< first child element
  [[nodiscard]] Element next() const noexcept;   ///< next sibling element
  [[nodiscard]] Element child(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view text() const noexcept;  ///< first text child, trimmed by the parser

  // Attributes. The typed readers report a malformed value and return the default.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view attribute(std::string_view name, std::string_view otherwise) const noexcept;
  [[nodiscard]] std::string_view required(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name, double otherwise) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] double requiredNumber(std::string_view name) const;
  [[nodiscard]] int integer(std::string_view name, int otherwise) const;
  [[nodiscard]] bool boolean(std::string_view name, bool otherwise) const;
  /// One of an enumeration's words: `words` is an array of {word, value}.
  template <class E, std::size_t N>
  [[nodiscard]] E word(std::string_view name, E otherwise, const std::pair<std::string_view, E> (&words)[N]) const {
    const auto text = attribute(name);
    if (!text) return otherwise;
    for (const auto& [word, value] : words)
      if (word == *text) return value;
    badWord(name, *text);
    return otherwise;
  }
  /// Calls `f(attributeName, value)` for each attribute.
  template <class F>
  void attributes(F&& f) const {
    for (void* a = firstAttribute(); a != nullptr; a = nextAttribute(a)) f(attributeName(a), attributeValue(a));
  }

  // Diagnostics at this element; `attribute` may be empty.
  void error(Code code, std::string message, std::string_view attribute = {}) const;
  void warn(Code code, std::string message, std::string_view attribute = {}) const;
  void note(Code code, std::string message, std::string_view attribute = {}) const;
  [[nodiscard]] std::string path() const;

 private:
  friend class Document;
  Element(void* node, Document* document) noexcept : node_(node), document_(document) {}
  void report(Severity severity, Code code, std::string message, std::string_view attribute) const;
  void badWord(std::string_view attribute, std::string_view text) const;
  [[nodiscard]] void* firstAttribute() const noexcept;
  [[nodiscard]] static void* nextAttribute(void* a) noexcept;
  [[nodiscard]] static std::string_view attributeName(void* a) noexcept;
  [[nodiscard]] static std::string_view attributeValue(void* a) noexcept;

  void* node_ = nullptr;
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
  Document(std::string_view source, const Limits& limits);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Parses and bounds the document. False: see `diagnostics()`.
  [[nodiscard]] bool parse();
  [[nodiscard]] Element root() noexcept;
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

  void report(Severity severity, Code code, Element at, std::string message, std::string_view attribute = {});
  [[nodiscard]] bool hasErrors() const noexcept { return errors_ != 0; }
  [[nodiscard]] std::size_t errorCount() const noexcept { return errors_; }
  [[nodiscard]] Diagnostics take();

 private:
  friend class Element;
  bool checkStructure();

  struct Tree;
  std::string_view source_;
  Limits limits_;
  std::unique_ptr<Tree> tree_;
  Diagnostics diagnostics_;
  std::size_t errors_ = 0;
  std::size_t unlisted_ = 0;
};

}  // namespace scorelet::xml
