// A prediction beside what came true.
#pragma once

#include <string>
#include <string_view>

#include <scorelet/telemetry/event.hpp>
#include <scorelet/telemetry/outcomes.hpp>

#include "monitor/rules.hpp"

namespace scorelet::monitor {

[[nodiscard]] std::string textOf(const telemetry::EventValue& value);
[[nodiscard]] telemetry::JudgedCase judge(const ModelRule& rule, const telemetry::PredictionEvent& event,
                                          std::string_view outcome);
/// The input by which outcomes may come; empty if it was not told.
[[nodiscard]] std::string keyOf(const ModelRule& rule, const telemetry::PredictionEvent& event);

/// The figure of a summary with its 95 % range, where one is known; else NaN.
[[nodiscard]] telemetry::OutcomeSummary::Figure figureOf(const telemetry::OutcomeSummary& summary, Figure figure);

}  // namespace scorelet::monitor
