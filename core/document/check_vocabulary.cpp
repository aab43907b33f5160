#include "document/fields.hpp"
#include "document/vocabulary.hpp"

namespace scorelet::document {

namespace {

/// The Gaussian Process chapter of PMML 4.3 spells Array with a small letter in its example; documents follow it.
std::string_view nameOf(xml::Element e) { return e.name() == "array" ? "Array" : e.name(); }

void checkAttributes(xml::Element e, const ElementRule& rule) {
  e.attributes([&](std::string_view name, std::string_view) {
    if (name.find(':') != std::string_view::npos || name == "xmlns" || knowsAttribute(rule, name)) return;
    e.warn(Code::unknownAttribute,
           "PMML has no attribute \"" + std::string(name) + "\" on <" + std::string(e.name()) + ">; it is ignored.",
           name);
  });
}

}  // namespace

void checkVocabulary(xml::Element pmml) {
  // Iterative: the tree may be as deep as the limits allow.
  xml::Element e = pmml;
  const std::string_view prefix = pmml.prefix();
  while (e) {
    bool descends = false;
    const ElementRule* rule = findElement(nameOf(e));
    if (e.prefix() != prefix) {
      e.note(Code::extensionIgnored, "<" + std::string(e.name()) + "> belongs to another vocabulary and is ignored.");
    } else if (rule == nullptr) {
      e.error(Code::unknownElement,
              "PMML has no element <" + std::string(e.name()) +
                  ">, so what it asks for cannot be honoured. Wrap producer-specific content in an Extension.");
    } else {
      checkAttributes(e, *rule);
      if (e.parent() && e.name() != "Extension")
        if (const ElementRule* above = findElement(e.parent().name()); above && !knowsChild(*above, nameOf(e)))
          e.error(Code::unknownElement,
                  "<" + std::string(e.name()) + "> does not belong inside <" + std::string(e.parent().name()) + ">.");
      descends = rule->content == ElementRule::Content::elements;
    }
    if (descends && e.first()) {
      e = e.first();
      continue;
    }
    while (e && !(e == pmml) && !e.next()) e = e.parent();
    e = !e || e == pmml ? xml::Element() : e.next();
  }
}

}  // namespace scorelet::document
