// Rules of models as groups of Prometheus: figures under names of their own first, then what is told of them.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "monitor/advice.hpp"
#include "monitor/engines.hpp"
#include "monitor/wording.hpp"

namespace scorelet::monitor {
namespace {

constexpr std::string_view kHead =
    "# Made by `scorelet rules --to=prometheus` (docs/monitoring-at-scale.md): edit the rules that it was made of, not "
    "this.\n"
    "groups:\n";

/// A pattern of models as a regular expression of Prometheus, which holds for whole names.
std::string expressionOf(std::string_view pattern) {
  constexpr std::string_view kSpecial = R"(\.+?()|[]{}^$)";
  std::string out;
  for (const char c : pattern) {
    if (c == '*')
      out += ".*";
    else if (kSpecial.contains(c))
      out.append("\\").append(1, c);
    else
      out += c;
  }
  return out;
}

/// What Prometheus would take for a template of its own.
std::string literal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.substr(i).starts_with("{{")) {
      out += text[i];
      continue;
    }
    out += R"({{ "{{" }})";
    ++i;
  }
  return out;
}

/// Of the models of one rule: those that its pattern names and no rule before it does.
class Selection {
 public:
  Selection(std::string_view pattern, std::vector<std::string> before)
      : pattern_(pattern), before_(std::move(before)) {}
  /// `label=~"…",label!~"…"`, or nothing.
  [[nodiscard]] std::string of(std::string_view label) const {
    std::string out, others;
    if (!pattern_.contains('*')) return std::string(label) + '=' + quoted(pattern_);
    if (pattern_ != "*") out = std::string(label) + "=~" + quoted(expressionOf(pattern_));
    for (const std::string& pattern : before_) others += (others.empty() ? "" : "|") + expressionOf(pattern);
    if (!others.empty()) out += (out.empty() ? "" : ",") + std::string(label) + "!~" + quoted(others);
    return out;
  }

 private:
  std::string pattern_;
  std::vector<std::string> before_;
};

std::string ownersOf(const ModelInForce& model) {
  std::string out;
  if (model.agreement == nullptr) return out;
  for (const std::string& owner : model.agreement->owners) out += (out.empty() ? "" : ", ") + owner;
  return out;
}

/// The counters that have moved since the last look.
std::string news(const std::string& counter) {
  return '(' + counter + " - " + counter + " offset 10m != 0) or (" + counter + " unless " + counter + " offset 10m)";
}

/// A group of rules in Prometheus' file.
class Group {
 public:
  /// `owners` of its models are told with each alert.
  Group(std::string& out, std::string_view name, const Rules& rules, std::string owners = {})
      : out_(out), rules_(rules), owners_(std::move(owners)) {
    out_ += "  - name: " + quoted(name) + "\n    rules:\n";
  }

  void comment(std::string_view text) { out_.append("      # ").append(text).append(".\n"); }

  void record(std::string_view name, const std::string& text, std::string_view group = {}) {
    out_.append("      - record: scorelet:").append(name).append("\n");
    expression(text);
    if (!group.empty()) out_ += "        labels: { group: " + quoted(literal(group)) + " }\n";
  }
  /// When something was last told, from one look to the next; `last` is what this record is called.
  void recordLast(std::string_view name, const std::string& moved, const std::string& last, std::string_view by,
                  std::string_view group = {}) {
    const double kept = rules_.windowDays * 86'400.0;
    record(
        name,
        moved + "\nor on (" + std::string(by) + ")\nlast_over_time(" + last + "[2h]) > time() - " + plainNumber(kept),
        group);
  }
  void alert(std::string_view kind, Severity severity, const std::string& text, std::string_view summary,
             const std::string& description) {
    out_.append("      - alert: scorelet_").append(kind).append("\n");
    expression(text);
    if (rules_.quietMinutes > 0)
      out_ += "        keep_firing_for: " + plainNumber(std::ceil(rules_.quietMinutes * 60)) + "s\n";
    out_.append("        labels: { severity: ").append(severityName(severity)).append(" }\n        annotations:\n");
    out_ += "          summary: " + quoted(summary) + '\n';
    out_ += "          description: " + quoted(description + ' ' + std::string(adviceText(kind))) + '\n';
    if (!owners_.empty()) out_ += "          owners: " + quoted(literal(owners_)) + '\n';
  }

 private:
  void expression(std::string_view text) {
    out_ += "        expr: |-\n";
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      out_.append("          ").append(text.substr(0, end)).append("\n");
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }

  std::string& out_;
  const Rules& rules_;
  std::string owners_;
};

/// What is recorded and told of the models of one rule.
class Watch {
 public:
  Watch(Group& to, const ModelRule& rule, Selection models) : to_(to), rule_(rule), models_(std::move(models)) {}

  void figures() {
    const std::string predictions = metric("scoring_predictions_total"), errors = metric("scoring_errors_total");
    to_.comment("Of each field the highest index, of any instance, that its rows do not show by chance");
    record("psi", named("max by (scoring_model_name, scoring_field) (" + metric("scoring_drift_psi_ratio") + " > " +
                            metric("scoring_drift_psi_bound_ratio") + ")",
                        true));
    to_.comment("In the last 24 hours; counters that are younger began with 0");
    record("predictions", named(sumOf(inTime(predictions, "1d")), false));
    record("errors", named(sumOf(inTime(errors, "1d")), false));
    if (rule_.outside) {
      // Numbers have the one, categories the other.
      const std::string beyond = inTime(ofInputs("scoring_field_outside_total"), "1d") + "\nor " +
                                 inTime(ofInputs("scoring_field_novel_total"), "1d");
      to_.comment("Likewise, of each input: values beyond what training had");
      record("outside", named("sum by (scoring_model_name, scoring_field) (\n" + beyond + "\n)", true));
    }
    to_.comment("When the last prediction was told");
    to_.recordLast("last_prediction",
                   named("max by (scoring_model_name) (0 * (" + news(predictions) + ") + time())", false),
                   recorded("last_prediction"), "model", rule_.group);
    to_.comment("What was agreed, beside them");
    record("psi_limit", "0 * " + recorded("predictions") + " + " + plainNumber(drift()));
    if (const auto limit = rule_.errors)
      record("errors_limit", "0 * " + recorded("predictions") + " + " + plainNumber(*limit));
    if (const auto limit = rule_.outside)
      record("outside_limit", "0 * " + recorded("predictions") + " + " + plainNumber(*limit));
    if (const auto hours = rule_.silentHours)
      record("silent_limit", "0 * " + recorded("last_prediction") + " + " + plainNumber(*hours * 3600));
  }

