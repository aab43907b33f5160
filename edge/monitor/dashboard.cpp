// A dashboard in Grafana's own JSON: volume, errors, drift beside what was agreed, open alerts.
#include <vector>

#include "api/json_writer.hpp"
#include "monitor/engines.hpp"

namespace scorelet::monitor {
namespace {

constexpr std::string_view kChosen = R"({group=~"$group",model=~"$model"})";
constexpr int kWidth = 24;  // of Grafana's grid

struct Query {
  std::string expression, legend;
};

class Dashboard {
 public:
  explicit Dashboard(JsonWriter& w) : w_(w) {}

  struct Place {
    int width, height;
  };
  /// Opens a panel with its queries; `close` ends it.
  Dashboard& panel(std::string_view type, std::string_view title, Place place, const std::vector<Query>& queries) {
    if (x_ + place.width > kWidth) x_ = 0, y_ += height_;
    w_.open('{').name("id").number(++id_).name("type").text(type).name("title").text(title);
    w_.name("datasource");
    source();
    w_.name("gridPos").open('{').name("h").number(place.height).name("w").number(place.width);
    w_.name("x").number(x_).name("y").number(y_).close('}');
    x_ += place.width;
    height_ = place.height;
    w_.name("targets").open('[');
    char letter = 'A';
    for (const Query& query : queries) {
      w_.open('{').name("refId").text(std::string(1, letter++)).name("datasource");
      source();
      w_.name("expr").text(query.expression).name("legendFormat").text(query.legend);
      if (type == "table") w_.name("format").text("table").name("instant").truth(true);
      w_.close('}');
    }
    w_.close(']');
    return *this;
  }
  void close(std::string_view unit) {
    w_.name("fieldConfig").open('{').name("defaults").open('{').name("unit").text(unit).name("min").number(0);
    w_.close('}').name("overrides").open('[').close(']').close('}').name("options").open('{').close('}').close('}');
  }
  void variable(std::string_view name, std::string_view label, std::string_view query) {
    w_.open('{').name("name").text(name).name("label").text(label).name("type").text("query");
    w_.name("datasource");
    source();
    w_.name("query").text(query).name("refresh").number(2).name("sort").number(1);
    w_.name("multi").truth(true).name("includeAll").truth(true).name("allValue").text(".*");
    w_.name("current").open('{').name("text").text("All").name("value").text("$__all").close('}').close('}');
  }

 private:
  void source() { w_.open('{').name("type").text("prometheus").name("uid").text("${datasource}").close('}'); }
  JsonWriter& w_;
  int id_ = 0, x_ = 0, y_ = 0, height_ = 0;
};

std::string recorded(std::string_view name) { return "scorelet:" + std::string(name) + std::string(kChosen); }

/// The share of the values of each field in the last day that are so.
Query shareOf(std::string_view what) {
  const std::string name = "scoring_field_" + std::string(what) + "_total";
  return {"sum by (scoring_model_name, scoring_field) (increase(" + name + R"({scoring_model_name=~"$model"}[1d])))" +
              " / on (scoring_model_name) group_left () sum by (scoring_model_name) (increase(scoring_predictions_total"
              R"({scoring_model_name=~"$model"}[1d])))",
          "{{scoring_model_name}}: {{scoring_field}} " + std::string(what)};
}

}  // namespace

std::string grafanaDashboard(const Rules& rules) {
  bool hasErrors = false, hasOutside = false;
  for (const ModelRule& rule : rules.models) {
    hasErrors = hasErrors || rule.errors.has_value();
    hasOutside = hasOutside || rule.outside.has_value();
  }
  const std::string errors = recorded("errors"), predictions = recorded("predictions");
  const std::string alerts =
      R"(ALERTS{alertname=~"scorelet_.*",alertstate="firing",group=~"$group|",model=~"$model|"})";
  std::vector<Query> errorQueries = {{errors + " / " + predictions, "{{model}}"}};
  if (hasErrors) errorQueries.push_back({recorded("errors_limit"), "{{model}}: limit"});
  std::vector<Query> outsideQueries = {shareOf("outside"), shareOf("novel")};
  if (hasOutside) outsideQueries.push_back({recorded("outside_limit"), "{{model}}: limit"});

  JsonWriter w;
  w.open('{')
      .name("uid")
      .text("scorelet")
      .name("title")
      .text("Scorelet: deployed models")
      .name("schemaVersion")
      .number(39);
  w.name("tags").open('[').text("scorelet").close(']').name("editable").truth(true).name("refresh").text("1m");
  w.name("timezone").text("utc").name("time").open('{').name("from").text("now-7d").name("to").text("now").close('}');
  Dashboard dashboard(w);
  w.name("templating").open('{').name("list").open('[');
  w.open('{').name("name").text("datasource").name("label").text("Prometheus").name("type").text("datasource");
  w.name("query").text("prometheus").close('}');
  dashboard.variable("group", "Group", "label_values(scorelet:predictions, group)");
  dashboard.variable("model", "Model", R"(label_values(scorelet:predictions{group=~"$group"}, model))");
  w.close(']').close('}').name("panels").open('[');

  using Place = Dashboard::Place;
  constexpr Place kFigure{6, 4}, kHalf{12, 9}, kWhole{24, 8};
  dashboard.panel("stat", "Open alerts", kFigure, {{"count(" + alerts + ") or vector(0)", ""}}).close("none");
  dashboard.panel("stat", "Models that report", kFigure, {{"count(" + predictions + " > 0) or vector(0)", ""}})
      .close("none");
  dashboard.panel("stat", "Predictions in 24 hours", kFigure, {{"sum(" + predictions + ")", ""}}).close("short");
  dashboard.panel("stat", "Without an answer", kFigure, {{"sum(" + errors + ") / sum(" + predictions + ")", ""}})
      .close("percentunit");
  dashboard.panel("table", "What must be decided", kWhole, {{alerts, ""}}).close("none");
  dashboard
      .panel("timeseries", "Drift from training: PSI beyond chance, of each field", kHalf,
             {{recorded("psi"), "{{model}}: {{field}}"}, {recorded("psi_limit"), "{{model}}: limit"}})
      .close("none");
  dashboard.panel("timeseries", "Predictions without an answer", kHalf, errorQueries).close("percentunit");
  dashboard.panel("timeseries", "Predictions in 24 hours", kHalf, {{predictions, "{{model}}"}}).close("short");
  dashboard
      .panel("timeseries", "Since the last prediction", kHalf,
             {{"time() - " + recorded("last_prediction"), "{{model}}"}})
      .close("s");
  dashboard.panel("timeseries", "Beyond what was trained on", kHalf, outsideQueries).close("percentunit");
  dashboard.panel("timeseries", "Missing and invalid inputs", kHalf, {shareOf("missing"), shareOf("invalid")})
      .close("percentunit");
  dashboard
      .panel("timeseries", "PSI by instance, chance included", kWhole,
             {{R"(scoring_drift_psi_ratio{scoring_model_name=~"$model"})",
               "{{scoring_model_name}}: {{scoring_field}} at {{instance}}"}})
      .close("none");
  return w.close(']').close('}').take() + '\n';
}

}  // namespace scorelet::monitor
