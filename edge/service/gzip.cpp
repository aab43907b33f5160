#include "service/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace scorelet::service {
namespace {

constexpr int kGzip = 16 + MAX_WBITS;
constexpr std::size_t kPart = std::size_t{1} << 16;

Bytef* bytesOf(std::string_view text) noexcept {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib's own inputs are not const
}

}  // namespace

Answer<std::string> gunzip(std::string_view bytes, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) return fail(500, "There is no memory to undo the body's compression.");
  stream.next_in = bytesOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most) {
    const std::size_t before = out.size();
    out.resize(before + std::min(kPart, most + 1 - before));  // one too many tells
    stream.next_out = bytesOf(out) + before;
    stream.avail_out = static_cast<uInt>(out.size() - before);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  const bool isWhole = state == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (out.size() > most)
    return fail(413, "The body has more than " + std::to_string(most) + " bytes when its compression is undone.");
  if (!isWhole) return fail(400, "The body is not what gzip makes.", "content-encoding");
  return out;
}

Answer<void> unpackBody(Request& request, std::size_t most) {
  const std::string_view encoding = trimmed(request.header("content-encoding"));
  if (encoding.empty() || equalIgnoringCase(encoding, "identity")) return {};
  if (!equalIgnoringCase(encoding, "gzip"))
    return fail(415, "The body is compressed in a way that is not undone here; gzip is.", "content-encoding");
  auto body = gunzip(request.body, most);
  if (!body) return std::unexpected(body.error());
  request.body = std::move(*body);
  return {};
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kMemory = 8;  // zlib's default
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = bytesOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = bytesOf(out);
  stream.avail_out = static_cast<uInt>(out.size());
  const bool isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(isWhole ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

bool takesGzip(std::string_view accepted) noexcept {
  while (!accepted.empty()) {
    std::string_view weight = nextPart(accepted, ',');
    const std::string_view coding = trimmed(nextPart(weight, ';'));
    if (!equalIgnoringCase(coding, "gzip") && coding != "*") continue;
    weight = trimmed(weight);
    return weight.find_first_not_of("qQ=0. ") != std::string_view::npos || weight.empty();
  }
  return false;
}

}  // namespace scorelet::service
