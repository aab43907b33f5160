#include "monitor/wording.hpp"

#include <cmath>
#include <cstdio>

#include "api/json_writer.hpp"
#include "monitor/facts.hpp"

namespace scorelet::monitor {
namespace {

void orNull(JsonWriter& w, std::string_view name, std::string_view text) {
  w.name(name);
  text.empty() ? w.raw("null") : w.text(text);
}
void orNull(JsonWriter& w, std::string_view name, std::optional<Time> time) {
  w.name(name);
  time ? w.text(isoText(*time)) : w.raw("null");
}

}  // namespace

std::string fixed(double x, int digits) {
  char out[400];
  std::snprintf(out, sizeof out, "%.*f", digits, x);
  return out;
}

std::string amount(double x) {
  if (!std::isfinite(x)) return "unknown";
  const double size = std::fabs(x);
  if (size >= 1e15) return fixed(x, 0);
  if (size < 100) {
    std::string out = fixed(x, size >= 10 ? 1 : size >= 1 || size == 0 ? 2 : 4);
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out.pop_back();
    return out;
  }
  double unit = 1;
  while (size / unit >= 1000) unit *= 10;
  std::string out = fixed(std::round(x / unit) * unit, 0);
  for (std::ptrdiff_t i = std::ssize(out) - 3; i > (x < 0 ? 1 : 0); i -= 3)
    out.insert(static_cast<std::size_t>(i), ",");
  return out;
}

std::string percent(double share) { return fixed(100 * share, 1) + " %"; }

std::string counted(std::size_t n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

std::string hoursText(double hours) { return hours == 24 ? "a day" : amount(hours) + " hours"; }

std::string figureText(Figure figure) {
  switch (figure) {
    case Figure::auc: return "AUC";
    case Figure::accuracy: return "Accuracy";
    case Figure::brier: return "Brier score";
    case Figure::logLoss: return "Log loss";
    case Figure::calibrationError: return "Calibration error";
    case Figure::rmse: return "RMSE";
    case Figure::mae: return "Mean error";
  }
  return {};
}

std::string belowText(const QualityRule& rule, std::size_t windows) {
  const std::string side = isHigherBetter(rule.figure) ? "Below" : "Beyond";
  const std::string length =
      rule.days == 7   ? counted(windows, "week")
      : rule.days == 1 ? counted(windows, "day")
                       : std::to_string(windows) + " windows of " + counted(static_cast<std::size_t>(rule.days), "day");
  return side + " the threshold for " + length + ".";
}

std::string comparisonText(const Comparison& c) {
  const auto& d = c.difference;
  if (std::isnan(d.difference)) return "There are not enough outcomes yet to compare them.";
  const bool isBetter = d.difference >= 0;
  const auto size = [&](double x) { return fixed(isBetter ? x : -x, 4); };
  const std::string figure = c.challenger.summary.hasProbabilities() ? "Brier score" : "Loss";
  return figure + " of version " + c.challenger.version + " is " + size(d.difference) +
         (isBetter ? " lower" : " higher") + " (95 % range " + size(isBetter ? d.low : d.high) + " to " +
         size(isBetter ? d.high : d.low) + "), on " +
         counted(static_cast<std::size_t>(c.cases), c.isPaired ? "request" : "case") +
         (c.isPaired ? " that both scored." : " of the challenger.");
}

std::string comparisonFacts(const Comparison& c) {
  const auto& d = c.difference;
  return Facts()
      .text("verdict", verdictOf(c))
      .text("version", c.challenger.version)
      .text("loss", lossOf(c))
      .number("difference", d.difference)
      .number("low", d.low)
      .number("high", d.high)
      .number("cases", c.cases)
      .take();
}

std::string_view verdictOf(const Comparison& c) {
  return c.difference.isPositive() ? "challenger" : c.difference.isNegative() ? "champion" : "undecided";
}

std::string_view lossOf(const Comparison& c) { return c.challenger.summary.hasProbabilities() ? "brier" : "loss"; }

std::string verdictText(const Comparison& c) {
  if (c.difference.isPositive()) return "The challenger is better, and the data is enough to say so.";
  if (c.difference.isNegative()) return "The champion is better, and the data is enough to say so.";
  return "Too close to call yet.";
}

std::string alertJson(const Alert& alert) {
  JsonWriter w;
  w.open('{').name("id").number(static_cast<double>(alert.id)).name("kind").text(alert.kind);
  w.name("severity").text(alert.severity).name("state").text(alert.state);
  w.name("title").text(alert.title).name("text").text(alert.text);
  if (!alert.facts.empty()) w.name("facts").raw(alert.facts);
  orNull(w, "model", alert.model);
  orNull(w, "group", alert.group);
  orNull(w, "field", alert.field);
  w.name("since").text(isoText(alert.since));
  orNull(w, "resolved", alert.resolved);
  orNull(w, "laterUntil", alert.later);
  w.name("actions").open('[');
  for (const std::string& action : alert.actions) w.text(action);
  return w.close(']').close('}').take();
}

std::string webhookJson(const Alert& alert) {
  JsonWriter w;
  w.open('{').name("version").text("scorelet-alert/1");
  w.name("status").text(alert.state == "firing" ? "firing" : "resolved");
  return w.name("alert").raw(alertJson(alert)).close('}').take();
}

std::string alertmanagerJson(const std::vector<Alert>& alerts, Time now) {
  JsonWriter w;
  w.open('[');
  for (const Alert& alert : alerts) {
    w.open('{').name("labels").open('{').name("alertname").text("scorelet_" + alert.kind);
    w.name("severity").text(alert.severity);
    for (const auto& [name, text] :
         {std::pair("model", &alert.model), std::pair("group", &alert.group), std::pair("field", &alert.field)})
      if (!text->empty()) w.name(name).text(*text);
    w.close('}').name("annotations").open('{').name("summary").text(alert.title).name("description").text(alert.text);
    w.close('}').name("startsAt").text(isoText(alert.since));
    w.name("endsAt").text(isoText(alert.state == "firing" ? now + kHour : alert.resolved.value_or(now))).close('}');
  }
  return w.close(']').take();
}

}  // namespace scorelet::monitor
