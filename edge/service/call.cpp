#include "service/call.hpp"

#include "base/hexadecimal.hpp"
#include "service/audit_record.hpp"
#include "service/releases.hpp"

namespace scorelet::service {

void Call::use(const Deployment& deployment) {
  model = deployment.name();
  version = deployment.version();
  versionSha256 = deployment.sha256();
}

Answer<std::shared_ptr<Deployment>> Call::deployment() { return deployment(captured[0]); }

Answer<std::shared_ptr<Deployment>> Call::deployment(std::string_view name) {
  auto found = findRelease(shared, name);
  if (!found) return std::unexpected(found.error());
  if (*found == nullptr) return fail(404, "There is no model \"" + std::string(name) + "\".", "id");
  release = std::move(*found);
  arm = captured.size() > 1 ? release->find(captured[1]) : &release->choose(request.header("x-route-key"));
  if (arm == nullptr)
    return fail(404,
                "Model \"" + std::string(name) + "\" is served in version " +
                    std::string(release->champion()->version()) + ", not in this one.",
                "version");
  use(*arm->deployment());
  return arm->deployment();
}

Answer<JsonTree> Call::json(const ClosedMembers& closed) const {
  const std::string type = mediaType(request.header("content-type"));
  if (!type.empty() && type != "application/json" && !type.ends_with("+json"))
    return fail(415, "The body is to be JSON, not " + type + ".", "content-type");
  auto tree = JsonTree::read(request.body, shared.settings.values, closed);
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

void Call::take(Seat& seat, const Batch& block, std::size_t first) {
  putDown(seat, block, first);
  if (arm != nullptr) arm->add(block, seat.scorer);
  Deployment* const shadow = release == nullptr ? nullptr : release->shadow();
  if (shadow == nullptr || shadow == arm->deployment().get()) return;
  if (!shadowSeat) shadowSeat.emplace(shadow->seat());
  shadowed += compareShadow(block, seat.scorer, (*shadowSeat)->scorer);
}

void Call::putDown(Seat& seat, const Batch& block, std::size_t first) {
  if (shared.audit == nullptr) return;
  const FieldKeeping& keeping = shared.audit->policy().of(model);
  for (std::size_t row = 0; row < block.rows; ++row) {
    const std::string salt = randomText(shared.host);
    const std::size_t number = places == nullptr ? first + row : (*places)[first + row];
    predictions.push_back({predictionId + "/" + std::to_string(number),
                           recordBody(keeping, seat.scorer, seat.treatments, block, row, salt)});
  }
}

Answer<void> Call::record() {
  if (shared.audit == nullptr) return {};
  return shared.audit->add(predictions, model, versionSha256);
}

std::string randomText(Host& host) {
  std::string out;
  for (int word = 0; word < 2; ++word)
    for (std::uint64_t bits = host.random(), i = 0; i < 16; ++i, bits >>= 4) out += kHexDigits[bits & 15];
  return out;
}

Failure failureOf(const Diagnostics& diagnostics) {
  const Diagnostic& first = diagnostics.front();
  return {400, first.message, first.field};
}

}  // namespace scorelet::service
