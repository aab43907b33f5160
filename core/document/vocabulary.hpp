// Every element of PMML 3.0 to 4.4.1 with the attributes and children it may carry: the table behind
// "unknown element" and "unknown attribute".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace scorelet::document {

struct ElementRule {
  enum class Content : std::uint8_t {
    elements,  ///< only the listed children
    any,       ///< markup of any vocabulary: Extension, and the cells of a table row
  };
  std::string_view name;
  std::span<const std::string_view> attributes;  ///< sorted; includes names of older versions and common `x-` ones
  std::span<const std::uint16_t> children;       ///< indices into `allElements()`
  Content content = Content::elements;
};

/// By local name, whatever the namespace; null when PMML has no such element.
[[nodiscard]] const ElementRule* findElement(std::string_view localName) noexcept;

/// Whether the element may carry this attribute. Namespace declarations and attributes with a prefix are the caller's.
[[nodiscard]] bool knowsAttribute(const ElementRule& rule, std::string_view name) noexcept;

/// Whether the element may have a child of this name. `Extension` counts only where the schema lists it, but is
/// accepted everywhere by readers; elements with content `any` accept whatever they hold.
[[nodiscard]] bool knowsChild(const ElementRule& rule, std::string_view localName) noexcept;

/// All rules, sorted by name.
[[nodiscard]] std::span<const ElementRule> allElements() noexcept;

}  // namespace scorelet::document
