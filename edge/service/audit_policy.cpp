#include "service/audit_policy.hpp"

#include "service/release_settings.hpp"

namespace scorelet::service {
namespace {

Answer<FieldKeeping> readKeeping(JsonValue from) {
  constexpr std::pair<std::string_view, Keeping> kWords[] = {
      {"full", Keeping::full}, {"hashed", Keeping::hashed}, {"omitted", Keeping::omitted}};
  FieldKeeping out;
  for (const JsonValue member : from) {
    const std::string name(member.name());
    if (name == "models") continue;
    if (name == "key" && member.is(JsonKind::text)) {
      out.key = member.text();
      continue;
    }
    if (name != "fields" || !member.is(JsonKind::object))
      return fail(400, "What is kept of predictions has \"fields\", \"key\" and \"models\".", name);
    for (const JsonValue field : member) {
      const auto* word = kWords;
      while (word != std::end(kWords) && word->first != field.text()) ++word;
      if (word == std::end(kWords))
        return fail(400, "A field is kept \"full\", \"hashed\" or \"omitted\".", std::string(field.name()));
      (field.name() == "*" ? out.others : out.fields[std::string(field.name())]) = word->second;
    }
  }
  return out;
}

}  // namespace

Keeping FieldKeeping::of(std::string_view field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? others : found->second;
}

Answer<AuditPolicy> AuditPolicy::read(std::string_view json) {
  const auto tree = JsonTree::read(json, 100'000);
  if (!tree) return std::unexpected(tree.error());
  if (!tree->root().is(JsonKind::object)) return fail(400, "What is kept of predictions is said in a JSON object.");
  AuditPolicy out;
  auto all = readKeeping(tree->root());
  if (!all) return std::unexpected(all.error());
  out.all_ = std::move(*all);
  for (const JsonValue model : tree->root().member("models")) {
    auto own = readKeeping(model);
    if (!own) return std::unexpected(own.error());
    out.models_.emplace(model.name(), std::move(*own));
  }
  return out;
}

const FieldKeeping& AuditPolicy::of(std::string_view model) const {
  auto found = models_.find(model);
  if (found == models_.end()) found = models_.find(groupOf(model));
  return found == models_.end() ? all_ : found->second;
}

}  // namespace scorelet::service
