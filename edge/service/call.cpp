#include "service/call.hpp"

namespace scorelet::service {

void Call::use(const Deployment& deployment) {
  model = deployment.name();
  version = deployment.version();
}

Answer<std::shared_ptr<Deployment>> Call::deployment() {
  const std::string_view name = captured[0];
  auto found = shared.catalogue.find(name);
  if (found == nullptr) return fail(404, "There is no model \"" + std::string(name) + "\".", "id");
  if (captured.size() > 1 && captured[1] != found->version())
    return fail(404,
                "Model \"" + std::string(name) + "\" is served in version " + std::string(found->version()) + " only.",
                "version");
  use(*found);
  return found;
}

Answer<JsonTree> Call::json() const {
  const std::string type = mediaType(request.header("content-type"));
  if (!type.empty() && type != "application/json" && !type.ends_with("+json"))
    return fail(415, "The body is to be JSON, not " + type + ".", "content-type");
  auto tree = JsonTree::read(request.body, shared.settings.values);
  if (tree && !tree->root().is(JsonKind::object)) return fail(400, "The body is to be a JSON object.");
  return tree;
}

Answer<void> Call::checkRows(std::size_t count) const {
  if (count == 0) return fail(400, "There are no rows.");
  if (count <= shared.settings.rows) return {};
  return fail(413, "The request has " + std::to_string(count) + " rows; the limit is " +
                       std::to_string(shared.settings.rows) + ".");
}

Failure failureOf(const Diagnostics& diagnostics) {
  const Diagnostic& first = diagnostics.front();
  return {400, first.message, first.field};
}

}  // namespace scorelet::service
