// What the component imports of WASI 0.2 (wit/service.wit) as functions of C, as the canonical ABI lays them out:
// handles are numbers, results larger than one are written to a place of the caller's. `wasm-tools component new` holds
// each against the interface.
#pragma once

#include <cstddef>
#include <cstdint>

#define SCORELET_WASI(module, name) [[clang::import_module("wasi:" module "@0.2.0"), clang::import_name(name)]]

namespace scorelet::component::wasi {

using Handle = std::int32_t;

struct Text {
  const char* at;
  std::size_t size;
};
/// variant method: a name only if it is none of the first nine.
struct Method {
  std::uint8_t kind;
  Text other;
};
struct MaybeText {
  std::uint8_t isThere;
  Text text;
};
struct Field {
  Text name, value;
};
struct Fields {
  const Field* at;
  std::size_t size;
};
struct MaybeHandle {
  std::uint8_t isError;
  Handle handle;
};
/// result<list<u8>, stream-error> and result<_, stream-error>.
struct Read {
  std::uint8_t isError;
  union {
    Text bytes;
    struct {
      std::uint8_t isClosed;  // 0: `error` is one to be dropped
      Handle error;
    } failure;
  };
};
struct HeaderResult {
  std::uint8_t isError, why;
};
/// result<_, error-code>: of any failure only that there was one.
struct alignas(8) Finished {
  std::uint8_t isError;
  std::uint8_t more[39];
};
struct DateTime {
  std::uint64_t seconds;
  std::uint32_t nanoseconds;
};

extern "C" {
SCORELET_WASI("clocks/wall-clock", "now") void wasiNow(DateTime* out);
SCORELET_WASI("random/random", "get-random-u64") std::uint64_t wasiRandom();
SCORELET_WASI("cli/stderr", "get-stderr") Handle wasiStderr();

SCORELET_WASI("io/error", "[resource-drop]error") void dropError(Handle error);
SCORELET_WASI("io/streams", "[method]input-stream.blocking-read")
void readStream(Handle stream, std::uint64_t most, Read* out);
SCORELET_WASI("io/streams", "[resource-drop]input-stream") void dropInput(Handle stream);
SCORELET_WASI("io/streams", "[method]output-stream.blocking-write-and-flush")
void writeStream(Handle stream, const char* at, std::size_t size, Read* out);
SCORELET_WASI("io/streams", "[resource-drop]output-stream") void dropOutput(Handle stream);

SCORELET_WASI("http/types", "[constructor]fields") Handle newFields();
SCORELET_WASI("http/types", "[method]fields.append")
void appendField(Handle fields, const char* name, std::size_t nameSize, const char* value, std::size_t size,
                 HeaderResult* out);
SCORELET_WASI("http/types", "[method]fields.entries") void fieldsOf(Handle fields, Fields* out);
SCORELET_WASI("http/types", "[resource-drop]fields") void dropFields(Handle fields);

SCORELET_WASI("http/types", "[method]incoming-request.method") void methodOf(Handle request, Method* out);
SCORELET_WASI("http/types", "[method]incoming-request.path-with-query") void pathOf(Handle request, MaybeText* out);
SCORELET_WASI("http/types", "[method]incoming-request.headers") Handle headersOf(Handle request);
SCORELET_WASI("http/types", "[method]incoming-request.consume") void bodyOf(Handle request, MaybeHandle* out);
SCORELET_WASI("http/types", "[resource-drop]incoming-request") void dropRequest(Handle request);
SCORELET_WASI("http/types", "[method]incoming-body.stream") void streamOf(Handle body, MaybeHandle* out);
SCORELET_WASI("http/types", "[resource-drop]incoming-body") void dropBody(Handle body);

SCORELET_WASI("http/types", "[constructor]outgoing-response") Handle newResponse(Handle fields);
SCORELET_WASI("http/types", "[method]outgoing-response.set-status-code")
std::int32_t setStatus(Handle response, std::int32_t status);
SCORELET_WASI("http/types", "[method]outgoing-response.body") void responseBody(Handle response, MaybeHandle* out);
SCORELET_WASI("http/types", "[method]outgoing-body.write") void bodyStream(Handle body, MaybeHandle* out);
SCORELET_WASI("http/types", "[static]outgoing-body.finish")
void finishBody(Handle body, std::int32_t hasTrailers, Handle trailers, Finished* out);
/// A response, or an error code: seven numbers, of which a response is the first.
SCORELET_WASI("http/types", "[static]response-outparam.set")
void setResponse(Handle out, std::int32_t isError, std::int32_t first, std::int32_t, std::int64_t, std::int32_t,
                 std::int32_t, std::int32_t, std::int32_t);
}

}  // namespace scorelet::component::wasi

#undef SCORELET_WASI
