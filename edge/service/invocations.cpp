// POST /invocations: the one entrance of a container that serves one model (Amazon SageMaker, MLflow).
#include <span>

#include "api/json_writer.hpp"
#include "service/cell_table.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

constexpr std::string_view kShapes[] = {"dataframe_split", "dataframe_records", "instances", "inputs"};

Answer<std::shared_ptr<Deployment>> onlyModel(Call& call) {
  const std::string& name = call.shared.settings.defaultModel;
  if (!name.empty()) return call.deployment(name);
  const auto all = call.shared.catalogue.all();
  if (all.size() == 1) return call.deployment(all.front()->name());
  return fail(404, all.empty() ? "There is no model."
                               : "There are several models; the service is to be told which one /invocations means.");
}

/// Rows in one of MLflow's shapes.
class Rows {
 public:
  Rows(const Model& model, Seat& seat, std::size_t most) : model_(model), seat_(seat), table_(model), most_(most) {}

  Answer<void> read(JsonValue body) {
    JsonValue shape;
    for (const std::string_view name : kShapes) {
      if (const JsonValue found = body.member(name)) {
        if (shape)
          return fail(
              400, "The body is to have one of dataframe_split, dataframe_records, instances and inputs, not several.");
        shape = found;
      }
    }
    if (!shape)
      return fail(400, "The body is to have one of dataframe_split, dataframe_records, instances and inputs.");
    const std::string name(shape.name());
    if (name == "dataframe_split") return readSplit(shape);
    if (name == "inputs" && shape.is(JsonKind::object)) return readColumns(shape);
    if (name == "instances" && shape.is(JsonKind::array) && shape.size() > 0 && (*shape.begin()).is(JsonKind::array)) {
      std::vector<std::string_view> names;
      for (const InputField& field : model_.inputs()) names.emplace_back(field.name);
      return readRows(names, shape, name);
    }
    if (!shape.is(JsonKind::array)) return fail(400, "\"" + name + "\" is to be an array of records.", name);
    if (auto ok = seat_.records.addAll(shape.raw()); !ok) return std::unexpected(failureOf(ok.error()));
    isOfRecords_ = true;
    return {};
  }

  [[nodiscard]] Batch batch() { return isOfRecords_ ? seat_.records.batch() : table_.batch(rows_); }

 private:
  Answer<void> readSplit(JsonValue split) {
    std::vector<std::string_view> names;
    const JsonValue columns = split.member("columns");
    if (!columns.is(JsonKind::array)) return fail(400, "\"columns\" is to be an array of names.", "columns");
    for (const JsonValue column : columns) {
      if (!column.is(JsonKind::text)) return fail(400, "\"columns\" is to be an array of names.", "columns");
      names.push_back(column.text());
    }
    return readRows(names, split.member("data"), "data");
  }

  Answer<void> readRows(std::span<const std::string_view> names, JsonValue rows, const std::string& where) {
    if (!rows.is(JsonKind::array)) return fail(400, "\"" + where + "\" is to be an array of rows.", where);
    const auto inputs = bindNames(model_, names);
    if (!inputs) return std::unexpected(inputs.error());
    for (const JsonValue row : rows) {
      const std::string number = "Row " + std::to_string(rows_);
      if (!row.is(JsonKind::array) || row.size() != names.size())
        return fail(400, number + " is to be an array of " + std::to_string(names.size()) + " values.", where);
      std::size_t i = 0;
      for (const JsonValue value : row) {
        const std::size_t column = i++;
        if ((*inputs)[column] < 0) continue;
        if (auto ok = add((*inputs)[column], value, number); !ok) return ok;
      }
      if (++rows_ > most_) return fail(413, "There are more than " + std::to_string(most_) + " rows.");
    }
    return {};
  }

  Answer<void> readColumns(JsonValue columns) {
    std::vector<std::string_view> names;
    for (const JsonValue column : columns) names.push_back(column.name());
    const auto inputs = bindNames(model_, names);
    if (!inputs) return std::unexpected(inputs.error());
    std::size_t i = 0;
    for (const JsonValue column : columns) {
      const int input = (*inputs)[i];
      const std::string name(column.name());
      if (!column.is(JsonKind::array)) return fail(400, "Column \"" + name + "\" is to be an array.", name);
      if (i++ > 0 && column.size() != rows_)
        return fail(400,
                    "Column \"" + name + "\" has " + std::to_string(column.size()) + " values, the others " +
                        std::to_string(rows_) + ".",
                    name);
      rows_ = column.size();
      if (input < 0) continue;
      for (const JsonValue value : column)
        if (auto ok = add(input, value, "Column \"" + name + "\""); !ok) return ok;
    }
    return {};
  }

  Answer<void> add(int input, JsonValue value, const std::string& where) {
    const std::string& name = model_.inputs()[static_cast<std::size_t>(input)].name;
    if (value.is(JsonKind::array) || value.is(JsonKind::object))
      return fail(400, where + ": field \"" + name + "\" takes a single value here; send records for lists.", name);
    table_.column(input).push_back(cellOf(value.node()));
    return {};
  }

  const Model& model_;
  Seat& seat_;
  CellTable table_;
  std::size_t most_, rows_ = 0;
  bool isOfRecords_ = false;
};

}  // namespace

Answer<Response> invoke(Call& call) {
  const auto deployment = onlyModel(call);
  if (!deployment) return std::unexpected(deployment.error());
  const std::string type = mediaType(call.request.header("content-type"));
  if (type == "text/csv") {
    call.captured = {(*deployment)->name()};
    return evaluateCsv(call);
  }
  const auto tree = call.json();
  if (!tree) return std::unexpected(tree.error());
  const auto seat = (*deployment)->seat();
  Rows rows((*deployment)->model(), *seat, call.shared.settings.rows);
  if (auto ok = rows.read(tree->root()); !ok) return std::unexpected(ok.error());
  JsonWriter out;
  out.open('{').name("predictions").open('[');
  const auto scored = scoreRows(call, *seat, rows.batch(),
                                [&](std::size_t row, std::size_t) { appendResultJson(out.next(), seat->scorer, row); });
  if (!scored) return std::unexpected(scored.error());
  out.close(']').close('}');
  return jsonResponse(out.take());
}

}  // namespace scorelet::service
