// A dashboard in Grafana's own JSON: volume, errors, drift beside what was agreed, open alerts.
#include <algorithm>
#include <optional>
#include <vector>

#include "api/json_writer.hpp"
#include "monitor/engines.hpp"

namespace scorelet::monitor {
namespace {

constexpr std::string_view kChosen = R"({group=~"$group",model=~"$model"})";
constexpr int kWidth = 24;  // of Grafana's grid

struct Type {
  std::string_view name, options;
};
constexpr Type kStat{"stat", R"({"reduceOptions":{"calcs":["lastNotNull"]},"orientation":"auto","textMode":"auto",)"
                             R"("colorMode":"value","graphMode":"none","justifyMode":"auto","wideLayout":true,)"
                             R"("showPercentChange":false,"percentChangeColorMode":"standard"})"};
constexpr Type kTable{"table", R"({"frameIndex":0,"showHeader":true})"};
constexpr Type kLines{"timeseries",
                      R"({"legend":{"displayMode":"list","placement":"bottom","showLegend":true,"calcs":[]},)"
                      R"("tooltip":{"mode":"multi","sort":"desc"}})"};

struct Query {
  std::string expression, legend;
  bool isLimit = false;
};

class Dashboard {
 public:
  explicit Dashboard(JsonWriter& w) : w_(w) {}

