#include "models/items.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "document/array.hpp"
#include "models/taxonomy.hpp"

namespace scorelet::models {

namespace {

using namespace compile;

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string setText(const std::vector<std::string_view>& items) {
  std::string out = "{";
  for (const std::string_view item : items) out.append(out.size() == 1 ? "" : ",").append(item);
  return out += '}';
}

class ItemReader {
 public:
  explicit ItemReader(ModelContext& context) : scope_(context.scope), model_(context.model) {
    for (const document::MiningField& f : scope_.schema().fields) {
      if (f.usageType != UsageType::active) continue;
      const Binding* binding = scope_.resolveAny(f.name, f.at, "name");
      if (binding == nullptr) continue;
      Field field;
      field.name = f.name;
      field.source.slot = binding->value.slot;
      field.source.sets = binding->sets;
      field.source.isList = binding->isList || binding->value.type == DataType::list;
      field.type = binding->value.type == DataType::list ? binding->value.item : binding->value.type;
      fields_.push_back(std::move(field));
    }
    if (fields_.empty()) model_.error(Code::unresolvedField, "The model needs an active field that holds its items.");
  }

  Items read() {
    for (xml::Element e : xml::children(model_)) {
      if (e.name() != "Item" && e.name() != "Itemset" && e.name() != "SetPredicate") continue;
      if (!scope_.builder().charge(e)) break;
      if (e.name() == "Item")
        readItem(e);
      else if (e.name() == "Itemset")
        readItemset(e);
      else
        readSetPredicate(e);
    }
    for (Field& f : fields_) addDescendants(f);
    for (Field& f : fields_)
      for (ItemSource* s : {&f.source, &f.flag}) {
        if (s->items.empty()) continue;
        sort(s->items);
        items_.sources.push_back(std::move(*s));
      }
    return std::move(items_);
  }

 private:
  struct Field {
    std::string_view name;
    DataType type = DataType::string;
    ItemSource source;
    ItemSource flag;  ///< the same column read as true or false
    std::vector<std::pair<std::string_view, std::uint32_t>> texts;
  };
  struct Item {
    std::uint32_t index;
    std::string_view text;
  };

  Field* find(std::string_view name) {
    for (Field& f : fields_)
      if (f.name == name) return &f;
    return nullptr;
  }

  void addValue(Field& f, std::string_view text, std::uint32_t item, xml::Element at, std::string_view attribute) {
    const Value v = scope_.builder().literal(text, f.type, at, attribute);
    if (!isPresent(v)) return;  // reported
    f.source.items.emplace_back(v, item);
    f.texts.emplace_back(text, item);
  }

  /// A column that is true where the item is there.
  void addFlag(Field& f, std::uint32_t item) {
    if (f.flag.slot == kNoSlot) f.flag.slot = castTo(scope_, {f.source.slot, f.type}, DataType::boolean).slot;
    f.flag.items.emplace_back(fromBool(true), item);
  }

  /// Where an item is found (spec: Association Rules, "Item"): among the values of a group, as one value of a column,
  /// or as a column that holds true and false.
  void readItem(xml::Element e) {
    const std::string_view id = e.required("id"), value = e.required("value");
    const std::uint32_t index = items_.count++;
    if (!itemById_.emplace(id, Item{index, value}).second)
      e.error(Code::duplicateName, "There are two items with the id " + quoted(id) + ".", "id");
    const auto category = e.attribute("category");
    if (const auto name = e.attribute("field")) {
      Field* field = find(*name);
      if (field == nullptr)
        e.error(Code::unresolvedField, quoted(*name) + " is not an active field of the model.", "field");
      else if (category)
        addValue(*field, *category, index, e, "category");
      else if (value == *name && !field->source.isList)
        addFlag(*field, index);
      else
        addValue(*field, value.starts_with(std::string(*name) + "=") ? value.substr(name->size() + 1) : value, index, e,
                 "value");
      return;
    }
    const std::string_view text = category.value_or(value);
    if (Field* column = find(text); column != nullptr && !column->source.isList) return addFlag(*column, index);
    for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1))
      if (Field* column = find(text.substr(0, at))) return addValue(*column, text.substr(at + 1), index, e, "value");
    bool isFound = false;
    for (Field& f : fields_)
      if (f.source.isList) addValue(f, text, index, e, category ? "category" : "value"), isFound = true;
    if (!isFound && !fields_.empty())
      e.error(Code::unresolvedField,
              "No active field can hold the item " + quoted(text) +
                  ": it is neither named like a column nor written as column=value, and no field holds the items of a "
                  "group. Name its field and category.",
              "value");
  }

