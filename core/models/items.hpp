// Items and sets of items (spec: Association Rules, Sequences): which of them a record holds.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compile/model.hpp"

namespace scorelet::models {

using compile::Slot;

/// A field in which items are found.
struct ItemSource {
  Slot slot = compile::kNoSlot;
  Slot sets = compile::kNoSlot;  ///< of a list of lists: where each one ends in the list at `slot`
  bool isList = false;
  std::vector<std::pair<Value, std::uint32_t>> items;  ///< value → item, sorted

  /// Marks the items that `v`, a value of this field, stands for.
  void mark(Value v, std::uint8_t* marks) const noexcept;
};

/// Itemset, or a SetPredicate of a sequence model.
struct ItemSet {
  std::vector<std::uint32_t> items;  ///< sorted, each once
  Value support = missing();
  std::string text;  ///< `{a,b}`
  /// The text of one item stands without braces where it stands alone.
  [[nodiscard]] std::string_view words() const noexcept {
    return items.size() == 1 ? std::string_view(text).substr(1, text.size() - 2) : std::string_view(text);
  }
  [[nodiscard]] bool isIn(const std::uint8_t* marks) const noexcept {
    for (const std::uint32_t i : items)
      if (marks[i] == 0) return false;
    return true;
  }
};

/// All items and sets of a model.
struct Items {
  std::uint32_t count = 0;
  std::vector<ItemSource> sources;
  std::vector<ItemSet> sets;
  std::map<std::string_view, std::uint32_t> setById;

  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// Reads Item, Itemset and SetPredicate; faults are reported.
[[nodiscard]] Items readItems(compile::ModelContext& context);

/// True if the model, or one that encloses it, collects the records of a group.
[[nodiscard]] bool isGrouped(xml::Element model);

/// Names of the model's active fields, as its MiningSchema lists them.
[[nodiscard]] std::vector<std::string_view> activeFields(xml::Element model);

}  // namespace scorelet::models
