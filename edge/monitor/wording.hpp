// Figures and findings in words, and alerts as others want them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/alerts.hpp"
#include "monitor/assess.hpp"

namespace scorelet::monitor {

[[nodiscard]] std::string fixed(double x, int digits);  ///< "0.730"
[[nodiscard]] std::string amount(double x);             ///< three digits, thousands apart: "27,100", "0.75"
[[nodiscard]] std::string percent(double share);        ///< "7.1 %"
[[nodiscard]] std::string counted(std::size_t n, const std::string& noun);  ///< "1 model", "3 models"
[[nodiscard]] std::string hoursText(double hours);                          ///< "a day", "6 hours"
[[nodiscard]] std::string figureText(Figure figure);                        ///< "AUC"
/// "Below the threshold for 4 weeks."
[[nodiscard]] std::string belowText(const QualityRule& rule, std::size_t windows);
[[nodiscard]] std::string comparisonText(const Comparison& comparison);
[[nodiscard]] std::string comparisonFacts(const Comparison& comparison);
[[nodiscard]] std::string_view verdictOf(const Comparison& comparison);  ///< "challenger", "champion", "undecided"
[[nodiscard]] std::string_view lossOf(const Comparison& comparison);     ///< what is compared: "brier", or "loss"
[[nodiscard]] std::string verdictText(const Comparison& comparison);

/// As the API tells it.
[[nodiscard]] std::string alertJson(const Alert& alert);
[[nodiscard]] std::string webhookJson(const Alert& alert);
/// For POST to Alertmanager's /api/v2/alerts. Open ones end in an hour, unless they are repeated.
[[nodiscard]] std::string alertmanagerJson(const std::vector<Alert>& alerts, Time now);

}  // namespace scorelet::monitor
