#include "service/metrics.hpp"

#include <scorelet/records.hpp>

namespace scorelet::service {
namespace {

std::string seconds(std::uint64_t milliseconds) {
  std::string out;
  appendNumber(out, static_cast<double>(milliseconds) / 1000);
  return out;
}

/// Names of models and routes need no escapes.
std::string label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + '"';
}

std::string countedAs(const std::string& model) {
  const std::string_view group = groupOf(model);
  return group.empty() ? model : std::string(group);
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
  out.append(name).append(" ").append(type).append("\n");
}

void sample(std::string& out, std::string_view name, const std::string& labels, const std::string& value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

}  // namespace

void Metrics::count(std::string_view route, int status, std::uint64_t milliseconds) {
  const Guard guard(mutex_);
  ++requests_[{std::string(route), status}];
  Times& times = times_[std::string(route)];
  ++times.count;
  times.sum += milliseconds;
  for (std::size_t i = 0; i < kBounds.size(); ++i) times.below[i] += milliseconds <= kBounds[i] ? 1 : 0;
}

void Metrics::countRows(const std::string& model, std::size_t rows, std::size_t badRows) {
  const Guard guard(mutex_);
  Rows& counts = rows_[countedAs(model)];
  counts.all += rows;
  counts.bad += badRows;
}

void Metrics::countShadow(const std::string& model, const ShadowCounts& counts) {
  const Guard guard(mutex_);
  shadows_[countedAs(model)] += counts;
}

void Metrics::forget(const std::string& model) {
  const Guard guard(mutex_);
  rows_.erase(model);
  shadows_.erase(model);
}

std::string Metrics::text(const Catalogue& catalogue) const {
  const auto models = catalogue.all();
  const auto groups = catalogue.groups();
  std::string out;
  const Guard guard(mutex_);
  head(out, "scorelet_requests_total", "counter", "Requests answered.");
  for (const auto& [key, n] : requests_)
    sample(out, "scorelet_requests_total",
           label("route", key.first) + ',' + label("status", std::to_string(key.second)), std::to_string(n));
  head(out, "scorelet_request_seconds", "histogram", "Time from a request's arrival to its answer.");
  for (const auto& [route, times] : times_) {
    const std::string by = label("route", route);
    for (std::size_t i = 0; i < kBounds.size(); ++i)
      sample(out, "scorelet_request_seconds_bucket", by + ',' + label("le", seconds(kBounds[i])),
             std::to_string(times.below[i]));
    sample(out, "scorelet_request_seconds_bucket", by + ",le=\"+Inf\"", std::to_string(times.count));
    sample(out, "scorelet_request_seconds_sum", by, seconds(times.sum));
    sample(out, "scorelet_request_seconds_count", by, std::to_string(times.count));
  }
  head(out, "scorelet_rows_total", "counter", "Rows scored.");
  for (const auto& [model, rows] : rows_)
    sample(out, "scorelet_rows_total", label("model", model), std::to_string(rows.all));
  head(out, "scorelet_bad_rows_total", "counter", "Rows without a complete answer.");
  for (const auto& [model, rows] : rows_)
    sample(out, "scorelet_bad_rows_total", label("model", model), std::to_string(rows.bad));
  head(out, "scorelet_model_bytes", "gauge", "Memory of a compiled model.");
  for (const auto& deployment : models) {
    if (!groupOf(deployment->name()).empty()) continue;
    sample(out, "scorelet_model_bytes",
           label("model", deployment->name()) + ',' + label("version", deployment->version()),
           std::to_string(deployment->model().memoryBytes()));
  }
  const auto ofGroups = [&](std::string_view name, std::string_view help,
                            std::size_t Catalogue::GroupMemory::* figure) {
    head(out, name, "gauge", help);
    for (const auto& [group, memory] : groups) sample(out, name, label("group", group), std::to_string(memory.*figure));
  };
  ofGroups("scorelet_group_models", "Models of a group.", &Catalogue::GroupMemory::models);
  ofGroups("scorelet_group_models_loaded", "Those in memory.", &Catalogue::GroupMemory::loaded);
  ofGroups("scorelet_group_bytes", "Memory of their documents and compiled models.", &Catalogue::GroupMemory::bytes);
  const auto ofShadows = [&](std::string_view name, std::string_view help, std::uint64_t ShadowCounts::* figure) {
    head(out, name, "counter", help);
    for (const auto& [model, counts] : shadows_)
      sample(out, name, label("model", model), std::to_string(counts.*figure));
  };
  ofShadows("scorelet_shadow_rows_total", "Rows that a shadow scored, too.", &ShadowCounts::rows);
  ofShadows("scorelet_shadow_different_rows_total", "Of those it answered otherwise.", &ShadowCounts::differentRows);
  ofShadows("scorelet_shadow_bad_rows_total", "Of those it had no complete answer.", &ShadowCounts::badRows);
  return out;
}

}  // namespace scorelet::service
