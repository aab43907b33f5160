#include "service/call.hpp"

#include "service/audit_record.hpp"

namespace scorelet::service {

void Call::use(const Deployment& deployment) {
  model = deployment.name();
  version = deployment.version();
  versionSha256 = deployment.sha256();
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

void Call::beginPrediction() { predictionId = shared.names.next(shared.host); }

void Call::putDown(Seat& seat, const Batch& block, std::size_t first) {
  if (shared.audit == nullptr) return;
  const FieldKeeping& keeping = shared.audit->policy().of(model);
  for (std::size_t row = 0; row < block.rows; ++row) {
    std::string salt;
    for (int word = 0; word < 2; ++word) salt += hexadecimal(shared.host.random());
    const std::size_t number = places == nullptr ? first + row : (*places)[first + row];
    predictions.push_back({predictionId + "/" + std::to_string(number),
                           recordBody(keeping, seat.scorer, seat.treatments, block, row, salt)});
  }
}

Answer<void> Call::record() {
  if (shared.audit == nullptr) return {};
  return shared.audit->add(predictions, model, versionSha256);
}

std::string hexadecimal(std::uint64_t bits) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[bits >> shift & 15];
  return out;
}

Failure failureOf(const Diagnostics& diagnostics) {
  const Diagnostic& first = diagnostics.front();
  return {400, first.message, first.field};
}

}  // namespace scorelet::service
