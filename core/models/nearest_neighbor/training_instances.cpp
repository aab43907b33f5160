#include "base/number.hpp"
#include "compile/expression.hpp"
#include "document/tables.hpp"
#include "models/nearest_neighbor/nearest_neighbor.hpp"

namespace scorelet::models::nearest_neighbor {

using compile::Binding;
using compile::Builder;
using compile::Scope;

TrainingInstances::TrainingInstances(compile::ModelContext& context) : context_(context) {
  const xml::Element e = context.model.child("TrainingInstances");
  if (!e) {
    context.model.error(Code::missingElement, "NearestNeighborModel needs TrainingInstances.");
    return;
  }
  isTransformed_ = e.boolean("isTransformed", false);
  for (xml::Element f : xml::children(e.child("InstanceFields"), "InstanceField")) {
    const std::string_view field = f.required("field");
    const std::string_view column = document::localColumn(f.attribute("column", field));
    if (!fields_.emplace(field, column).second)
      f.error(Code::duplicateName, "The instance field \"" + std::string(field) + "\" is listed twice.", "field");
    columns_.try_emplace(column);
  }
  if (fields_.empty()) e.error(Code::missingElement, "TrainingInstances need InstanceFields.");
  const xml::Element table = document::inlineTable(e);
  if (!table) return;
  readCells(table);
  if (rows_.empty()) table.error(Code::emptyModel, "There is no stored record to compare with.");
  const auto counted = [&](std::string_view attribute, std::size_t there) {
    if (const auto n = e.number(attribute); n && *n != static_cast<double>(there))
      e.warn(Code::badValue, "There are " + std::to_string(there) + ", not " + std::string(attribute) + ".", attribute);
  };
  counted("recordCount", rows_.size());
  counted("fieldCount", fields_.size());
  isRead_ = !rows_.empty() && !fields_.empty();
}

/// One pass over the table: rows may have thousands of cells.
void TrainingInstances::readCells(xml::Element table) {
  for (xml::Element row : xml::children(table, "row")) {
    if (!context_.scope.builder().charge(row)) return;
    const auto number = static_cast<std::uint32_t>(rows_.size());
    rows_.push_back(row);
    for (xml::Element c : xml::children(row)) {
      const auto column = columns_.find(c.name());
      if (column == columns_.end()) continue;
      auto& cells = column->second;
      if (cells.empty() || cells.back().row != number) cells.push_back({number, c.text()});
    }
  }
}

std::vector<Value> TrainingInstances::stored(std::string_view field, DataType type) const {
  Builder& builder = context_.scope.builder();
  std::vector<Value> lanes(rows_.size(), missing());
  for (const Cell& c : columns_.find(fields_.find(field)->second)->second) {
    const std::string_view word = trim(c.text);
    if (type == DataType::string)
      lanes[c.row] = builder.symbol(c.text);
    else if (!word.empty() && !(word == "NaN" && isNumeric(type)))
      lanes[c.row] = builder.literal(word, type, rows_[c.row]);
  }
  return lanes;
}

/// A column of raw values after the treatments of the MiningSchema, which all data of a model passes.
const std::vector<Value>& TrainingInstances::raw(std::string_view field, DataType type) {
  const auto [at, isNew] = raw_.try_emplace({field, type});
  if (!isNew) return at->second;
  Builder& builder = context_.scope.builder();
  std::vector<Value>& lanes = at->second = stored(field, type);
  const document::DataField* data = builder.dictionary().find(field);
  const document::MiningField* mining = context_.scope.schema().find(field);
  if (data == nullptr || mining == nullptr) return lanes;
  const program::Treatment treatment =
      makeTreatment(builder, mining, field, type, data->values, data->intervals, false, mining->at);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    lanes[i] = treatment.apply(lanes[i]);
    if (isInvalid(lanes[i]))
      rows_[i].error(Code::invalidValue,
                     "The stored value of \"" + std::string(field) + "\" is invalid for its field.");
  }
  return lanes;
}

std::vector<Value> TrainingInstances::lanes(std::string_view field, DataType type, xml::Element at) {
  if (has(field)) return isTransformed_ ? stored(field, type) : raw(field, type);
  if (!isTransformed_) return derived(field, type, at);
  at.error(Code::unresolvedReference, "The stored records have no column of \"" + std::string(field) + "\".", "field");
  return {};
}

/// Runs the field's expression over the stored records, once, while the model is loaded.
std::vector<Value> TrainingInstances::derived(std::string_view field, DataType type, xml::Element at) {
  Builder& builder = context_.scope.builder();
  program::Program& program = builder.program();
  compile::Steps steps;
  // A scope of its own, in which the data fields are columns of the table and nothing of the record is visible.
  Scope scope(builder, nullptr, context_.model, context_.scope.schema(), steps);
  scope.floatContext = context_.scope.floatContext;
  std::vector<std::pair<Slot, const std::vector<Value>*>> columns;
  for (const auto& [name, column] : fields_) {
    const document::DataField* data = builder.dictionary().find(name);
    const document::MiningField* mining = context_.scope.schema().find(name);
    if (data == nullptr || (mining != nullptr && mining->usageType == UsageType::target)) continue;
    Binding binding = scope.targetBinding(name);
    if (mining != nullptr && mining->opType) binding.opType = *mining->opType;
    binding.value.slot = builder.newSlot();
    columns.emplace_back(binding.value.slot, &raw(name, data->dataType));
    scope.bind(name, std::move(binding));
  }
  const std::size_t inputs = builder.plan().inputs.size(), states = builder.statefulCount();
  const Binding* binding = scope.resolve(field, at);
  if (binding == nullptr) return {};
  if (builder.plan().inputs.size() != inputs) {
    at.error(Code::unresolvedReference,
             "\"" + std::string(field) + "\" is made from fields of which the stored records have no column.", "field");
    return {};
  }
  if (builder.statefulCount() != states) {
    at.error(Code::unsupported, "Stored records have no order, so a field that looks back (Lag) has no value there.",
             "field");
    return {};
  }
  const program::TypedSlot value = castTo(scope, binding->value, type);

  std::vector<double> memory(program.slotCount);
  for (const auto& [slot, constant, type] : program.constants) memory[slot] = constant;
  Strings strings(program.symbols);
  Regexes regexes(builder.limits().regexSteps);
  program::Lists lists;
  text::Workspace workspace;
  program::Buffers buffers;
  const Frame frame{memory.data(), 1, 1, strings, regexes, lists, workspace, buffers, {}, builder.limits()};
  std::vector<Value> out;
  out.reserve(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    strings.clear();
    lists.clear();
    for (const auto& [slot, lanes] : columns) memory[slot] = (*lanes)[i];
    program::run(steps, frame);
    Value v = memory[value.slot];
    if (isInvalid(v))
      rows_[i].error(Code::invalidValue, "\"" + std::string(field) + "\" has no valid value for this stored record.");
    else if (isPresent(v) && type == DataType::string)
      v = builder.symbol(std::string(strings.text(v)));
    out.push_back(v);
  }
  return out;
}

}  // namespace scorelet::models::nearest_neighbor