  struct Place {
    int width, height;
  };
  /// Opens a panel with its queries; `close` ends it.
  Dashboard& panel(const Type& type, std::string_view title, Place place, const std::vector<Query>& queries) {
    if (x_ + place.width > kWidth) x_ = 0, y_ += height_;
    w_.open('{').name("id").number(++id_).name("type").text(type.name).name("title").text(title);
    w_.name("datasource");
    source();
    w_.name("gridPos").open('{').name("h").number(place.height).name("w").number(place.width);
    w_.name("x").number(x_).name("y").number(y_).close('}');
    x_ += place.width;
    height_ = place.height;
    w_.name("targets").open('[');
    char letter = 'A';
    limits_.clear();
    for (const Query& query : queries) {
      if (query.isLimit) limits_ += letter;
      w_.open('{').name("refId").text(std::string(1, letter++)).name("datasource");
      source();
      w_.name("expr").text(query.expression).name("legendFormat").text(query.legend);
      if (type.name == kTable.name) w_.name("format").text("table").name("instant").truth(true);
      w_.close('}');
    }
    w_.close(']').name("options").raw(type.options);
    return *this;
  }
  void close(std::string_view unit) {
    openDefaults(unit);
    overrides();
  }
  /// Of a figure: red from a number on; without one neither good nor bad. What says nothing of it is red from 80 on.
  void closeFigure(std::string_view unit, std::optional<double> red = {}) {
    openDefaults(unit);
    w_.name("color").open('{').name("mode").text(red ? "thresholds" : "fixed");
    if (!red) w_.name("fixedColor").text("text");
    w_.close('}').name("thresholds").open('{').name("mode").text("absolute").name("steps").open('[');
    w_.open('{').name("color").text("green").name("value").raw("null").close('}');
    if (red) w_.open('{').name("color").text("red").name("value").number(*red).close('}');
    w_.close(']').close('}');
    overrides();
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
  void openDefaults(std::string_view unit) {
    w_.name("fieldConfig").open('{').name("defaults").open('{').name("unit").text(unit).name("min").number(0);
  }
  /// Ends the panel. Limits are lines of their own, as each model may have another: red and dashed.
  void overrides() {
    w_.close('}').name("overrides").open('[');
    for (const char letter : limits_) {
      w_.open('{').name("matcher").open('{').name("id").text("byFrameRefID");
      w_.name("options").text(std::string(1, letter)).close('}').name("properties").open('[');
      w_.open('{').name("id").text("color").name("value").open('{').name("mode").text("fixed");
      w_.name("fixedColor").text("red").close('}').close('}');
      w_.open('{').name("id").text("custom.lineStyle").name("value").open('{').name("fill").text("dash");
      w_.name("dash").open('[').number(8).number(8).close(']').close('}').close('}').close(']').close('}');
    }
    w_.close(']').close('}').close('}');
  }

  JsonWriter& w_;
  int id_ = 0, x_ = 0, y_ = 0, height_ = 0;
  std::string limits_;  // of the panel that is open, their letters
};

std::string recorded(std::string_view name) { return "scorelet:" + std::string(name) + std::string(kChosen); }

Query limitOf(std::string_view name) { return {recorded(std::string(name) + "_limit"), "{{model}}: limit", true}; }

/// The share of the last day's predictions in which an input is so, as alerts have it.
Query shareOf(std::string_view what) {
  const std::string counter =
      "scoring_field_" + std::string(what) + R"(_total{scoring_field_role="input",)" + std::string(kChampions) + '}';
  const std::string named =
      labelled(labelled(inTime(counter, "1d"), "model", "scoring_model_name"), "field", "scoring_field");
  return {"sum by (model, field) (" + named + ") / on (model) group_left () (" + recorded("predictions") + " > 0)",
          "{{model}}: {{field}} " + std::string(what)};
}

}  // namespace

std::string grafanaDashboard(const InForce& inForce) {
  const std::vector<ModelInForce> models = inForce.models();
  const auto isAgreed = [&models](std::optional<double> ModelRule::* limit) {
    return std::ranges::any_of(models, [limit](const ModelInForce& model) { return (model.rule.*limit).has_value(); });
  };
  const std::string errors = recorded("errors"), predictions = recorded("predictions");
  const std::string alerts =
      R"(ALERTS{alertname=~"scorelet_.*",alertstate="firing",group=~"$group|",model=~"$model|"})";
  std::vector<Query> errorQueries = {{errors + " / (" + predictions + " > 0)", "{{model}}"}};
  if (isAgreed(&ModelRule::errors)) errorQueries.push_back(limitOf("errors"));
  std::vector<Query> outsideQueries = {shareOf("outside"), shareOf("novel")};
  if (isAgreed(&ModelRule::outside)) outsideQueries.push_back(limitOf("outside"));
  std::vector<Query> silentQueries = {{"time() - " + recorded("last_prediction"), "{{model}}"}};
  if (isAgreed(&ModelRule::silentHours)) silentQueries.push_back(limitOf("silent"));

  JsonWriter w;
  w.open('{')
      .name("uid")
      .text("scorelet")
      .name("title")
      .text("Scorelet: deployed models")
      .name("schemaVersion")
      .number(39);
  w.name("tags").open('[').text("scorelet").close(']').name("editable").truth(true).name("refresh").text("1m");
  w.name("annotations").open('{').name("list").open('[').close(']').close('}');
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
  dashboard.panel(kStat, "Open alerts", kFigure, {{"count(" + alerts + ") or vector(0)", ""}}).closeFigure("none", 1);
  dashboard.panel(kStat, "Models that report", kFigure, {{"count(" + predictions + " > 0) or vector(0)", ""}})
      .closeFigure("none");
  dashboard.panel(kStat, "Predictions in 24 hours", kFigure, {{"sum(" + predictions + ")", ""}}).closeFigure("short");
  dashboard.panel(kStat, "Without an answer", kFigure, {{"sum(" + errors + ") / (sum(" + predictions + ") > 0)", ""}})
      .closeFigure("percentunit");
  dashboard.panel(kTable, "What must be decided", kWhole, {{alerts, ""}}).close("none");
  dashboard
      .panel(kLines, "Drift from training: PSI beyond chance, of each field", kHalf,
             {{recorded("psi"), "{{model}}: {{field}}"}, limitOf("psi")})
      .close("none");
  dashboard.panel(kLines, "Predictions without an answer", kHalf, errorQueries).close("percentunit");
  dashboard.panel(kLines, "Predictions in 24 hours", kHalf, {{predictions, "{{model}}"}}).close("short");
  dashboard.panel(kLines, "Since the last prediction", kHalf, silentQueries).close("s");
  dashboard.panel(kLines, "Beyond what was trained on", kHalf, outsideQueries).close("percentunit");
  dashboard.panel(kLines, "Missing and invalid inputs", kHalf, {shareOf("missing"), shareOf("invalid")})
      .close("percentunit");
  dashboard
      .panel(kLines, "PSI by instance, chance included", kWhole,
             {{R"(scoring_drift_psi_ratio{scoring_model_name=~"$model"})",
               "{{scoring_model_name}}: {{scoring_field}} at {{instance}}"}})
      .close("none");
  return w.close(']').close('}').take() + '\n';
}

}  // namespace scorelet::monitor
