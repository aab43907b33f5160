// Why there is no answer to a question.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include <scorelet/diagnostics.hpp>

namespace scorelet::explain {

[[nodiscard]] inline Diagnostic fault(Code code, std::string message, std::string_view field = {}) {
  Diagnostic d;
  d.code = code;
  d.field = field;
  d.message = std::move(message);
  return d;
}

[[nodiscard]] inline std::unexpected<Diagnostics> refuse(Code code, std::string message, std::string_view field = {}) {
  return std::unexpected(Diagnostics{fault(code, std::move(message), field)});
}
[[nodiscard]] inline std::unexpected<Diagnostics> refuse(std::string message, std::string_view field = {}) {
  return refuse(Code::badArgument, std::move(message), field);
}

}  // namespace scorelet::explain
