#include "models/taxonomy.hpp"

#include <set>

#include "document/tables.hpp"

namespace scorelet::models {

namespace {

/// The column of a table that holds a field of the relation: its own name, or what a FieldColumnPair says.
std::string_view columnOf(xml::Element childParent, std::string_view field) {
  for (xml::Element pair : xml::children(childParent, "FieldColumnPair"))
    if (pair.attribute("field", {}) == field) return pair.required("column");
  return field;
}

}  // namespace

Taxonomy::Taxonomy(xml::Element taxonomy) : at_(taxonomy) {
  constexpr std::pair<std::string_view, bool> kRecursive[] = {{"no", false}, {"yes", true}};
  (void)taxonomy.required("name");
  for (xml::Element e : xml::children(taxonomy, "ChildParent")) {
    const std::size_t table = isRecursive_.size();
    isRecursive_.push_back(e.word("isRecursive", false, kRecursive));
    const std::string_view childColumn = columnOf(e, e.required("childField"));
    const std::string_view parentColumn = columnOf(e, e.required("parentField"));
    const xml::Element rows = document::inlineTable(e);
    if (!rows) continue;
    for (xml::Element row : xml::children(rows, "row")) {
      const auto child = document::cell(row, childColumn), parent = document::cell(row, parentColumn);
      // The top of a hierarchy may stand in the table without a parent.
      if (child && parent && !parent->empty()) parents_[*child].push_back({*parent, table});
    }
  }
  if (isRecursive_.empty()) taxonomy.error(Code::missingElement, "A Taxonomy needs a ChildParent table.");
}

std::vector<std::string_view> Taxonomy::ancestors(compile::Builder& builder, std::string_view value) const {
  // A table that is not recursive holds one level: a step through it is not followed by another one through it.
  struct Place {
    std::string_view value;
    std::size_t table;
  };
  std::vector<Place> open{{value, isRecursive_.size()}};
  std::set<std::pair<std::string_view, std::size_t>> seen;
  std::set<std::string_view> found{value};
  std::vector<std::string_view> out;
  while (!open.empty()) {
    const Place at = open.back();
    open.pop_back();
    const auto steps = parents_.find(at.value);
    if (steps == parents_.end()) continue;
    for (const Step& s : steps->second) {
      if (s.table == at.table && !isRecursive_[s.table]) continue;
      if (!seen.emplace(s.parent, s.table).second) continue;
      if (!builder.charge(at_)) return out;
      if (found.insert(s.parent).second) out.push_back(s.parent);
      open.push_back({s.parent, s.table});
    }
  }
  return out;
}

Taxonomy taxonomyOf(compile::Builder& builder, std::string_view field) {
  const document::DataField* data = builder.dictionary().find(field);
  if (data == nullptr) return {};
  const auto name = data->at.attribute("taxonomy");
  if (!name) return {};
  for (xml::Element e : xml::children(data->at.parent(), "Taxonomy"))
    if (e.attribute("name", {}) == *name) return Taxonomy(e);
  data->at.error(Code::unresolvedReference, "The DataDictionary has no Taxonomy named \"" + std::string(*name) + "\".",
                 "taxonomy");
  return {};
}

}  // namespace scorelet::models
