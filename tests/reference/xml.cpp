#include "xml.hpp"

#include "base/number.hpp"

namespace scorelet::reference {

std::string_view localName(Node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Node child(Node parent, std::string_view name) {
  for (Node c : parent.children())
    if (localName(c) == name) return c;
  return {};
}

std::vector<Node> children(Node parent, std::string_view name) {
  std::vector<Node> out;
  for (Node c : parent.children())
    if (c.type() == pugi::node_element && (name.empty() ? localName(c) != "Extension" : localName(c) == name))
      out.push_back(c);
  return out;
}

std::vector<Node> descendants(Node node, std::string_view name) {
  std::vector<Node> out;
  for (Node c : node.children()) {
    if (localName(c) == name) out.push_back(c);
    for (Node d : descendants(c, name)) out.push_back(d);
  }
  return out;
}

std::optional<std::string> attribute(Node node, const char* name) {
  const pugi::xml_attribute a = node.attribute(name);
  return a ? std::optional<std::string>(a.value()) : std::nullopt;
}

std::string attributeOr(Node node, const char* name, std::string_view otherwise) {
  return attribute(node, name).value_or(std::string(otherwise));
}

std::optional<double> number(Node node, const char* name) {
  const auto text = attribute(node, name);
  return text ? parseDouble(*text) : std::nullopt;
}

double numberOr(Node node, const char* name, double otherwise) { return number(node, name).value_or(otherwise); }

bool flag(Node node, const char* name, bool otherwise) {
  const auto text = attribute(node, name);
  return text ? *text == "true" || *text == "1" : otherwise;
}

std::string textIn(Node node) { return node.text().get(); }

std::vector<std::string> arrayItems(Node array) {
  const std::string text = textIn(array);
  std::vector<std::string> items;
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (std::size_t i = 0; i < text.size();) {
    if (isBlank(text[i])) {
      ++i;
      continue;
    }
    std::string item;
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        item += text[i];
      }
      ++i;
    } else {
      while (i < text.size() && !isBlank(text[i])) item += text[i++];
    }
    items.push_back(item);
  }
  return items;
}

bool isExpression(Node node) {
  for (const std::string_view name : {"Constant", "FieldRef", "NormContinuous", "NormDiscrete", "Discretize",
                                      "MapValues", "TextIndex", "Apply", "Aggregate", "Lag"})
    if (localName(node) == name) return true;
  return false;
}

Node expressionIn(Node parent) {
  for (Node c : parent.children())
    if (isExpression(c)) return c;
  return {};
}

Node predicateIn(Node parent) {
  for (Node c : parent.children())
    for (const std::string_view name : {"SimplePredicate", "SimpleSetPredicate", "CompoundPredicate", "True", "False"})
      if (localName(c) == name) return c;
  return {};
}

}  // namespace scorelet::reference
