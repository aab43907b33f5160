// opentelemetry/proto/metrics/v1 and collector/metrics/v1.
#include <cmath>
#include <limits>

#include "telemetry/otlp_common.hpp"

namespace scorelet::telemetry {

namespace {

constexpr std::uint32_t kDelta = 1;  // AggregationTemporality

struct Point {
  Attributes attributes;
  std::uint64_t count = 0;
  double value = 0;
};

struct DistributionPoint {
  Attributes attributes;
  const FieldReport* field = nullptr;
  bool hasEnds = false;  // minimum and maximum are told
};

/// One metric with its points; what has no point is not written.
struct Metric {
  enum class Kind : std::uint8_t { sum, gauge, bins, exponential } kind;
  std::string_view name, unit, description;
  std::vector<Point> points;
  std::vector<DistributionPoint> distributions;
};

class MetricsOf {
 public:
  explicit MetricsOf(const WindowReport& report) : report_(report) {
    for (std::size_t i = 0; i < report.window.fields(); ++i) fields_.push_back(report.window.field(i));
    addRows();
    for (const FieldReport& field : fields_) {
      addCounts(field);
      addDrift(field);
      addDistributions(field);
    }
  }
  [[nodiscard]] std::vector<const Metric*> all() const {
    std::vector<const Metric*> used;
    for (const Metric& m : metrics_)
      if (!m.points.empty() || !m.distributions.empty()) used.push_back(&m);
    return used;
  }

 private:
  enum Name : std::size_t {
    predictions,
    errors,
    missingValues,
    invalidValues,
    outsideValues,
    novelValues,
    categories,
    psi,
    psiBound,
    jensenShannon,
    ks,
    chiSquare,
    meanShift,
    bins,
    values
  };

  void addRows() {
    count(predictions, {}, report_.window.rows());
    count(errors, {}, report_.window.errors());
  }
  void addCounts(const FieldReport& f) {
    const Attributes field = attributesOf(f);
    count(missingValues, field, f.missing);
    count(invalidValues, field, f.invalid);
    if (f.baseline != nullptr && f.baseline->minimum) count(outsideValues, field, f.outside);
    if (f.baseline != nullptr && f.kind == FieldBaseline::Kind::category) count(novelValues, field, f.novel);
  }
  void addDrift(const FieldReport& f) {
    gauge(psi, f, f.drift.psi);
    gauge(psiBound, f, f.drift.psiBound);
    gauge(jensenShannon, f, std::sqrt(f.drift.jensenShannon));
    if (f.kind == FieldBaseline::Kind::number) gauge(ks, f, f.drift.ksOnBins);
    gauge(chiSquare, f, f.drift.homogeneity.p);
    gauge(meanShift, f, f.meanShift);
  }
  void addDistributions(const FieldReport& f) {
    const FieldPolicy policy = report_.privacy.of(f.name, f.isResult);
    if (policy == FieldPolicy::omitted || policy == FieldPolicy::hashed) return;
    if (f.kind == FieldBaseline::Kind::number) {
      Attributes attributes = attributesOf(f);
      attributes.model(report_.model);
      if (!f.bins.empty()) metrics_[bins].distributions.push_back({attributes, &f, policy == FieldPolicy::full});
      // Finer than the baseline's ranges: for those whose values may be told.
      if (policy == FieldPolicy::full && f.histogram->count() > 0)
        metrics_[values].distributions.push_back({std::move(attributes), &f, true});
    } else {
      for (std::size_t i = 0; i < f.bins.size(); ++i) {
        Attributes a = attributesOf(f);
        a.text("scoring.category", i < f.baseline->values.size() ? std::string_view(f.baseline->values[i]) : "other");
        count(categories, std::move(a), f.bins[i]);
      }
    }
  }

  [[nodiscard]] Attributes attributesOf(const FieldReport& f) const {
    Attributes a;
    a.text("scoring.field", f.name);
    a.text("scoring.field.role", f.isResult ? "result" : "input");
    return a;
  }
  void count(Name name, Attributes attributes, std::uint64_t n) {
    attributes.model(report_.model);
    metrics_[name].points.push_back({std::move(attributes), n, 0});
  }
  void gauge(Name name, const FieldReport& f, double x) {
    if (!std::isfinite(x)) return;
    Attributes a = attributesOf(f);
    a.model(report_.model);
    metrics_[name].points.push_back({std::move(a), 0, x});
  }

