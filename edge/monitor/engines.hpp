// The same rules for engines that watch more than one machine can: files for Prometheus, Alertmanager and Grafana
// (docs/monitoring-at-scale.md). The same rules give the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "monitor/rules.hpp"

namespace scorelet::monitor {

/// Alerting rules over the metrics of docs/telemetry.md as OpenTelemetry's Collector names them: one group for each
/// rule of models, with the labels of the monitor's own alerts.
[[nodiscard]] std::string prometheusRules(const Rules& rules);
/// Routes and receivers: the webhook and the mail of the rules.
[[nodiscard]] std::string alertmanagerConfig(const Rules& rules);
/// A dashboard over what `prometheusRules` records.
[[nodiscard]] std::string grafanaDashboard(const Rules& rules);

/// In double quotes, as YAML, JSON and PromQL have it.
[[nodiscard]] std::string quoted(std::string_view text);
/// 0.25, not 2.5E-1.
[[nodiscard]] std::string plainNumber(double x);

}  // namespace scorelet::monitor
