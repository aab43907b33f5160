// What a bin of a baseline is called in events and reports.
#pragma once

#include <cstddef>
#include <string>

#include <scorelet/records.hpp>
#include <scorelet/telemetry/baseline.hpp>

namespace scorelet::telemetry {

inline constexpr std::string_view kOtherCategories = "other";

/// Of bin `i` of `counts`.
[[nodiscard]] inline std::string binLabel(const FieldBaseline& baseline, std::size_t i) {
  if (baseline.kind == FieldBaseline::Kind::category)
    return i < baseline.values.size() ? baseline.values[i] : std::string(kOtherCategories);
  const auto& edges = baseline.edges;
  if (edges.empty()) return {};
  std::string out;
  if (i == 0) {
    out = "<";
    appendNumber(out, edges.front());
  } else if (i >= edges.size()) {
    out = ">=";
    appendNumber(out, edges.back());
  } else {
    out = "[";
    appendNumber(out, edges[i - 1]);
    out += ", ";
    appendNumber(out, edges[i]);
    out += ')';
  }
  return out;
}

}  // namespace scorelet::telemetry
