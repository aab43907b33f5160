#include "monitor/agreement.hpp"

#include <utility>

#include "cli/digest.hpp"
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

Answer<AgreedBundle> AgreedBundle::open(std::string_view bytes, std::string model,
                                        const std::vector<service::PublicKey>& keys) {
  if (!service::isTar(bytes)) return fail(400, "This is no bundle; scorelet model pack makes one.");
  auto content = service::Bundle::open(bytes, keys);
  if (!content) return std::unexpected(content.error());
  auto agreement = Agreement::read(content->manifest());
  if (!agreement) return std::unexpected(agreement.error());
  if (model.empty()) model = content->name();
  if (model.empty()) return fail(400, "The bundle does not say which model it is of.", "name");
  if (model.contains('*')) return fail(400, "The name of the model holds a *, which rules read as any text.", "name");
  agreement->sha256 = cli::hexadecimal(cli::digestOf(bytes));
  agreement->isSigned = !keys.empty();
  return AgreedBundle{std::move(*content), std::move(model), std::move(*agreement)};
}

}  // namespace scorelet::monitor
