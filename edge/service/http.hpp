// Requests and responses as values: what a host carries in and out.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scorelet::service {

struct Header {
  std::string name, value;
};

struct Request {
  std::string method;
  std::string target;  ///< path and query, as sent: "/model/loan?x=1"
  std::vector<Header> headers;
  std::string body;
  bool isLoopback = false;  ///< the connection came from this very machine
  bool isAgain = false;     ///< it was handed over before, and the service said `Response::isWaiting`

  /// The first header of that name, whatever its case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// To HEAD as to GET; the host then leaves out the body.
struct Response {
  int status = 200;
  std::string type = "application/json";  ///< empty: there is no body
  std::string body;
  std::vector<Header> headers;
  bool isWaiting = false;  ///< no response yet: `Host::isWaiting`
};

[[nodiscard]] inline Response jsonResponse(std::string body, int status = 200) {
  return {status, "application/json", std::move(body), {}};
}

/// Why a request has no answer.
struct Failure {
  int status = 400;
  std::string message;
  std::string field;  ///< of the request or of the model; empty: none in particular
};

template <class T>
using Answer = std::expected<T, Failure>;

inline std::unexpected<Failure> fail(int status, std::string message, std::string field = {}) {
  return std::unexpected(Failure{status, std::move(message), std::move(field)});
}

/// A request's target, taken apart and decoded.
struct Target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;

  [[nodiscard]] static Answer<Target> read(std::string_view target);
  /// The value of the first parameter of that name, empty if there is none.
  [[nodiscard]] std::string_view parameter(std::string_view name) const noexcept;
};

[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept;

/// Without blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Takes what stands before the next `separator` off a list.
[[nodiscard]] std::string_view nextPart(std::string_view& list, char separator) noexcept;

/// "text/csv" of "text/csv; charset=utf-8", in small letters.
[[nodiscard]] std::string mediaType(std::string_view header);

}  // namespace scorelet::service
