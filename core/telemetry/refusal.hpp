// What was received is not what it should be.
#pragma once

#include <string>
#include <utility>

#include <scorelet/diagnostics.hpp>

namespace scorelet::telemetry {

[[nodiscard]] inline std::unexpected<Diagnostics> refusedBody(std::string message) {
  Diagnostic d;
  d.code = Code::badRecord;
  d.message = std::move(message);
  return std::unexpected(Diagnostics{std::move(d)});
}

}  // namespace scorelet::telemetry
