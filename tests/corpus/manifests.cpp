#include "corpus/manifests.hpp"

#include <scorelet/scorelet.hpp>

#include "corpus/components.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet::test {

using nlohmann::json;

std::optional<std::string> Case::document() const {
  auto bytes = readFile(modelPath);
  if (bytes && prepare) return prepare(std::move(*bytes));
  return bytes;
}

namespace {

const json& member(const json& object, const char* key) {
  static const json none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::vector<std::string> texts(const json& array) {
  std::vector<std::string> out;
  if (array.is_array())
    for (const json& item : array)
      if (item.is_string()) out.push_back(item.get<std::string>());
  return out;
}

/// A filled `__error` cell says that the row must be refused; nothing else is known about it then.
void readErrorColumn(Table& expected) {
  const int error = expected.column("__error");
  if (error < 0) return;
  expected.columns[error] = "@error";
  for (auto& row : expected.rows) {
    const bool refused = !row[error].is_null();
    for (auto& cell : row)
      if (refused) cell = json(json::value_t::discarded);
    row[error] = refused ? json(true) : json(json::value_t::discarded);
  }
}

Case trainedCase(const std::string& suite, const std::string& directory, const json& description) {
  Case result;
  result.suite = suite;
  result.id = textOf(description, "id");
  result.modelPath = directory + "/model.pmml";
  result.ignoresUnknownColumns = true;
  const json& tolerance = member(description, "tolerance");
  result.tolerance = {numberOf(tolerance, "absolute", 0), numberOf(tolerance, "relative", 0), {}};
  result.readTables = [directory]() -> std::optional<CaseTables> {
    auto input = tableFromCsv(directory + "/input.csv");
    auto expected = tableFromCsv(directory + "/expected.csv");
    if (!input || !expected) return std::nullopt;
    readErrorColumn(*expected);
    return CaseTables{std::move(*input), std::move(*expected)};
  };
  return result;
}

CsvShape csvShape(const json& part) {
  CsvShape shape;
  shape.separator = textOf(part, "separator", ",")[0];
  shape.columns = texts(member(part, "columns"));
  shape.missingTokens = texts(member(part, "missing_tokens"));
  return shape;
}

std::optional<Table> foreignTable(const std::string& directory, const json& part) {
  if (part.is_null()) return Table{};
  if (part.contains("records")) return tableFromRecords(part["records"]);
  if (!part.contains("csv")) return Table{};
  auto table = tableFromCsv(directory + "/" + textOf(part, "csv"), csvShape(part));
  if (table && part.contains("group_by")) *table = groupedBy(*table, textOf(part, "group_by"));
  if (table && part.contains("column_to_field")) {
    const json& renamed = part["column_to_field"];
    for (std::string& name : table->columns) name = textOf(renamed, name.c_str(), name);
  }
  return table;
}

Case foreignCase(const std::string& suite, const std::string& directory, const json& description) {
  Case result;
  result.suite = suite;
  result.id = textOf(description, "id");
  result.modelPath = directory + "/" + textOf(description, "model");
  const std::string kind = textOf(description, "kind");
  const bool hasExpectations = !member(description, "expected").is_null();
  if (kind == "parse-only" || !hasExpectations) result.kind = Case::Kind::parseOnly;
  if (kind == "forecast") result.kind = Case::Kind::forecast;
  result.ignoresUnknownColumns = hasExpectations && description["expected"].contains("csv");
  const json& tolerance = member(description, "tolerance");
  result.tolerance = {numberOf(tolerance, "zero", 0), numberOf(tolerance, "rel", 0), {}};
  for (const auto& [field, relative] : member(tolerance, "per_field").items())
    if (relative.is_number()) result.tolerance.relativeOf[field] = relative.get<double>();
  const Component component = componentFromName(kind);
  if (component != Component::none) {
    const json& records = description["input"]["records"];
    result.prepare = [component, records](std::string document) {
      return aroundComponent(component, std::move(document), records);
    };
  }
  result.readTables = [directory, component, description]() -> std::optional<CaseTables> {
    auto input = foreignTable(directory, description["input"]);
    auto expected = foreignTable(directory, description["expected"]);
    if (!input || !expected) return std::nullopt;
    if (component != Component::none) *input = componentInputs(*input);
    return CaseTables{std::move(*input), std::move(*expected)};
  };
  return result;
}

/// The sequence oracles call a group's item sets "transactions" and the ids of the rules that fire "rules", since PMML
/// names neither: the one is the list of lists that the model's item field takes, and the other the result `_rules`
/// that a rule model has when no Output orders others (which the schema gives SequenceModel no way to do).
void nameSequences(CaseTables& tables, const std::string& modelPath) {
  const int transactions = tables.input.column("transactions");
  const auto document = transactions < 0 ? std::nullopt : readFile(modelPath);
  const auto model = Model::load(document.value_or(""));
  if (!model) return;
  for (const InputField& field : model->inputs())
    if (field.isListOfSets) tables.input.columns[static_cast<std::size_t>(transactions)] = field.name;
  if (const int rules = tables.expected.column("rules"); rules >= 0)
    tables.expected.columns[static_cast<std::size_t>(rules)] = "_rules";
}

Case recordCase(const std::string& suite, const std::string& directory, const json& description) {
  Case result;
  result.suite = suite;
  result.id = textOf(description, "id");
  result.modelPath = directory + "/" + textOf(description, "model");
  if (textOf(description, "mode") == "forecast") result.kind = Case::Kind::forecast;
  const double tolerance = numberOf(description, "tolerance", 0);
  result.tolerance = {tolerance, tolerance, {}};
  result.readTables = [description, path = result.modelPath]() -> std::optional<CaseTables> {
    json expected = description["expected"];
    for (json& record : expected)
      if (record == "invalid") record = {{"@error", true}};
    CaseTables tables{tableFromRecords(description["records"]), tableFromRecords(expected)};
    nameSequences(tables, path);
    return tables;
  };
  return result;
}

template <class Read>
std::vector<Case> readManifest(const std::string& path, Read read) {
  std::vector<Case> cases;
  const json manifest = readJson(path);
  if (manifest.is_object())
    for (const json& description : member(manifest, "cases")) cases.push_back(read(description));
  return cases;
}

}  // namespace

std::vector<Case> trainedModels(const std::string& suite, const std::string& directory) {
  return readManifest(directory + "/manifest.json", [&](const json& description) {
    return trainedCase(suite, directory + "/" + textOf(description, "id"), description);
  });
}

std::vector<Case> trainedModel(const std::string& suite, const std::string& directory) {
  const json description = readJson(directory + "/case.json");
  if (!description.is_object()) return {};
  return {trainedCase(suite, directory, description)};
}

std::vector<Case> recordCases(const std::string& suite, const std::string& directory) {
  return readManifest(directory + "/manifest.json",
                      [&](const json& description) { return recordCase(suite, directory, description); });
}

std::vector<Case> foreignCases(const std::string& suite, const std::string& directory) {
  return readManifest(directory + "/manifest.json",
                      [&](const json& description) { return foreignCase(suite, directory, description); });
}

}  // namespace scorelet::test
