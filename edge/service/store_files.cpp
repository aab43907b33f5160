// The store as the files that a directory has of it, so that it can be carried elsewhere and back.
#include <algorithm>

#include "api/json_writer.hpp"
#include "base/hexadecimal.hpp"
#include "cli/digest.hpp"
#include "service/protocols.hpp"
#include "service/releases.hpp"

namespace scorelet::service {
namespace {

Answer<ModelStore*> storeOf(Call& call) {
  if (call.shared.store == nullptr) return fail(404, "This service has no store of models.");
  return call.shared.store;
}

bool isDigest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

}  // namespace

Answer<Response> giveChanges(Call& call) {
  const auto store = storeOf(call);
  if (!store) return std::unexpected(store.error());
  std::string out;
  for (const std::string& line : (*store)->log()) out.append(line).append("\n");
  return Response{200, "application/x-ndjson", std::move(out), {}};
}

Answer<Response> takeChanges(Call& call) {
  const auto store = storeOf(call);
  if (!store) return std::unexpected(store.error());
  const Guard guard(call.shared.changing);
  const auto check = [&](const std::string& model, std::string document) -> Answer<void> {
    const auto made = Deployment::create(model, std::move(document), call.shared.settings, call.shared.host.now());
    return made ? Answer<void>() : std::unexpected(made.error());
  };
  if (auto ok = (*store)->extend(call.request.body, check); !ok) return std::unexpected(ok.error());
  if (auto ok = followAll(call.shared); !ok) return std::unexpected(ok.error());
  JsonWriter out;
  return jsonResponse(
      out.open('{').name("changes").number(static_cast<double>((*store)->log().size())).close('}').take());
}

Answer<Response> giveObject(Call& call) {
  const auto store = storeOf(call);
  if (!store) return std::unexpected(store.error());
  const std::string sha256(call.captured[0]);
  const bool isKnown = std::ranges::any_of((*store)->models(), [&](const auto& model) {
    return std::ranges::any_of(model.second.versions, [&](const StoredVersion& v) { return v.sha256 == sha256; });
  });
  if (!isKnown) return fail(404, "The store has no version of this digest.", "sha256");
  auto content = (*store)->document(sha256);
  if (!content) return std::unexpected(content.error());
  return Response{200, "application/octet-stream", std::move(*content), {}};
}

Answer<Response> takeObject(Call& call) {
  const auto store = storeOf(call);
  if (!store) return std::unexpected(store.error());
  if (!isDigest(call.captured[0]) || cli::hexadecimal(cli::digestOf(call.request.body)) != call.captured[0])
    return fail(400, "The path is to end with the SHA-256 of the body.", "sha256");
  const auto kept = (*store)->keep(call.request.body);
  if (!kept) return std::unexpected(kept.error());
  return jsonResponse("{}", 201);
}

}  // namespace scorelet::service
