// A text of JSON, kept.
#pragma once

#include <string>
#include <string_view>

#include "api/json_reader.hpp"

namespace scorelet::telemetry {

[[nodiscard]] inline bool readText(JsonReader& reader, std::string& out) {
  std::string_view text;
  if (!reader.string(text)) return false;
  out = text;
  return true;
}

}  // namespace scorelet::telemetry
