#include "xml/document.hpp"

#include <algorithm>
#include <cstring>

#include <pugixml.hpp>

#include "base/number.hpp"

namespace scorelet::xml {

namespace {

pugi::xml_node nodeOf(void* p) noexcept { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(p)); }

std::string_view localName(std::string_view name) noexcept {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node elementFrom(pugi::xml_node n) noexcept {
  while (n && n.type() != pugi::node_element) n = n.next_sibling();
  return n;
}

}  // namespace

struct Document::Tree {
  std::vector<char> buffer;
  pugi::xml_document document;
};

// --- Element -----------------------------------------------------------------------------------------------

std::string_view Element::name() const noexcept { return localName(nodeOf(node_).name()); }

std::string_view Element::prefix() const noexcept {
  const std::string_view whole = nodeOf(node_).name();
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? std::string_view{} : whole.substr(0, colon);
}

Element Element::parent() const noexcept {
  const pugi::xml_node p = nodeOf(node_).parent();
  return p && p.type() == pugi::node_element ? Element(p.internal_object(), document_) : Element();
}

Element Element::first() const noexcept {
  if (!node_) return {};
  const pugi::xml_node n = elementFrom(nodeOf(node_).first_child());
  return n ? Element(n.internal_object(), document_) : Element();
}

Element Element::next() const noexcept {
  const pugi::xml_node n = elementFrom(nodeOf(node_).next_sibling());
  return n ? Element(n.internal_object(), document_) : Element();
}

Element Element::child(std::string_view name) const noexcept {
  for (Element e = first(); e; e = e.next())
    if (e.name() == name) return e;
  return {};
}

std::string_view Element::text() const noexcept { return node_ ? nodeOf(node_).text().get() : std::string_view{}; }

std::optional<std::string_view> Element::attribute(std::string_view name) const noexcept {
  for (pugi::xml_attribute a = nodeOf(node_).first_attribute(); a; a = a.next_attribute())
    if (name == a.name()) return std::string_view(a.value());
  return std::nullopt;
}

std::string_view Element::attribute(std::string_view name, std::string_view otherwise) const noexcept {
  return attribute(name).value_or(otherwise);
}

std::string_view Element::required(std::string_view name) const {
  if (const auto text = attribute(name)) return *text;
  error(Code::missingAttribute, "<" + std::string(this->name()) + "> needs the attribute " + std::string(name) + ".");
  return {};
}

std::optional<double> Element::number(std::string_view name) const {
  const auto text = attribute(name);
  if (!text) return std::nullopt;
  const auto x = parseDouble(*text);
  if (!x || *x != *x) {
    error(Code::badValue, "\"" + std::string(*text) + "\" is not a number.", name);
    return std::nullopt;
  }
  return x;
}

double Element::number(std::string_view name, double otherwise) const { return number(name).value_or(otherwise); }

double Element::requiredNumber(std::string_view name) const {
  if (!attribute(name)) {
    (void)required(name);
    return 0;
  }
  return number(name, 0);
}

int Element::integer(std::string_view name, int otherwise) const {
  const auto text = attribute(name);
  if (!text) return otherwise;
  const auto x = parseInteger(*text);
  if (!x || *x < -2147483648.0 || *x > 2147483647.0) {
    error(Code::badValue, "\"" + std::string(*text) + "\" is not a whole number.", name);
    return otherwise;
  }
  return static_cast<int>(*x);
}

bool Element::boolean(std::string_view name, bool otherwise) const {
  const auto text = attribute(name);
  if (!text) return otherwise;
  const auto b = parseBoolean(*text);
  if (!b) error(Code::badValue, "\"" + std::string(*text) + "\" is neither true nor false.", name);
  return b.value_or(otherwise);
}

void Element::badWord(std::string_view attribute, std::string_view text) const {
  error(Code::badValue, "\"" + std::string(text) + "\" is not a value that the standard allows here.", attribute);
}

void Element::error(Code code, std::string message, std::string_view attribute) const {
  report(Severity::error, code, std::move(message), attribute);
}
void Element::warn(Code code, std::string message, std::string_view attribute) const {
  report(Severity::warning, code, std::move(message), attribute);
}
void Element::note(Code code, std::string message, std::string_view attribute) const {
  report(Severity::note, code, std::move(message), attribute);
}
void Element::report(Severity severity, Code code, std::string message, std::string_view attribute) const {
  document_->report(severity, code, *this, std::move(message), attribute);
}

std::string Element::path() const {
  std::string out;
  for (Element e = *this; e; e = e.parent()) {
    std::string step = "/" + std::string(e.name());
    // A position is given only where siblings of the same name exist.
    std::size_t position = 1;
    bool several = false;
    for (pugi::xml_node n = nodeOf(e.node_).previous_sibling(); n; n = n.previous_sibling())
      if (n.type() == pugi::node_element && localName(n.name()) == e.name()) ++position, several = true;
    for (Element s = e.next(); s && !several; s = s.next()) several = s.name() == e.name();
    if (several) step += "[" + std::to_string(position) + "]";
    out.insert(0, step);
  }
  return out;
}

void* Element::firstAttribute() const noexcept { return nodeOf(node_).first_attribute().internal_object(); }
void* Element::nextAttribute(void* a) noexcept {
  return pugi::xml_attribute(static_cast<pugi::xml_attribute_struct*>(a)).next_attribute().internal_object();
}
std::string_view Element::attributeName(void* a) noexcept {
  return pugi::xml_attribute(static_cast<pugi::xml_attribute_struct*>(a)).name();
}
std::string_view Element::attributeValue(void* a) noexcept {
  return pugi::xml_attribute(static_cast<pugi::xml_attribute_struct*>(a)).value();
}

// --- Document ----------------------------------------------------------------------------------------------

Document::Document(std::string_view source, const Limits& limits)
    : source_(source), limits_(limits), tree_(std::make_unique<Tree>()) {}
Document::~Document() = default;

bool Document::parse() {
  if (source_.size() > limits_.documentBytes) {
    report(Severity::error, Code::tooLarge, {},
           "The document has " + std::to_string(source_.size()) + " bytes; the limit is " +
               std::to_string(limits_.documentBytes) + ". Raise limits.documentBytes if you trust it.");
    return false;
  }
  tree_->buffer.assign(source_.begin(), source_.end());
  constexpr unsigned flags = (pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single) & ~0u;
  const pugi::xml_parse_result result =
      tree_->document.load_buffer_inplace(tree_->buffer.data(), tree_->buffer.size(), flags);
  if (!result) {
    Diagnostic d;
    d.code = Code::notXml;
    const std::size_t offset =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), source_.size());
    d.line = 1 + static_cast<std::uint32_t>(std::count(source_.begin(), source_.begin() + offset, '\n'));
    const std::size_t newline = source_.substr(0, offset).rfind('\n');
    d.column = static_cast<std::uint32_t>(offset - (newline == std::string_view::npos ? 0 : newline + 1) + 1);
    d.message = std::string("The file is not well-formed XML: ") + result.description() + ".";
    diagnostics_.push_back(std::move(d));
    ++errors_;
    return false;
  }
  for (pugi::xml_node n = tree_->document.first_child(); n; n = n.next_sibling())
    if (n.type() == pugi::node_doctype) {
      report(Severity::error, Code::forbiddenMarkup, {},
             "The document has a DOCTYPE. Document types and entities are not read; remove the declaration.");
      return false;
    }
  return checkStructure();
}

