// What the record of predictions is asked for, and asked to lose.
#include <algorithm>

#include "api/json_writer.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

std::unexpected<Failure> noRecord() { return fail(404, "This service does not record predictions."); }

/// Of a body {…, "why"}.
Answer<Response> lose(Call& call, Answer<std::uint64_t> (*from)(AuditLog&, JsonValue, const Author&)) {
  if (call.shared.audit == nullptr) return noRecord();
  const auto tree = call.json();
  if (!tree) return std::unexpected(tree.error());
  const auto count =
      from(*call.shared.audit, tree->root(), {call.caller.name, std::string(tree->root().member("why").text())});
  if (!count) return std::unexpected(count.error());
  JsonWriter out;
  return jsonResponse(out.open('{').name("deleted").number(static_cast<double>(*count)).close('}').take());
}

}  // namespace

Answer<Response> listRecords(Call& call) {
  if (call.shared.audit == nullptr) return noRecord();
  const auto segments = call.shared.audit->segments();
  if (!segments) return std::unexpected(segments.error());
  JsonWriter out;
  out.open('{').name("files").open('[');
  for (const std::uint64_t segment : *segments) out.text(segmentFile(segment));
  return jsonResponse(out.close(']').close('}').take());
}

Answer<Response> giveRecords(Call& call) {
  if (call.shared.audit == nullptr) return noRecord();
  const auto segments = call.shared.audit->segments();
  if (!segments) return std::unexpected(segments.error());
  const auto segment = segmentOf(call.captured[0]);
  if (!segment || std::ranges::find(*segments, *segment) == segments->end())
    return fail(404, "The record of predictions has no such file.", "file");
  auto lines = call.shared.audit->segment(*segment);
  if (!lines) return std::unexpected(lines.error());
  return Response{200, "application/x-ndjson", std::move(*lines), {}};
}

Answer<Response> forgetKey(Call& call) {
  return lose(call, [](AuditLog& log, JsonValue body, const Author& author) -> Answer<std::uint64_t> {
    const JsonValue key = body.member("key");
    if (!key.is(JsonKind::text) && !key.is(JsonKind::number))
      return fail(400, "\"key\" is to be the text or number that records are kept by.", "key");
    std::string text(key.text());
    if (key.is(JsonKind::number)) appendNumber(text, key.node().number);
    return log.forget(text, author);
  });
}

Answer<Response> expireRecords(Call& call) {
  return lose(call, [](AuditLog& log, JsonValue body, const Author& author) -> Answer<std::uint64_t> {
    const JsonValue before = body.member("before");
    if (!before.is(JsonKind::number) || before.node().number < 0 || before.node().number > 1e15)
      return fail(400, "\"before\" is to be a time in milliseconds since 1970.", "before");
    return log.expire(static_cast<std::uint64_t>(before.node().number), author);
  });
}

}  // namespace scorelet::service
