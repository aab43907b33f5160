// Bodies made smaller by gzip (RFC 1952).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "service/http.hpp"

namespace scorelet::service {

/// What was made smaller. Fails if it is no gzip, is cut off, or has more than `most` bytes, of which no more are then
/// made.
[[nodiscard]] Answer<std::string> gunzip(std::string_view bytes, std::size_t most);

/// Undoes the compression of a request's body, as its headers tell it.
[[nodiscard]] Answer<void> unpackBody(Request& request, std::size_t most);

[[nodiscard]] std::string gzip(std::string_view bytes);

/// Whether an Accept-Encoding header takes gzip.
[[nodiscard]] bool takesGzip(std::string_view accepted) noexcept;

}  // namespace scorelet::service
