#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "document/fields.hpp"
#include "document/vocabulary.hpp"

namespace scorelet::document {

namespace {

/// The Gaussian Process chapter of PMML 4.3 spells Array with a small letter in its example; documents follow it.
std::string_view nameOf(xml::Element e) { return e.name() == "array" ? "Array" : e.name(); }

constexpr ElementRule kForeign = {};  ///< of elements of another vocabulary

/// Answers about pairs of names, each found once: a document repeats a few hundred pairs millions of times.
class Memo {
 public:
  explicit Memo(std::size_t names) : names_(std::min(names, kMostNames)), known_(names_ * names_) {}

  template <class F>
  bool operator()(std::uint32_t a, std::uint32_t b, const F& answer) {
    if (a >= names_ || b >= names_) return answer();
    std::uint8_t& known = known_[a * names_ + b];
    if (known == 0) known = answer() ? 2 : 1;
    return known == 2;
  }

 private:
  static constexpr std::size_t kMostNames = 512;
  std::size_t names_;
  std::vector<std::uint8_t> known_;
};

class Checker {
 public:
  Checker(xml::Element pmml, std::size_t names)
      : pmml_(pmml), prefix_(pmml.prefix()), attributes_(names), children_(names) {}

  /// In document order: the tree may be as deep as the limits allow.
  void run() {
    for (xml::Element e = pmml_; e;) e = check(e) ? e.following() : e.afterAll();
  }

 private:
  /// Whether the children are to be checked too.
  bool check(xml::Element e) {
    const ElementRule* rule = ruleOf(e);
    if (rule == &kForeign) {
      e.note(Code::extensionIgnored, "<" + std::string(e.name()) + "> belongs to another vocabulary and is ignored.");
      return false;
    }
    if (rule == nullptr) {
      e.error(Code::unknownElement,
              "PMML has no element <" + std::string(e.name()) +
                  ">, so what it asks for cannot be honoured. Wrap producer-specific content in an Extension.");
      return false;
    }
    e.attributes([&](std::string_view name, std::uint32_t id) {
      const auto isKnown = [&] {
        return name.find(':') != std::string_view::npos || name == "xmlns" || knowsAttribute(*rule, name);
      };
      if (attributes_(e.nameId(), id, isKnown)) return;
      e.warn(Code::unknownAttribute,
             "PMML has no attribute \"" + std::string(name) + "\" on <" + std::string(e.name()) + ">; it is ignored.",
             name);
    });
    if (const xml::Element parent = e.parent()) {
      const auto belongs = [&] {
        if (e.name() == "Extension") return true;
        const ElementRule* above = ruleOf(parent);
        return above == nullptr || knowsChild(*above, nameOf(e));
      };
      if (!children_(parent.nameId(), e.nameId(), belongs))
        e.error(Code::unknownElement,
                "<" + std::string(e.name()) + "> does not belong inside <" + std::string(parent.name()) + ">.");
    }
    return rule->content == ElementRule::Content::elements;
  }

  const ElementRule* ruleOf(xml::Element e) {
    const std::uint32_t id = e.nameId();
    if (id >= rules_.size()) rules_.resize(id + 1);
    if (!rules_[id]) rules_[id] = e.prefix() == prefix_ ? findElement(nameOf(e)) : &kForeign;
    return *rules_[id];
  }

  xml::Element pmml_;
  std::string_view prefix_;
  std::vector<std::optional<const ElementRule*>> rules_;
  Memo attributes_, children_;
};

}  // namespace

void checkVocabulary(xml::Element pmml, std::size_t names) { Checker(pmml, names).run(); }

}  // namespace scorelet::document
