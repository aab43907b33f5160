#include "xml/document.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/strings.hpp"
#include "xml/packed.hpp"

namespace scorelet::xml {

// --- Element -----------------------------------------------------------------------------------------------

std::string_view Element::prefix() const noexcept {
  const Name& name = tree().names[nameId()];
  const std::size_t length = name.whole.size() - name.local.size();
  return name.whole.substr(0, length == 0 ? 0 : length - 1);
}

bool Element::isMentioned(std::string_view name) const noexcept {
  const Names& names = tree().names;
  for (std::uint32_t id = 0; id < names.size(); ++id)
    if (names[id].local == name) return true;
  return false;
}

Element Element::afterAll() const noexcept {
  for (Element e = *this; e; e = e.parent())
    if (const Element next = e.next()) return next;
  return {};
}

Element Element::child(std::string_view name) const noexcept {
  for (Element e = first(); e; e = e.next())
    if (e.name() == name) return e;
  return {};
}

std::string_view Element::text() const noexcept {
  return document_ == nullptr || row().text == kNoRow ? std::string_view{} : tree().texts[row().text];
}

std::string_view Element::attribute(std::string_view name, std::string_view otherwise) const {
  return attribute(name).value_or(otherwise);
}

std::string_view Element::required(std::string_view name) const {
  if (const auto text = attribute(name)) return *text;
  error(Code::missingAttribute, "<" + std::string(this->name()) + "> needs the attribute " + std::string(name) + ".");
  return {};
}

std::string_view Element::required(Key key) const {
  const auto text = attribute(key);
  return text ? *text : required(nameOf(key));
}

std::optional<double> Element::numberOf(const AttributeRow* row, std::string_view name) const {
  if (row == nullptr) return std::nullopt;
  if (row->length == kNumber) return value(tree().numbers[row->number]);
  const std::string_view text(row->text, row->length);
  const auto x = parseDouble(text);
  if (!x || *x != *x) {
    error(Code::badValue, "\"" + std::string(text) + "\" is not a number.", name);
    return std::nullopt;
  }
  return x;
}

double Element::number(std::string_view name, double otherwise) const { return number(name).value_or(otherwise); }

double Element::requiredNumber(std::string_view name) const {
  if (!has(name)) {
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

void Element::error(Code code, std::string_view message, std::string_view attribute) const {
  report(Severity::error, code, message, attribute);
}
void Element::warn(Code code, std::string_view message, std::string_view attribute) const {
  report(Severity::warning, code, message, attribute);
}
void Element::note(Code code, std::string_view message, std::string_view attribute) const {
  report(Severity::note, code, message, attribute);
}
void Element::report(Severity severity, Code code, std::string_view message, std::string_view attribute) const {
  document_->report(severity, code, *this, message, attribute);
}

std::string Element::path() const {
  std::string out;
  for (Element e = *this; e; e = e.parent()) {
    std::string step = "/" + std::string(e.name());
    // A position is given only where siblings of the same name exist.
    std::size_t position = 1;
    bool several = false;
    const Element parent = e.parent();
    for (Element s = parent ? parent.first() : e; s; s = s.next()) {
      if (s == e || s.name() != e.name()) continue;
      several = true;
      position += s.index_ < e.index_;
    }
    if (several) step += "[" + std::to_string(position) + "]";
    out.insert(0, step);
  }
  return out;
}

// --- Document ----------------------------------------------------------------------------------------------

bool Document::parse() {
  if (source_.size() > limits_.documentBytes) {
    report(Severity::error, Code::tooLarge, {},
           "The document has " + std::to_string(source_.size()) + " bytes; the limit is " +
               std::to_string(limits_.documentBytes) + ". Raise limits.documentBytes if you trust it.");
    return false;
  }
  return isPacked(source_) ? unpackSource() : parseXml();
}

bool Document::unpackSource() {
  const auto refuse = [&](Code code, std::string_view message) {
    report(Severity::error, code, {}, message);
    return false;
  };
  switch (unpack(source_, limits_, tree_, origin_)) {
    case PackedFault::none: return true;
    case PackedFault::version:
      return refuse(Code::unsupportedVersion,
                    "This compiled model was written by another version of Scorelet. Compile it again from its PMML.");
    case PackedFault::checksum:
      return refuse(Code::notPmml, "This compiled model is damaged (its checksum differs). Copy or compile it again.");
    case PackedFault::content: return refuse(Code::notPmml, "This is not a compiled model, or a damaged one.");
    case PackedFault::tooManyElements: return refuse(Code::tooManyElements, tooManyElements());
    case PackedFault::tooDeep: return refuse(Code::tooDeep, tooDeep());
  }
  return false;
}

std::string Document::tooManyElements() const {
  return "The document has more than " + std::to_string(limits_.elements) + " elements (limits.elements).";
}
std::string Document::tooDeep() const {
  return "The document is nested more than " + std::to_string(limits_.depth) + " elements deep (limits.depth).";
}

std::uint64_t Document::hash() const noexcept { return isPacked(source_) ? origin_.hash : hashText(source_); }

const Sha256* Document::sha256() const noexcept { return isPacked(source_) ? &origin_.sha256 : nullptr; }

std::string_view Document::printed(std::size_t number) {
  if (printedAt_.empty()) printedAt_.resize(tree_.numbers.size());
  std::uint32_t& at = printedAt_[number];
  if (at == 0) {
    printed_.emplace_back(print(tree_.numbers[number]));
    at = static_cast<std::uint32_t>(printed_.size());
  }
  return printed_[at - 1];
}

Element Document::root() noexcept { return {0, this}; }

void Document::report(Severity severity, Code code, Element at, std::string_view message, std::string_view attribute) {
  errors_ += severity == Severity::error;
  if (diagnostics_.size() >= limits_.reportedDiagnostics) {
    ++unlisted_;
    return;
  }
  Diagnostic d;
  d.code = code;
  d.severity = severity;
  d.message = message;
  if (at) {
    d.path = at.path();
    if (!attribute.empty()) d.path += "/@" + std::string(attribute);
    place(d, at.row().position);
  }
  // What several models need is compiled for each of them; its faults are told once.
  const auto isSame = [&](const Diagnostic& known) {
    return known.code == d.code && known.line == d.line && known.path == d.path && known.message == d.message;
  };
  if (std::none_of(diagnostics_.begin(), diagnostics_.end(), isSame)) diagnostics_.push_back(std::move(d));
}

void Document::place(Diagnostic& d, std::size_t position) const {
  if (isPacked(source_)) {
    d.line = static_cast<std::uint32_t>(position);
    return;
  }
  const std::string_view before = source_.substr(0, position);
  d.line = 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t newline = before.rfind('\n');
  d.column = static_cast<std::uint32_t>(before.size() - (newline == std::string_view::npos ? 0 : newline + 1));
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
