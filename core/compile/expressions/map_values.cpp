// MapValues (spec: Transformations, "Map Values").
#include <algorithm>
#include <numeric>

#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "document/tables.hpp"
#include "program/steps.hpp"

namespace scorelet::compile::expressions {

TypedSlot mapValues(const ExpressionContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  const DataType type = document::readDataType(e, false).value_or(context.wanted.value_or(DataType::string));
  const std::string_view outputColumn = e.required("outputColumn");
  std::vector<Slot> keys;
  std::vector<DataType> keyTypes;
  std::vector<std::string_view> columns;
  bool isComplete = true;
  for (xml::Element p : xml::children(e, "FieldColumnPair")) {
    columns.push_back(p.required("column"));
    const Binding* field = context.resolve(p.required("field"), p);
    isComplete &= field != nullptr;
    keys.push_back(field ? field->value.slot : kNoSlot);
    keyTypes.push_back(field ? field->value.type : DataType::string);
  }
  if (keys.empty()) e.error(Code::missingElement, "MapValues needs a FieldColumnPair.");
  const xml::Element table = document::inlineTable(e);
  if (!table || !isComplete || keys.empty()) return {};

  std::vector<Value> cells, values;
  for (xml::Element row : xml::children(table, "row")) {
    std::vector<Value> key;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const auto text = document::cell(row, columns[k]);
      if (!text) {
        row.error(Code::missingElement, "The row has no cell \"" + std::string(columns[k]) + "\".");
        break;
      }
      const Value lane = keyTypes[k] == DataType::string ? builder.symbol(*text) : parseText(*text, keyTypes[k]);
      if (!isPresent(lane)) {
        row.warn(Code::badValue, "The cell \"" + std::string(columns[k]) +
                                     "\" is not of the field's data type; the row can never match.");
        break;
      }
      key.push_back(lane);
    }
    if (key.size() != columns.size()) continue;
    const auto out = document::cell(row, outputColumn);
    cells.insert(cells.end(), key.begin(), key.end());
    values.push_back(out ? builder.literal(*out, type, row) : missing());
  }
  // Sorted by key; equal keys keep the document's order, and the first of them is found.
  const std::size_t width = keys.size();
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0u);
  sort(order, [&](std::uint32_t a, std::uint32_t b) {
    for (std::size_t k = 0; k < width; ++k)
      if (cells[a * width + k] != cells[b * width + k]) return cells[a * width + k] < cells[b * width + k];
    return a < b;
  });
  auto& step = context.scope.emit<program::MapValuesStep>();
  step.keys = std::move(keys);
  step.to = builder.newSlot();
  step.type = type;
  for (const std::uint32_t i : order) {
    step.rows.insert(step.rows.end(), cells.begin() + static_cast<std::ptrdiff_t>(i * width),
                     cells.begin() + static_cast<std::ptrdiff_t>((i + 1) * width));
    step.values.push_back(values[i]);
  }
  if (const auto text = e.attribute("mapMissingTo"))
    step.mapMissingTo = builder.literal(*text, type, e, "mapMissingTo");
  if (const auto text = e.attribute("defaultValue"))
    step.defaultValue = builder.literal(*text, type, e, "defaultValue");
  return {step.to, type};
}

}  // namespace scorelet::compile::expressions
