// Whether the service lives, is ready, and what it did.
#include <algorithm>

#include "service/protocols.hpp"

namespace scorelet::service {

Answer<Response> tellLive(Call&) { return jsonResponse("{\"live\":true}"); }

/// Ready: not about to end, and with models, each of which answers its own verification records as recorded.
Answer<Response> tellReady(Call& call) {
  const auto all = call.shared.catalogue.all();
  const bool isReady = !call.shared.isDraining && !all.empty() && std::ranges::all_of(all, [&](const auto& deployment) {
    return deployment->isReady(call.began);
  });
  return jsonResponse(isReady ? "{\"ready\":true}" : "{\"ready\":false}", isReady ? 200 : 503);
}

Answer<Response> tellVersion(Call&) { return Response{200, "text/plain; charset=utf-8", SCORELET_VERSION_TEXT, {}}; }

Answer<Response> giveMetrics(Call& call) {
  return Response{200, "text/plain; version=0.0.4; charset=utf-8", call.shared.metrics.text(call.shared.catalogue), {}};
}

Answer<Response> giveOpenApi(Call&) { return jsonResponse(std::string(openApi())); }

}  // namespace scorelet::service
