#include "service/settings.hpp"

#include <cmath>
#include <utility>

#include "service/json_tree.hpp"

namespace scorelet::service {
namespace {

constexpr double kLargest = 0x1p53;

/// Takes one member into the settings.
Answer<void> take(Settings& settings, JsonValue member) {
  const std::string name(member.name());
  const std::pair<std::string_view, std::size_t*> sizes[] = {
      {"bodyBytes", &settings.bodyBytes}, {"modelBytes", &settings.modelBytes}, {"rows", &settings.rows},
      {"values", &settings.values},       {"models", &settings.models},         {"memberBytes", &settings.memberBytes}};
  const std::pair<std::string_view, std::uint64_t*> counts[] = {{"milliseconds", &settings.milliseconds},
                                                                {"evaluations", &settings.evaluations},
                                                                {"verifyMilliseconds", &settings.verifyMilliseconds}};
  const auto wholeNumber = [&](auto* to) -> Answer<void> {
    const double x = member.node().number;
    if (!member.is(JsonKind::number) || x < 1 || x > kLargest || std::floor(x) != x)
      return fail(400, "A whole number, 1 or more, is wanted.", name);
    *to = static_cast<std::remove_pointer_t<decltype(to)>>(x);
    return {};
  };
  for (const auto& [known, to] : sizes)
    if (name == known) return wholeNumber(to);
  for (const auto& [known, to] : counts)
    if (name == known) return wholeNumber(to);
  if (name == "requestsPerSecond" || name == "burst") {
    if (!member.is(JsonKind::number) || member.node().number < 0)
      return fail(400, "A number, 0 or more, is wanted.", name);
    (name == "burst" ? settings.burst : settings.requestsPerSecond) = member.node().number;
    return {};
  }
  if (name == "defaultModel" && member.is(JsonKind::text)) return settings.defaultModel = member.text(), Answer<void>();
  if ((name == "explains" || name == "deploys") && member.is(JsonKind::boolean))
    return (name == "explains" ? settings.explains : settings.deploys) = member.node().number != 0, Answer<void>();
  if (name == "tokens" && member.is(JsonKind::text)) {
    auto tokens = readTokens(member.text());
    if (!tokens) return fail(400, tokens.error().message, name);
    settings.tokens = std::move(*tokens);
    return {};
  }
  if (name == "keys" && member.is(JsonKind::text)) {
    auto keys = readPublicKeys(member.text());
    if (!keys) return fail(400, keys.error().message, name);
    settings.keys = std::move(*keys);
    return {};
  }
  if (name == "origins" && member.is(JsonKind::array)) {
    for (const JsonValue origin : member) settings.origins.emplace_back(origin.text());
    return {};
  }
  return fail(400, "There is no such setting, or its value is of another kind.", name);
}

}  // namespace

Answer<Settings> readSettings(std::string_view json) {
  const auto tree = JsonTree::read(json, 10'000);
  if (!tree) return std::unexpected(tree.error());
  if (!tree->root().is(JsonKind::object)) return fail(400, "Settings are a JSON object.");
  Settings settings;
  for (const JsonValue member : tree->root())
    if (auto ok = take(settings, member); !ok) return std::unexpected(ok.error());
  return settings;
}

}  // namespace scorelet::service
