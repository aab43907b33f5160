#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "document/fields.hpp"
#include "document/vocabulary.hpp"

namespace scorelet::document {

namespace {

/// The Gaussian Process chapter of PMML 4.3 spells Array with a small letter in its example; documents follow it.
std::string_view nameOf(xml::Element e) { return e.name() == "array" ? "Array" : e.name(); }

constexpr ElementRule kForeign = {};  ///< of elements of another vocabulary

/// Pairs of shapes, an element's and its parent's, of which there is nothing to say: a document repeats a few of them
/// a million times. Of two that want the same place the later one is kept.
class Faultless {
 public:
  [[nodiscard]] bool has(std::uint32_t parent, std::uint32_t shape) const noexcept {
    return pairs_[place(parent, shape)] == std::pair(parent, shape);
  }
  void add(std::uint32_t parent, std::uint32_t shape) noexcept { pairs_[place(parent, shape)] = {parent, shape}; }

 private:
  static std::size_t place(std::uint32_t parent, std::uint32_t shape) noexcept {
    return (parent * 31 + shape) % kPairs;
  }
  static constexpr std::size_t kPairs = 1024;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_{kPairs, {xml::kNoRow, xml::kNoRow}};
};

class Checker {
 public:
  explicit Checker(xml::Element pmml) : pmml_(pmml), prefix_(pmml.prefix()) {}

  /// In document order: the tree may be as deep as the limits allow.
  void run() {
    for (xml::Element e = pmml_; e;) {
      const xml::Element parent = e.parent();
      if (parent && faultless_.has(parent.shape(), e.shape())) {
        e = e.following();
        continue;
      }
      isFaultless_ = true;
      const bool goesOn = check(e, parent);
      if (parent && goesOn && isFaultless_) faultless_.add(parent.shape(), e.shape());
      e = goesOn ? e.following() : e.afterAll();
    }
  }

 private:
  /// Whether the children are to be checked too.
  bool check(xml::Element e, xml::Element parent) {
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
    e.attributes([&](std::string_view name) {
      if (name.find(':') != std::string_view::npos || name == "xmlns" || knowsAttribute(*rule, name)) return;
      isFaultless_ = false;
      e.warn(Code::unknownAttribute,
             "PMML has no attribute \"" + std::string(name) + "\" on <" + std::string(e.name()) + ">; it is ignored.",
             name);
    });
    if (parent && !belongs(e, parent)) {
      isFaultless_ = false;
      e.error(Code::unknownElement,
              "<" + std::string(e.name()) + "> does not belong inside <" + std::string(parent.name()) + ">.");
    }
    return rule->content == ElementRule::Content::elements;
  }

  bool belongs(xml::Element e, xml::Element parent) {
    if (e.name() == "Extension") return true;
    const ElementRule* above = ruleOf(parent);
    return above == nullptr || knowsChild(*above, nameOf(e));
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
  Faultless faultless_;
  bool isFaultless_ = true;  ///< the element at hand
};

}  // namespace

void checkVocabulary(xml::Element pmml) { Checker(pmml).run(); }

}  // namespace scorelet::document
