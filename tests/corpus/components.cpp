#include "corpus/components.hpp"

namespace scorelet::test {
namespace {

using nlohmann::json;

constexpr std::string_view prediction = "@prediction";

std::string classField(const std::string& category) { return "@probability:" + category; }

void insertBefore(std::string& document, std::string_view tag, const std::string& text) {
  if (const auto at = document.find(tag); at != std::string::npos) document.insert(at, text);
}

void replaceFirst(std::string& document, std::string_view from, std::string_view to) {
  if (const auto at = document.find(from); at != std::string::npos) document.replace(at, from.size(), to);
}

void addInput(std::string& document, const std::string& name, const char* types) {
  insertBefore(document, "</DataDictionary>", "<DataField name=\"" + name + "\" " + types + "/>");
  insertBefore(document, "</MiningSchema>", "<MiningField name=\"" + name + "\"/>");
}

/// Values of the attribute that follows `start`, in document order: `<Tag attribute="` … `"`.
std::vector<std::string> valuesAfter(const std::string& document, std::string_view start) {
  std::vector<std::string> values;
  for (std::size_t at = 0; (at = document.find(start, at)) != std::string::npos;) {
    at += start.size();
    values.push_back(document.substr(at, document.find('"', at) - at));
  }
  return values;
}

std::string passingTable(const std::string& field, const std::string& category) {
  return "<RegressionTable intercept=\"0\"" + (category.empty() ? "" : " targetCategory=\"" + category + "\"") +
         "><NumericPredictor name=\"" + field + "\" coefficient=\"1\"/></RegressionTable>";
}

std::string passPredictionOn(std::string document, const json& records) {
  std::string tables;
  const char* number = "optype=\"continuous\" dataType=\"double\"";
  const json& first = records.front();
  if (first.contains("@probabilities")) {
    for (const auto& [category, unused] : first["@probabilities"].items()) {
      addInput(document, classField(category), number);
      tables += passingTable(classField(category), category);
    }
  } else {
    addInput(document, std::string(prediction), number);
    for (const std::string& category : valuesAfter(document, "<TargetValue value=\""))
      tables += passingTable(std::string(prediction), category);
    if (tables.empty()) tables = passingTable(std::string(prediction), "");
  }
  if (tables.find("targetCategory") != std::string::npos)
    replaceFirst(document, "functionName=\"regression\"", "functionName=\"classification\"");
  const auto from = document.find("<RegressionTable");
  const auto to = document.find("/>", from) + 2;
  return document.replace(from, to - from, tables);
}

std::string showDerivedFields(std::string document, const json& records) {
  const std::vector<std::string> derived = valuesAfter(document, "<DerivedField name=\"");
  std::string model =
      "<RegressionModel functionName=\"regression\"><MiningSchema>"
      "<MiningField name=\"result\" usageType=\"target\"/></MiningSchema><Output>";
  for (const std::string& name : derived)
    model += "<OutputField name=\"@derived:" + name + "\" feature=\"transformedValue\"><FieldRef field=\"" + name +
             "\"/></OutputField>";
  model += "</Output><RegressionTable intercept=\"0\"/></RegressionModel>";
  insertBefore(document, "</PMML>", model);
  for (const json& record : records)
    for (const auto& [name, value] : record.items())
      if (document.find("<DataField name=\"" + name + "\"") == std::string::npos)
        addInput(document, name,
                 value.is_number() ? "optype=\"continuous\" dataType=\"integer\""
                                   : "optype=\"categorical\" dataType=\"string\"");
  return document;
}

}  // namespace

Component componentFromName(std::string_view kind) {
  if (kind == "output-only") return Component::output;
  if (kind == "targets-only") return Component::targets;
  if (kind == "transformations-only") return Component::transformations;
  return Component::none;
}

std::string aroundComponent(Component component, std::string document, const json& records) {
  switch (component) {
    case Component::none: return document;
    case Component::output:
    case Component::targets: return passPredictionOn(std::move(document), records);
    case Component::transformations: return showDerivedFields(std::move(document), records);
  }
  return document;
}

Table componentInputs(const Table& records) {
  json flat = json::array();
  for (const auto& row : records.rows) {
    json record = json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string& name = records.columns[c];
      if (name == "@probabilities") {
        for (const auto& [category, p] : row[c].items()) record[classField(category)] = p;
      } else if (!row[c].is_discarded()) {
        record[name.starts_with(prediction) ? std::string(prediction) : name] = row[c];
      }
    }
    flat.push_back(std::move(record));
  }
  return tableFromRecords(flat);
}

}  // namespace scorelet::test
