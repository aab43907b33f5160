// What several answers of the API have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/json_writer.hpp"
#include "monitor/alerts.hpp"
#include "monitor/assess.hpp"
#include "service/http.hpp"

namespace scorelet::monitor {

[[nodiscard]] inline double number(std::uint64_t n) { return static_cast<double>(n); }

/// null where there is none.
void writeText(JsonWriter& w, std::string_view name, std::string_view text);
void writeTime(JsonWriter& w, std::string_view name, Time time);
template <class List, class Write>
void writeList(JsonWriter& w, std::string_view name, const List& list, const Write& write) {
  w.name(name).open('[');
  for (const auto& item : list) write(item);
  w.close(']');
}
void writeAlerts(JsonWriter& w, std::string_view name, const std::vector<Alert>& alerts);
void writeChanges(JsonWriter& w, std::string_view name, const std::vector<Change>& changes);

/// Days before now, 1 to 800.
[[nodiscard]] service::Answer<Time> daysOf(const service::Target& target);
[[nodiscard]] service::Answer<Time> stepOf(const service::Target& target);

[[nodiscard]] std::string qualityText(const Quality& quality, const QualityRule& rule);

}  // namespace scorelet::monitor