  const WindowReport& report_;
  std::vector<FieldReport> fields_;
  using Kind = Metric::Kind;
  std::vector<Metric> metrics_ = {
      {Kind::sum, "scoring.predictions", "{prediction}", "rows scored", {}, {}},
      {Kind::sum, "scoring.errors", "{prediction}", "rows without a complete answer", {}, {}},
      {Kind::sum, "scoring.field.missing", "{value}", "missing values", {}, {}},
      {Kind::sum, "scoring.field.invalid", "{value}", "values outside the field's domain", {}, {}},
      {Kind::sum, "scoring.field.outside", "{value}", "numbers beyond the baseline's range", {}, {}},
      {Kind::sum, "scoring.field.novel", "{value}", "categories that the baseline has not", {}, {}},
      {Kind::sum, "scoring.field.categories", "{value}", "values by category of the baseline", {}, {}},
      {Kind::gauge, "scoring.drift.psi", "1", "population stability index of the window", {}, {}},
      {Kind::gauge, "scoring.drift.psi_bound", "1", "its 95 % point if nothing drifted", {}, {}},
      {Kind::gauge, "scoring.drift.jensen_shannon", "1", "Jensen-Shannon distance, nats", {}, {}},
      {Kind::gauge, "scoring.drift.ks", "1", "Kolmogorov-Smirnov distance on the baseline's bins", {}, {}},
      {Kind::gauge, "scoring.drift.chi_square_p", "1", "chance of such bins if nothing drifted", {}, {}},
      {Kind::gauge, "scoring.drift.mean_shift", "1", "in standard deviations of the baseline", {}, {}},
      {Kind::bins, "scoring.field.bins", "1", "values by range of the baseline", {}, {}},
      {Kind::exponential, "scoring.field.values", "1", "values", {}, {}},
  };
};

template <class Writer>
void writeTimes(Writer& w, const WindowReport& report) {
  w.fixed64(2, "startTimeUnixNano", report.startNanoseconds);
  w.fixed64(3, "timeUnixNano", report.endNanoseconds);
}

template <class Writer>
void writeNumberPoints(Writer& w, const Metric& metric, const WindowReport& report) {
  w.each(1, "dataPoints", metric.points, [&](const Point& point) {
    point.attributes.write(w, 7);
    writeTimes(w, report);
    if (metric.kind == Metric::Kind::sum)
      w.signedFixed64(6, "asInt", static_cast<std::int64_t>(point.count));
    else
      w.number(4, "asDouble", point.value);
  });
}

/// A bucket of OTLP holds its upper bound, a range of the baseline its lower edge.
std::vector<double> boundsOf(const FieldBaseline& baseline) {
  std::vector<double> bounds;
  for (const double edge : baseline.edges)
    bounds.push_back(std::nextafter(edge, -std::numeric_limits<double>::infinity()));
  return bounds;
}

template <class Writer>
void writeBinPoints(Writer& w, const Metric& metric, const WindowReport& report) {
  w.each(1, "dataPoints", metric.distributions, [&](const DistributionPoint& point) {
    const FieldReport& f = *point.field;
    std::uint64_t count = 0;
    for (const std::uint64_t n : f.bins) count += n;
    point.attributes.write(w, 9);
    writeTimes(w, report);
    w.fixed64(4, "count", count);
    w.fixedCounts(6, "bucketCounts", f.bins);
    w.numbers(7, "explicitBounds", boundsOf(*f.baseline));
    if (!point.hasEnds || count == 0) return;
    w.number(11, "min", f.minimum);
    w.number(12, "max", f.maximum);
  });
}

template <class Writer>
void writeExponentialPoints(Writer& w, const Metric& metric, const WindowReport& report) {
  const auto side = [&](int number, std::string_view name, const ExponentialHistogram::Side& s) {
    if (s.counts.empty()) return;
    w.message(number, name, [&] {
      w.zigzag(1, "offset", s.offset);
      w.counts(2, "bucketCounts", s.counts);
    });
  };
  w.each(1, "dataPoints", metric.distributions, [&](const DistributionPoint& point) {
    const ExponentialHistogram& h = *point.field->histogram;
    point.attributes.write(w, 1);
    writeTimes(w, report);
    w.fixed64(4, "count", h.count());
    w.number(5, "sum", point.field->mean * static_cast<double>(h.count()));
    w.zigzag(6, "scale", h.scale());
    w.fixed64(7, "zeroCount", h.zeros());
    side(8, "positive", h.positive());
    side(9, "negative", h.negative());
    w.number(12, "min", point.field->minimum);
    w.number(13, "max", point.field->maximum);
  });
}

template <class Writer>
void writeMetric(Writer& w, const Metric& metric, const WindowReport& report) {
  w.text(1, "name", metric.name);
  w.text(2, "description", metric.description);
  w.text(3, "unit", metric.unit);
  switch (metric.kind) {
    case Metric::Kind::gauge: return w.message(5, "gauge", [&] { writeNumberPoints(w, metric, report); });
    case Metric::Kind::sum:
      return w.message(7, "sum", [&] {
        writeNumberPoints(w, metric, report);
        w.enumeration(2, "aggregationTemporality", kDelta);
        w.flag(3, "isMonotonic", true);
      });
    case Metric::Kind::bins:
      return w.message(9, "histogram", [&] {
        writeBinPoints(w, metric, report);
        w.enumeration(2, "aggregationTemporality", kDelta);
      });
    case Metric::Kind::exponential:
      return w.message(10, "exponentialHistogram", [&] {
        writeExponentialPoints(w, metric, report);
        w.enumeration(2, "aggregationTemporality", kDelta);
      });
  }
}

}  // namespace

std::string encodeWindow(Encoding encoding, const WindowReport& report) {
  const MetricsOf metrics(report);
  return written(encoding, [&](auto& w) {
    writeScope(w);
    w.each(2, "metrics", metrics.all(), [&](const Metric* m) { writeMetric(w, *m, report); });
  });
}

std::string encodeMetrics(Encoding encoding, const Host& host, std::span<const std::string> windows) {
  return written(encoding, [&](auto& w) {
    w.each(1, "resourceMetrics", std::span(&host, 1), [&](const Host& of) {
      writeResource(w, of);
      w.raw(2, "scopeMetrics", windows);
    });
  });
}

std::string encodeMetrics(Encoding encoding, const Host& host, const WindowReport& report) {
  const std::string window = encodeWindow(encoding, report);
  return encodeMetrics(encoding, host, std::span(&window, 1));
}

}  // namespace scorelet::telemetry
