#include "models/training_instances.hpp"

#include "base/number.hpp"
#include "document/tables.hpp"

namespace scorelet::models {

namespace {

void checkCount(xml::Element e, std::string_view attribute, std::size_t actual) {
  const auto declared = e.number(attribute);
  if (declared && *declared != static_cast<double>(actual))
    e.error(Code::badValue,
            "TrainingInstances says " + std::string(attribute) + "=\"" + std::string(e.attribute(attribute, {})) +
                "\", but there are " + std::to_string(actual) + ".",
            attribute);
}

}  // namespace

std::optional<TrainingInstances> readTrainingInstances(xml::Element model) {
  const xml::Element e = model.child("TrainingInstances");
  if (!e) {
    model.error(Code::missingElement, "<" + std::string(model.name()) + "> needs TrainingInstances.");
    return std::nullopt;
  }
  const xml::Element table = document::inlineTable(e);
  TrainingInstances instances;
  for (const xml::Element f : xml::children(e.child("InstanceFields"), "InstanceField")) {
    const std::string_view name = f.required("field");
    if (instances.find(name) != nullptr)
      f.error(Code::duplicateName, "The field \"" + std::string(name) + "\" stands twice in InstanceFields.", "field");
    instances.fields.push_back({name, f.attribute("column", name), f});
  }
  if (instances.fields.empty()) e.error(Code::missingElement, "TrainingInstances needs InstanceFields.");
  for (const xml::Element row : xml::children(table, "row")) instances.rows.push_back(row);
  checkCount(e, "recordCount", instances.rows.size());
  checkCount(e, "fieldCount", instances.fields.size());
  if (!table || instances.fields.empty()) return std::nullopt;
  if (instances.rows.empty()) {
    table.error(Code::emptyModel, "There are no training instances.");
    return std::nullopt;
  }
  return instances;
}

double numberOf(xml::Element row, const TrainingInstances::Field& field) {
  const auto text = document::cell(row, field.column);
  if (!text) {
    row.error(Code::missingElement, "This training instance has no \"" + std::string(field.column) + "\".");
    return 0;
  }
  const auto x = parseDouble(*text);
  if (!x || !(*x - *x == 0))
    row.error(Code::badValue,
              "\"" + std::string(*text) + "\" is not a number for \"" + std::string(field.column) + "\".");
  return x.value_or(0);
}

}  // namespace scorelet::models