  void readItemset(xml::Element e) {
    ItemSet set;
    std::vector<std::string_view> texts;
    set.support = e.number("support").value_or(missing());
    for (xml::Element r : xml::children(e, "ItemRef")) {
      if (!scope_.builder().charge(r)) break;
      const std::string_view id = r.required("itemRef");
      const auto item = itemById_.find(id);
      if (item == itemById_.end()) {
        r.error(Code::unresolvedReference, "There is no item with the id " + quoted(id) + " before this.", "itemRef");
        continue;
      }
      set.items.push_back(item->second.index);
      texts.push_back(item->second.text);
    }
    addSet(e, std::move(set), texts);
  }

  /// A set of values that a field must hold (deprecated since 3.1).
  void readSetPredicate(xml::Element e) {
    const std::string_view name = e.required("field");
    if (const auto word = e.attribute("operator"); word && *word != "supersetOf")
      e.error(Code::badValue, "A SetPredicate has only the operator supersetOf.", "operator");
    Field* field = find(name);
    if (field == nullptr)
      return e.error(Code::unresolvedField, quoted(name) + " is not an active field of the model.", "field");
    const xml::Element array = e.child("Array");
    if (!array) return e.error(Code::missingElement, "A SetPredicate needs an Array of values.");
    ItemSet set;
    std::vector<std::string_view> texts;
    for (std::string& text : document::readArray(array)) {
      if (!scope_.builder().charge(array)) break;
      texts.push_back(scope_.builder().keep(std::move(text)));
      addValue(*field, texts.back(), items_.count, array, {});
      set.items.push_back(items_.count++);
    }
    addSet(e, std::move(set), texts);
  }

  void addSet(xml::Element e, ItemSet set, const std::vector<std::string_view>& texts) {
    sort(set.items);
    set.items.erase(std::unique(set.items.begin(), set.items.end()), set.items.end());
    set.text = setText(texts);
    const std::string_view id = e.required("id");
    if (!items_.setById.emplace(id, static_cast<std::uint32_t>(items_.sets.size())).second)
      e.error(Code::duplicateName, "There are two sets with the id " + quoted(id) + ".", "id");
    items_.sets.push_back(std::move(set));
  }

  /// What stands below an item in the field's taxonomy is that item too.
  void addDescendants(Field& f) {
    if (f.texts.empty()) return;
    const Taxonomy taxonomy = taxonomyOf(scope_.builder(), f.name);
    if (!taxonomy) return;
    sort(f.texts);
    taxonomy.forEachAncestor(scope_.builder(), [&](std::string_view child, std::string_view ancestor) {
      auto at = std::lower_bound(f.texts.begin(), f.texts.end(), std::pair(ancestor, std::uint32_t{0}));
      if (at == f.texts.end() || at->first != ancestor) return;
      const Value v = scope_.builder().literal(child, f.type, scope_.builder().dictionary().find(f.name)->at);
      for (; at != f.texts.end() && at->first == ancestor && isPresent(v); ++at)
        f.source.items.emplace_back(v, at->second);
    });
  }

  Scope& scope_;
  xml::Element model_;
  std::vector<Field> fields_;
  std::map<std::string_view, Item> itemById_;
  Items items_;
};

}  // namespace

void ItemSource::mark(Value v, std::uint8_t* marks) const noexcept {
  auto at = std::lower_bound(items.begin(), items.end(), std::pair(v, std::uint32_t{0}));
  for (; at != items.end() && at->first == v; ++at) marks[at->second] = 1;
}

std::size_t Items::bytes() const noexcept {
  std::size_t n = 0;
  for (const ItemSource& s : sources) n += s.items.size() * sizeof(s.items[0]);
  for (const ItemSet& s : sets) n += sizeof(ItemSet) + s.items.size() * sizeof(std::uint32_t) + s.text.size();
  return n;
}

Items readItems(ModelContext& context) { return ItemReader(context).read(); }

bool isGrouped(xml::Element model) {
  for (xml::Element e = model; e; e = e.parent())
    for (xml::Element f : xml::children(e.child("MiningSchema"), "MiningField"))
      if (f.attribute("usageType", {}) == "group") return true;
  return false;
}

std::vector<std::string_view> activeFields(xml::Element model) {
  std::vector<std::string_view> names;
  for (xml::Element f : xml::children(model.child("MiningSchema"), "MiningField"))
    if (f.attribute("usageType", "active") == "active") names.push_back(f.attribute("name", {}));
  return names;
}

}  // namespace scorelet::models
