#include "monitor/agreement.hpp"

#include "service/json_tree.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using service::JsonKind;
using service::JsonTree;
using service::JsonValue;

constexpr std::size_t kManifestValues = 10'000;

/// The first threshold whose figure is watched, on the side that is the worse one.
void readThresholds(JsonValue thresholds, ModelRule& out) {
  for (const JsonValue threshold : thresholds) {
    const auto figure = readFigure(threshold.member("figure").text());
    if (!figure) continue;
    const JsonValue limit = threshold.member(isHigherBetter(*figure) ? "minimum" : "maximum");
    if (!limit.is(JsonKind::number)) continue;
    out.quality = QualityRule{.figure = *figure, .threshold = limit.node().number};
    out.score = threshold.member("result").text();
    out.event = threshold.member("event").text();
    return;
  }
}

Answer<void> readMonitoring(JsonValue monitoring, Agreement& out) {
  if (monitoring && !monitoring.is(JsonKind::object))
    return fail(400, "\"monitoring\" is a JSON object.", "monitoring");
  for (const JsonValue member : monitoring) {
    const auto ok =
        member.name() == "groupRule" ? readGroupRule(member, out.group.emplace()) : readMember(member, out.rule);
    if (!ok) return fail(400, "Of the bundle's \"monitoring\": " + ok.error().message, ok.error().field);
  }
  return {};
}

}  // namespace

Answer<Agreement> Agreement::read(std::string_view manifest) {
  const auto tree = JsonTree::read(manifest, kManifestValues);
  if (!tree) return std::unexpected(tree.error());
  const JsonValue root = tree->root(), window = root.member("trainingWindow");
  Agreement out;
  out.by = root.member("by").text();
  out.created = static_cast<Time>(root.member("created").node().number);
  for (const JsonValue owner : root.member("owners")) out.owners.emplace_back(owner.text());
  out.trainedFrom = window.member("from").text();
  out.trainedTo = window.member("to").text();
  readThresholds(root.member("thresholds"), out.rule);
  if (auto ok = readMonitoring(root.member("monitoring"), out); !ok) return std::unexpected(ok.error());
  return out;
}

}  // namespace scorelet::monitor
