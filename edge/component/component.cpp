// The service as a component of WASI 0.2 that answers wasi:http.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "component/wasi.hpp"
#include "module/instance.hpp"

namespace scorelet::component {
namespace {

using namespace wasi;

/// What the host hands over lies in memory that it asked `cabi_realloc` for.
std::string taken(Text text) {
  std::string out(text.at, text.size);
  if (text.size > 0) std::free(const_cast<char*>(text.at));
  return out;
}

void write(Handle stream, std::string_view bytes) {
  constexpr std::size_t kMost = 4'096;  // of one call, by the interface
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kMost);
    bytes.remove_prefix(part.size());
    Read result;
    writeStream(stream, part.data(), part.size(), &result);
    if (!result.isError) continue;
    if (!result.failure.isClosed) dropError(result.failure.error);
    return;
  }
}

class WasiHost final : public service::Host {
 public:
  std::uint64_t now() override {
    DateTime time;
    wasiNow(&time);
    return time.seconds * 1'000 + time.nanoseconds / 1'000'000;
  }
  std::uint64_t random() override { return wasiRandom(); }
  void log(std::string_view line) override {
    std::string whole(line);
    whole += '\n';
    const Handle stream = wasiStderr();
    write(stream, whole);
    dropOutput(stream);
  }
};

std::string methodName(Handle request) {
  constexpr std::string_view kNames[] = {"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                         "CONNECT", "OPTIONS", "TRACE", "PATCH"};
  Method method;
  methodOf(request, &method);
  return method.kind < std::size(kNames) ? std::string(kNames[method.kind]) : taken(method.other);
}

std::vector<service::Header> headers(Handle request) {
  const Handle fields = headersOf(request);
  Fields entries;
  fieldsOf(fields, &entries);
  dropFields(fields);
  std::vector<service::Header> out;
  for (std::size_t i = 0; i < entries.size; ++i) out.push_back({taken(entries.at[i].name), taken(entries.at[i].value)});
  if (entries.size > 0) std::free(const_cast<Field*>(entries.at));
  return out;
}

/// All of a body, unless it is longer than the service would take anyway.
std::string readBody(Handle request, std::size_t most) {
  std::string out;
  MaybeHandle body, stream;
  bodyOf(request, &body);
  if (body.isError) return out;
  streamOf(body.handle, &stream);
  while (!stream.isError && out.size() <= most) {
    Read part;
    readStream(stream.handle, 65'536, &part);
    if (part.isError) {  // at its end it is closed
      if (!part.failure.isClosed) dropError(part.failure.error);
      break;
    }
    out.append(part.bytes.at, part.bytes.size);
    if (part.bytes.size > 0) std::free(const_cast<char*>(part.bytes.at));
  }
  if (!stream.isError) dropInput(stream.handle);
  dropBody(body.handle);
  return out;
}

void respond(Handle out, const service::Response& from, bool hasBody) {
  const Handle fields = newFields();
  const auto append = [&](std::string_view name, std::string_view value) {
    HeaderResult ignored;  // none of the service's is forbidden
    appendField(fields, name.data(), name.size(), value.data(), value.size(), &ignored);
  };
  for (const service::Header& header : from.headers) append(header.name, header.value);
  if (!from.type.empty()) append("content-type", from.type);
  if (hasBody) append("content-length", std::to_string(from.body.size()));
  const Handle response = newResponse(fields);
  setStatus(response, from.status);
  MaybeHandle body, stream;
  responseBody(response, &body);
  setResponse(out, 0, response, 0, 0, 0, 0, 0, 0);
  if (body.isError) return;
  if (hasBody) {
    bodyStream(body.handle, &stream);
    if (!stream.isError) {
      write(stream.handle, from.body);
      dropOutput(stream.handle);
    }
  }
  Finished finished;
  finishBody(body.handle, 0, 0, &finished);
}

}  // namespace
}  // namespace scorelet::component

namespace scorelet::module {

service::Host& host() {
  static component::WasiHost it;
  return it;
}

service::Storage* storage() { return nullptr; }
service::AuditStorage* auditStorage() { return nullptr; }

}  // namespace scorelet::module

extern "C" {

/// Where the host asks for memory of what it hands over.
void* cabi_realloc(void* memory, std::size_t, std::size_t alignment, std::size_t size) {
  if (size == 0) return reinterpret_cast<void*>(alignment);  // NOLINT(performance-no-int-to-ptr): nobody reads it
  void* larger = std::realloc(memory, size);
  if (larger == nullptr) __builtin_trap();
  return larger;
}

[[clang::export_name("wasi:http/incoming-handler@0.2.0#handle")]] void handleRequest(std::int32_t from,
                                                                                     std::int32_t out) {
  using namespace scorelet::component;
  scorelet::service::Service* service = scorelet::module::service();
  if (service == nullptr) __builtin_trap();  // build.mjs has started it
  scorelet::service::Request request;
  request.method = methodName(from);
  wasi::MaybeText path;
  wasi::pathOf(from, &path);
  if (path.isThere) request.target = taken(path.text);
  request.headers = headers(from);
  request.body = readBody(from, scorelet::module::settings().bodyBytes);
  wasi::dropRequest(from);
  const scorelet::service::Response response = service->handle(request);
  const bool hasBody = !response.type.empty() && response.status != 304 && request.method != "HEAD";
  respond(out, response, hasBody);
}

}  // extern "C"
