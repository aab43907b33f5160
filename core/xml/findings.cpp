// What is found wrong with a document, and where.
#include <algorithm>
#include <string>

#include "xml/document.hpp"
#include "xml/packed.hpp"

namespace scorelet::xml {

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

std::string Document::tooManyElements() const {
  return "The document has more than " + std::to_string(limits_.elements) + " elements (limits.elements).";
}
std::string Document::tooDeep() const {
  return "The document is nested more than " + std::to_string(limits_.depth) + " elements deep (limits.depth).";
}

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
