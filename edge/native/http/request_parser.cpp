#include "native/http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <string_view>

namespace scorelet::native {

namespace http = boost::beast::http;

namespace {

constexpr std::uint64_t kReserved = 64 << 10;  // nobody gets more memory by announcing a long body

}  // namespace

RequestParser::RequestParser(std::size_t bodyBytes) {
  eager(true);
  header_limit(kHeadBytes);
  body_limit(bodyBytes);
}

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Error&) {
  request.method.assign(method.data(), method.size());
  request.target.assign(target.data(), target.size());
  isHttp10 = version == 10;
  request.headers.reserve(8);
}

void RequestParser::on_field_impl(http::field field, Text name, Text value, Error& error) {
  if (is_header_done()) return;  // a trailer, which could say of a request what nobody has checked
  // The library's limit is that of what is not yet read.
  if ((headBytes_ += name.size() + value.size() + 4) > kHeadBytes) {
    error = http::error::header_limit;
    return;
  }
  // Whoever stands between must not have read another body.
  const bool isChunked = !isHttp10 && service::equalIgnoringCase({value.data(), value.size()}, "chunked");
  if (field == http::field::transfer_encoding && !isChunked) {
    error = http::error::bad_transfer_encoding;
    return;
  }
  if (field == http::field::expect && !isHttp10)
    awaitsContinue = service::equalIgnoringCase({value.data(), value.size()}, "100-continue");
  request.headers.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
  request.body.reserve(std::min(length.value_or(0), kReserved));
}

std::size_t RequestParser::on_body_impl(Text part, Error&) {
  request.body.append(part.data(), part.size());
  return part.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text part, Error& error) {
  return on_body_impl(part, error);
}

}  // namespace scorelet::native