  void alerts() {
    const std::string enough = recorded("predictions") + " >= " + plainNumber(least());
    to_.alert(
        "drift", Severity::watch, recorded("psi") + " > " + plainNumber(drift()) + "\nand on (model, group)\n" + enough,
        "{{ $labels.field }} has drifted",
        "{{ $labels.model }}: PSI {{ printf \"%.2f\" $value }} against training, limit " + fixed(drift(), 2) + ".");
    if (const auto limit = rule_.errors)
      to_.alert("errors", Severity::act,
                recorded("errors") + " / " + recorded("predictions") + " > " + plainNumber(*limit) + "\nand\n" + enough,
                "{{ $labels.model }}: {{ $value | humanizePercentage }} without an answer",
                "In the last 24 hours; limit " + percent(*limit) + ".");
    if (const auto limit = rule_.outside)
      to_.alert("outside", Severity::watch,
                recorded("outside") + " / on (model, group) group_left ()\n" + recorded("predictions") + " > " +
                    plainNumber(*limit) + "\nand on (model, group)\n" + enough,
                "{{ $labels.field }} is outside the training domain",
                "{{ $labels.model }}: in {{ $value | humanizePercentage }} of the predictions of 24 hours; limit " +
                    percent(*limit) + ".");
    if (const auto hours = rule_.silentHours)
      to_.alert("silent", Severity::act, "time() - " + recorded("last_prediction") + " > " + plainNumber(*hours * 3600),
                "{{ $labels.model }} is silent",
                "No prediction for {{ $value | humanizeDuration }}, limit " + hoursText(*hours) + ".");
  }

 private:
  [[nodiscard]] double drift() const { return rule_.driftLimit(); }
  [[nodiscard]] double least() const { return static_cast<double>(rule_.leastEvents()); }

  [[nodiscard]] std::string metric(std::string_view name, std::string_view more = {}) const {
    const std::string models = models_.of("scoring_model_name");
    return std::string(name) + '{' + models + (models.empty() ? "" : ",") + std::string(more) +
           std::string(kChampions) + '}';
  }
  [[nodiscard]] std::string ofInputs(std::string_view name) const {
    return metric(name, R"(scoring_field_role="input",)");
  }
  [[nodiscard]] std::string recorded(std::string_view name) const {
    const std::string models = models_.of("model");
    return "scorelet:" + std::string(name) + (models.empty() ? "" : '{' + models + '}');
  }
  static std::string sumOf(const std::string& expression) { return "sum by (scoring_model_name) (" + expression + ')'; }
  /// With the labels of the monitor's alerts in place of those of OpenTelemetry.
  [[nodiscard]] std::string named(const std::string& expression, bool hasField) const {
    std::string out = labelled('\n' + expression + '\n', "model", "scoring_model_name");
    if (hasField) out = labelled(out, "field", "scoring_field");
    if (rule_.group.empty()) {
      out = labelled(out, "group", "scoring_model_name");
      out = labelled(out, "group", "scoring_model_name", "(.*)/[^/]*");
    }
    return (hasField ? "max by (model, group, field) (" : "max by (model, group) (") + out + ')';
  }

  void record(std::string_view name, const std::string& text) { to_.record(name, text, rule_.group); }

  Group& to_;
  const ModelRule& rule_;
  Selection models_;
};

void watchHosts(std::string& out, const Rules& rules) {
  Group group(out, "scorelet hosts", rules);
  group.comment("When an instance last told a prediction");
  group.recordLast("last_report", "max by (instance) (0 * (" + news("scoring_predictions_total") + ") + time())",
                   "scorelet:last_report", "instance");
  const std::string late = "time() - scorelet:last_report > " + plainNumber(rules.lateHours * 3600);
  group.alert("hosts", Severity::watch, "count(" + late + ") > 0",
              "{{ $value }} instances silent for more than " + hoursText(rules.lateHours),
              "{{ range query \"bottomk(5, " + late + ")\" }}{{ .Labels.instance }} {{ end }}are among them.");
}

}  // namespace

std::string prometheusRules(const InForce& inForce) {
  const Rules& rules = inForce.file();
  std::string out(kHead);
  std::vector<std::string> before;
  const auto watch = [&](const ModelInForce& model) {
    const ModelRule& rule = model.rule;
    // What a pattern before it names, all of it, is not left for this one.
    if (std::ranges::any_of(before, [&rule](const auto& pattern) { return matches(pattern, rule.match); })) return;
    Group group(out, "scorelet " + rule.match, rules, ownersOf(model));
    Watch models(group, rule, Selection(rule.match, before));
    models.figures();
    models.alerts();
    before.push_back(rule.match);
  };
  for (const ModelInForce& model : inForce.models()) watch(model);
  watch(ModelInForce());
  watchHosts(out, rules);
  return out;
}

}  // namespace scorelet::monitor
