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

/// The name of a column's cells without their namespace, which may be any.
[[nodiscard]] inline std::string_view localColumn(std::string_view column) {
  const std::size_t colon = column.find(':');
  return colon == std::string_view::npos ? column : column.substr(colon + 1);
}

/// The text of a row's cell; nothing if the row has no such cell.
[[nodiscard]] inline std::optional<std::string_view> cell(xml::Element row, std::string_view column) {
  const std::string_view local = localColumn(column);
  for (xml::Element c = row.first(); c; c = c.next())
    if (c.name() == local) return c.text();
  return std::nullopt;
}

}  // namespace scorelet::document
