#include "monitor/judge.hpp"

#include <algorithm>
#include <limits>

#include <scorelet/records.hpp>

#include "base/number.hpp"

namespace scorelet::monitor {
namespace {

using telemetry::EventValue;
using telemetry::JudgedCase;
using telemetry::OutcomeSummary;

constexpr std::string_view kProbability = "probability(";

bool isProbability(std::string_view name) { return name.starts_with(kProbability) && name.ends_with(")"); }

/// "1", "1.0" and 1 are one value.
bool areSame(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto x = parseDouble(a), y = parseDouble(b);
  return x && y && *x == *y;
}

const std::pair<std::string, EventValue>* resultOf(const telemetry::PredictionEvent& event, std::string_view name,
                                                   bool wantsProbability) {
  for (const auto& result : event.outputs)
    if (name.empty() ? isProbability(result.first) == wantsProbability : result.first == name) return &result;
  return nullptr;
}

}  // namespace

std::string textOf(const EventValue& value) {
  std::string out;
  if (const auto* text = std::get_if<std::string>(&value)) out = *text;
  if (const auto* truth = std::get_if<bool>(&value)) out = *truth ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) appendNumber(out, *number);
  return out;
}

std::string keyOf(const ModelRule& rule, const telemetry::PredictionEvent& event) {
  if (rule.key.empty()) return {};
  for (const auto& [name, value] : event.inputs)
    if (name == rule.key) return textOf(value);
  return {};
}

JudgedCase judge(const ModelRule& rule, const telemetry::PredictionEvent& event, std::string_view outcome) {
  JudgedCase out;
  const auto probabilities =
      std::ranges::count_if(event.outputs, [](const auto& result) { return isProbability(result.first); });
  // Of three classes or more nobody can guess which is the event.
  const auto* score = rule.score.empty() && probabilities > 2 ? nullptr : resultOf(event, rule.score, true);
  if (score != nullptr) {
    std::string_view of = rule.event;
    if (of.empty() && isProbability(score->first))
      of = std::string_view(score->first).substr(kProbability.size(), score->first.size() - kProbability.size() - 1);
    if (const auto* p = std::get_if<double>(&score->second); p != nullptr && !of.empty()) {
      out.probability = *p;
      out.isEvent = areSame(of, outcome);
    }
  }
  const auto* prediction = resultOf(event, rule.prediction, false);
  if (prediction == nullptr) return out;
  const auto* number = std::get_if<double>(&prediction->second);
  const auto actual = parseDouble(outcome);
  if (number != nullptr && actual && !out.probability && probabilities == 0)
    out.predicted = *number, out.actual = actual;
  else if (!std::holds_alternative<std::monostate>(prediction->second))
    out.isRight = areSame(textOf(prediction->second), outcome);
  return out;
}

OutcomeSummary::Figure figureOf(const OutcomeSummary& summary, Figure figure) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  switch (figure) {
    case Figure::auc: return summary.auc();
    case Figure::accuracy: return summary.accuracy();
    case Figure::brier: return summary.brier();
    case Figure::rmse: return summary.rmse();
    case Figure::mae: return summary.mae();
    case Figure::logLoss: return {summary.binary().logLoss(), kUnknown, kUnknown};
    case Figure::calibrationError:
      return {BinaryEvaluation::calibrationError(summary.binary().calibration()), kUnknown, kUnknown};
  }
  return {kUnknown, kUnknown, kUnknown};
}

}  // namespace scorelet::monitor
