// The same rules for engines that watch more than one machine can: files for Prometheus, Alertmanager and Grafana
// (docs/monitoring-at-scale.md). The same rules give the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "monitor/in_force.hpp"
#include "monitor/rules.hpp"

namespace scorelet::monitor {

/// Alerting rules over the metrics of docs/telemetry.md as OpenTelemetry's Collector names them: one group for each
/// rule of models, with the labels of the monitor's own alerts.
[[nodiscard]] std::string prometheusRules(const InForce& inForce);
/// Routes and receivers: the webhook and the mail of the rules.
[[nodiscard]] std::string alertmanagerConfig(const Rules& rules);
/// A dashboard over what `prometheusRules` records.
[[nodiscard]] std::string grafanaDashboard(const InForce& inForce);

/// In double quotes, as YAML, JSON and PromQL have it.
[[nodiscard]] std::string quoted(std::string_view text);
/// 0.25, not 2.5E-1.
[[nodiscard]] std::string plainNumber(double x);

/// In PromQL: champions only, as the monitor judges them.
inline constexpr std::string_view kChampions = R"(scoring_model_variant!~"challenger|shadow|canary")";
/// What a counter counted in a time, also if it began or began anew within it.
[[nodiscard]] std::string inTime(const std::string& counter, const std::string& time);
/// An expression with one more label, all of it or the first group of what `pattern` finds in another one.
[[nodiscard]] std::string labelled(const std::string& expression, std::string_view label, std::string_view from,
                                   std::string_view pattern = "(.*)");

}  // namespace scorelet::monitor
