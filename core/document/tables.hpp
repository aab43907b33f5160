// InlineTable: rows of named cells (spec: Taxonomy, "InlineTable").
#pragma once

#include <optional>
#include <string_view>

#include "xml/document.hpp"

namespace scorelet::document {

/// The InlineTable child of `parent`, or nothing after a report (external tables are refused).
[[nodiscard]] inline xml::Element inlineTable(xml::Element parent) {
  const xml::Element table = parent.child("InlineTable");
  if (table) return table;
  if (const xml::Element locator = parent.child("TableLocator"))
    locator.error(Code::unsupported,
                  "TableLocator points outside the document; external data is never read. Use an InlineTable.");
  else
    parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs an InlineTable.");
  return {};
}

/// The text of a row's cell; nothing if the row has no such cell. Cells may be in any namespace.
[[nodiscard]] inline std::optional<std::string_view> cell(xml::Element row, std::string_view column) {
  const std::size_t colon = column.find(':');
  const std::string_view local = colon == std::string_view::npos ? column : column.substr(colon + 1);
  for (xml::Element c = row.first(); c; c = c.next())
    if (c.name() == local) return c.text();
  return std::nullopt;
}

}  // namespace scorelet::document
