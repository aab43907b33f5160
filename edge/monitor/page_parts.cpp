#include "monitor/page_parts.hpp"

#include <cmath>

#include "base/number.hpp"
#include "monitor/wording.hpp"

namespace scorelet::monitor {

using service::fail;
using service::Target;

void writeText(JsonWriter& w, std::string_view name, std::string_view text) {
  w.name(name);
  text.empty() ? w.raw("null") : w.text(text);
}

void writeTime(JsonWriter& w, std::string_view name, Time time) {
  w.name(name);
  time == 0 ? w.raw("null") : w.text(isoText(time));
}

void writeAlerts(JsonWriter& w, std::string_view name, const std::vector<Alert>& alerts) {
  writeList(w, name, alerts, [&](const Alert& alert) { w.raw(alertJson(alert)); });
}

void writeChanges(JsonWriter& w, std::string_view name, const std::vector<Change>& changes) {
  writeList(w, name, changes, [&](const Change& c) {
    w.open('{')
        .name("time")
        .text(isoText(c.time))
        .name("kind")
        .text(c.kind)
        .name("text")
        .text(c.text)
        .name("by")
        .text(c.by);
    writeText(w, "model", c.model);
    writeText(w, "group", c.group);
    if (!c.facts.empty()) w.name("facts").raw(c.facts);
    w.close('}');
  });
}

service::Answer<Time> daysOf(const Target& target) {
  const std::string_view text = target.parameter("days");
  if (text.empty()) return Time{90};
  const auto days = parseDouble(text);
  if (!days || *days < 1 || *days > 800 || *days != std::floor(*days))
    return fail(400, "A whole number from 1 to 800.", "days");
  return static_cast<Time>(*days);
}

service::Answer<Time> stepOf(const Target& target) {
  const std::string_view text = target.parameter("step");
  if (text.empty() || text == "day") return kDay;
  if (text == "hour") return kHour;
  return fail(400, "A step is day or hour.", "step");
}

std::string qualityText(const Quality& quality, const QualityRule& rule) {
  if (quality.status == Status::below) return figureText(rule.figure) + ": " + belowText(rule, quality.belowFor);
  if (quality.status == Status::falling) return figureText(rule.figure) + " is falling towards its threshold.";
  if (quality.status == Status::fine) return figureText(rule.figure) + " is as agreed.";
  return "No window has enough outcomes yet.";
}

}  // namespace scorelet::monitor
