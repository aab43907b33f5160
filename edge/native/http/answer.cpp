#include "native/http/answer.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>
#include <string_view>

namespace scorelet::native {

namespace http = boost::beast::http;
using service::jsonResponse;
using service::Response;

void addField(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

std::string headOf(const Response& response) {
  std::string head = "HTTP/1.1 ";
  head.reserve(512);
  const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  head.append(std::to_string(response.status)).append(" ").append(reason.data(), reason.size()).append("\r\n");
  for (const service::Header& header : response.headers) addField(head, header.name, header.value);
  if (!response.type.empty()) addField(head, "content-type", response.type);
  if (response.status != 204 && response.status != 304)
    addField(head, "content-length", std::to_string(response.type.empty() ? 0 : response.body.size()));
  return head;
}

Response refusal(const boost::system::error_code& error) {
  if (error == http::error::body_limit)
    return jsonResponse(R"({"message":"The body is longer than this service reads."})", 413);
  if (error == http::error::header_limit)
    return jsonResponse(R"({"message":"The head of the request is longer than this service reads."})", 431);
  return jsonResponse(R"({"message":"The request is not well formed."})", 400);
}

Response refusalForNow() {
  Response response = jsonResponse(R"({"message":"Too many long bodies are on their way; try again later."})", 503);
  response.headers.push_back({"retry-after", "1"});
  return response;
}

}  // namespace scorelet::native
