#include "service/release_settings.hpp"

#include <cmath>

#include "api/json_writer.hpp"
#include "cli/digest.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {
namespace {

bool isShare(JsonValue value) {
  return value.is(JsonKind::number) && value.node().number >= 0 && value.node().number <= 1;
}

Answer<void> readSplit(JsonValue from, std::vector<ReleaseShare>& out) {
  double sum = 0;
  for (const JsonValue arm : from) {
    if (!arm.member("alias").is(JsonKind::text) || !isShare(arm.member("share")))
      return fail(400, "\"split\" is an array of {\"alias\", \"share\"}; a share is from 0 to 1.", "split");
    out.push_back({std::string(arm.member("alias").text()), arm.member("share").node().number});
    sum += out.back().share;
  }
  if (!from.is(JsonKind::array) || sum > 1) return fail(400, "The shares of \"split\" come to 1 at most.", "split");
  return {};
}

Answer<void> readStepBack(JsonValue from, StepBackRule& out) {
  for (const JsonValue member : from) {
    const double x = member.node().number;
    const bool isNumber = member.is(JsonKind::number) && x >= 0;
    if (member.name() == "rows" && isNumber && x >= 1 && x < 1e15 && std::floor(x) == x)
      out.rows = static_cast<std::uint64_t>(x);
    else if (member.name() == "badRows" && isShare(member))
      out.badRows = x;
    else if (member.name() == "drift" && isNumber)
      out.drift = x;
    else
      return fail(400, "\"stepBack\" is {\"rows\": number, \"badRows\": share, \"drift\": PSI}.", "stepBack");
  }
  if (!from.is(JsonKind::object) || (!out.badRows && !out.drift))
    return fail(400, "\"stepBack\" needs \"badRows\" or \"drift\".", "stepBack");
  return {};
}

}  // namespace

Answer<ReleaseSettings> ReleaseSettings::read(std::string_view json) {
  const auto tree = JsonTree::read(json, 10'000);
  if (!tree) return std::unexpected(tree.error());
  if (!tree->root().is(JsonKind::object)) return fail(400, "How versions share requests is said in a JSON object.");
  ReleaseSettings out;
  for (const JsonValue member : tree->root()) {
    const std::string name(member.name());
    Answer<void> ok;
    if (name == "split")
      ok = readSplit(member, out.split);
    else if (name == "stepBack")
      ok = readStepBack(member, out.stepBack.emplace());
    else if ((name == "shadow" || name == "fallback") && member.is(JsonKind::text))
      (name == "shadow" ? out.shadow : out.fallback) = member.text();
    else
      ok = fail(400, "There is no such setting of a release, or its value is of another kind.", name);
    if (!ok) return std::unexpected(ok.error());
  }
  return out;
}

std::string ReleaseSettings::json() const {
  JsonWriter out;
  out.open('{');
  if (!split.empty()) {
    out.name("split").open('[');
    for (const ReleaseShare& arm : split)
      out.open('{').name("alias").text(arm.alias).name("share").number(arm.share).close('}');
    out.close(']');
  }
  if (!shadow.empty()) out.name("shadow").text(shadow);
  if (stepBack) {
    out.name("stepBack").open('{').name("rows").number(static_cast<double>(stepBack->rows));
    if (stepBack->badRows) out.name("badRows").number(*stepBack->badRows);
    if (stepBack->drift) out.name("drift").number(*stepBack->drift);
    out.close('}');
  }
  if (!fallback.empty()) out.name("fallback").text(fallback);
  return out.close('}').take();
}

const ReleaseShare* ReleaseSettings::armOf(std::string_view model, std::string_view key) const {
  std::string text(model);
  text.append(1, '\0').append(key);
  const Sha256 digest = cli::digestOf(text);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | std::to_integer<std::uint64_t>(digest[i]);
  double at = std::ldexp(static_cast<double>(bits >> 11), -53);
  for (const ReleaseShare& arm : split)
    if ((at -= arm.share) < 0) return &arm;
  return nullptr;
}

std::string_view groupOf(std::string_view model) noexcept {
  const std::size_t sign = model.find(':');
  return sign == std::string_view::npos ? std::string_view() : model.substr(0, sign);
}

}  // namespace scorelet::service
