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
  Rows& counts = rows_[model];
  counts.all += rows;
  counts.bad += badRows;
}

void Metrics::forget(const std::string& model) {
  const Guard guard(mutex_);
  rows_.erase(model);
}

std::string Metrics::text(const Catalogue& catalogue) const {
  const auto models = catalogue.all();
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
  for (const auto& deployment : models)
    sample(out, "scorelet_model_bytes",
           label("model", deployment->name()) + ',' + label("version", deployment->version()),
           std::to_string(deployment->model().memoryBytes()));
  return out;
}

}  // namespace scorelet::service