bool Document::checkStructure() {
  // Depth and size first, without recursion: everything later may recurse as deep as this allows.
  std::uint32_t depth = 1, elements = 0, roots = 0;
  for (pugi::xml_node n = tree_->document.first_child(); n; n = n.next_sibling())
    roots += n.type() == pugi::node_element;
  pugi::xml_node n = tree_->document.document_element();
  if (!n || roots != 1) {
    report(Severity::error, Code::notXml, {}, "The document needs exactly one root element.");
    return false;
  }
  const pugi::xml_node root = n;
  while (true) {
    if (n.type() == pugi::node_element && ++elements > limits_.elements) {
      report(Severity::error, Code::tooManyElements, {},
             "The document has more than " + std::to_string(limits_.elements) + " elements (limits.elements).");
      return false;
    }
    if (n.first_child()) {
      if (++depth > limits_.depth) {
        report(Severity::error, Code::tooDeep, {},
               "The document is nested more than " + std::to_string(limits_.depth) + " elements deep (limits.depth).");
        return false;
      }
      n = n.first_child();
      continue;
    }
    while (n != root && !n.next_sibling()) n = n.parent(), --depth;
    if (n == root) return true;
    n = n.next_sibling();
  }
}

Element Document::root() noexcept { return {tree_->document.document_element().internal_object(), this}; }

void Document::report(Severity severity, Code code, Element at, std::string message, std::string_view attribute) {
  errors_ += severity == Severity::error;
  if (diagnostics_.size() >= limits_.reportedDiagnostics) {
    ++unlisted_;
    return;
  }
  Diagnostic d;
  d.code = code;
  d.severity = severity;
  d.message = std::move(message);
  if (at) {
    d.path = at.path();
    if (!attribute.empty()) d.path += "/@" + std::string(attribute);
    const std::ptrdiff_t offset = nodeOf(at.node_).offset_debug();
    if (offset >= 0 && static_cast<std::size_t>(offset) <= source_.size()) {
      const std::string_view before = source_.substr(0, static_cast<std::size_t>(offset));
      d.line = 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
      const std::size_t newline = before.rfind('\n');
      d.column = static_cast<std::uint32_t>(before.size() - (newline == std::string_view::npos ? 0 : newline + 1));
    }
  }
  diagnostics_.push_back(std::move(d));
}

Diagnostics Document::take() {
  if (unlisted_ != 0) {
    Diagnostic d;
    d.code = Code::limitReached;
    d.severity = errors_ != 0 ? Severity::error : Severity::note;
    d.message = std::to_string(unlisted_) + " more findings are not listed (limits.reportedDiagnostics).";
    diagnostics_.push_back(std::move(d));
  }
  return std::move(diagnostics_);
}

}  // namespace scorelet::xml
