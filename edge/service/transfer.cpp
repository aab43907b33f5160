#include "service/transfer.hpp"

#include <algorithm>

#include "cli/digest.hpp"
#include "service/gzip.hpp"

namespace scorelet::service {

void addEntityTag(const Request& request, Response& response) {
  auto tag = std::ranges::find_if(response.headers, [](const Header& h) { return h.name == "etag"; });
  if (tag == response.headers.end()) {
    response.headers.push_back({"etag", '"' + cli::hexadecimal(cli::digestOf(response.body)).substr(0, 32) + '"'});
    tag = response.headers.end() - 1;
  }
  std::string_view known = request.header("if-none-match");
  bool isKnown = false;
  while (!known.empty()) {
    const std::string_view one = trimmed(nextPart(known, ','));
    isKnown = isKnown || one == "*" || one == tag->value || (one.starts_with("W/") && one.substr(2) == tag->value);
  }
  if (!isKnown) return;
  response.status = 304;
  response.type.clear();
  response.body.clear();
}

void compress(const Request& request, Response& response) {
  constexpr std::size_t kShort = 1'024;  // fits a packet anyway
  if (response.body.size() < kShort) return;
  response.headers.push_back({"vary", "accept-encoding"});
  if (!takesGzip(request.header("accept-encoding"))) return;
  std::string smaller = gzip(response.body);
  if (smaller.empty()) return;
  response.body = std::move(smaller);
  response.headers.push_back({"content-encoding", "gzip"});
  for (Header& header : response.headers)
    if (header.name == "etag") header.value.insert(0, "W/");
}

}  // namespace scorelet::service
