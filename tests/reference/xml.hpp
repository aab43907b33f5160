// Reading pugixml's tree by local names, with defaults where the schema has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace scorelet::reference {

using Node = pugi::xml_node;

[[nodiscard]] std::string_view localName(Node node);
[[nodiscard]] Node child(Node parent, std::string_view name);
[[nodiscard]] std::vector<Node> children(Node parent, std::string_view name = {});
/// All elements of that name below `node`, in document order.
[[nodiscard]] std::vector<Node> descendants(Node node, std::string_view name);
[[nodiscard]] std::optional<std::string> attribute(Node node, const char* name);
[[nodiscard]] std::string attributeOr(Node node, const char* name, std::string_view otherwise);
[[nodiscard]] std::optional<double> number(Node node, const char* name);
[[nodiscard]] double numberOr(Node node, const char* name, double otherwise);
[[nodiscard]] bool flag(Node node, const char* name, bool otherwise);
[[nodiscard]] std::string textIn(Node node);
/// The items of an Array: separated by blanks, quotes group, \" is a quote.
[[nodiscard]] std::vector<std::string> arrayItems(Node array);

/// EXPRESSION and PREDICATE of the schema.
[[nodiscard]] bool isExpression(Node node);
[[nodiscard]] Node expressionIn(Node parent);
[[nodiscard]] Node predicateIn(Node parent);

}  // namespace scorelet::reference
