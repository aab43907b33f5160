#include <scorelet/telemetry/baseline.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <scorelet/evaluation.hpp>

#include "base/sort.hpp"
#include "telemetry/reading.hpp"

namespace scorelet::telemetry {

namespace {

using Kind = FieldBaseline::Kind;

double sum(const std::vector<double>& counts) {
  double total = 0;
  for (const double n : counts) total += n;
  return total;
}

double after(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }

/// Adds a bin behind the others, which ends below `edge`; one that could hold nothing is part of the one before.
void addBin(FieldBaseline& to, double count, double edge) {
  if (!to.edges.empty() && !(edge > to.edges.back())) {
    to.counts.back() += count;
    return;
  }
  to.edges.push_back(edge);
  to.counts.push_back(count);
}

/// Neighbours together, from the left, until each bin holds its share.
void join(FieldBaseline& bins) {
  if (bins.counts.size() <= FieldBaseline::kMostBins) return;
  const double share = sum(bins.counts) / static_cast<double>(FieldBaseline::kMostBins);
  std::vector<double> edges, counts{0};
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    counts.back() += bins.counts[i];
    if (i < bins.edges.size() && counts.back() >= share && counts.size() < FieldBaseline::kMostBins) {
      edges.push_back(bins.edges[i]);
      counts.push_back(0);
    }
  }
  bins.edges = std::move(edges);
  bins.counts = std::move(counts);
}

/// The last bin has no end.
void openLast(FieldBaseline& bins) {
  if (!bins.edges.empty()) bins.edges.pop_back();
  join(bins);
}

void readHistogram(const FieldStatistics::Histogram& h, FieldBaseline& to) {
  const auto isPoint = [&](std::size_t i) { return h.edges[i] == h.edges[i + 1]; };
  const std::size_t n = h.frequencies.size();
  for (std::size_t i = 0; i < n; ++i) {
    // An edge belongs to the range of the single value there, else to the side that the histogram says.
    const bool endBelongs = isPoint(i) || (i + 1 < n && !isPoint(i + 1) && h.isRightClosed);
    addBin(to, h.frequencies[i], endBelongs ? after(h.edges[i + 1]) : h.edges[i + 1]);
  }
  openLast(to);
}

void readQuantiles(const FieldStatistics& s, double valid, FieldBaseline& to) {
  double below = 0;
  for (const auto& q : s.quantiles) {
    if (q.limit <= below || q.limit >= 100) continue;
    addBin(to, (q.limit - below) / 100 * valid, after(q.value));
    below = q.limit;
  }
  addBin(to, (100 - below) / 100 * valid, std::numeric_limits<double>::infinity());
  openLast(to);
}

/// The most frequent values by falling frequency, equal ones by name, and the rest.
void setValues(std::vector<std::pair<std::string, double>> values, FieldBaseline& to) {
  sort(values,
       [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  double others = 0;
  for (auto& [value, count] : values) {
    if (to.values.size() == FieldBaseline::kMostValues) {
      others += count;
      continue;
    }
    to.values.push_back(std::move(value));
    to.counts.push_back(count);
  }
  to.counts.push_back(others);
}

FieldBaseline fromStatistics(const Watched& field, const FieldStatistics& s) {
  FieldBaseline out;
  out.name = field.name;
  out.kind = field.kind;
  out.missing = s.missing.value_or(0);
  out.invalid = s.invalid.value_or(0);
  out.minimum = s.minimum;
  out.maximum = s.maximum;
  out.mean = s.mean;
  out.deviation = s.standardDeviation;
  if (field.kind == Kind::number && !s.histogram.edges.empty()) {
    readHistogram(s.histogram, out);
  } else if (field.kind == Kind::number && s.values.empty() && !s.quantiles.empty() && s.total) {
    readQuantiles(s, *s.total - out.missing - out.invalid, out);
  } else if (!s.values.empty()) {
    out.kind = Kind::category;
    std::vector<std::pair<std::string, double>> values;
    for (const auto& v : s.values) values.emplace_back(v.value, v.frequency);
    setValues(std::move(values), out);
  }
  out.rows = s.total.value_or(sum(out.counts) + out.missing + out.invalid);
  return out;
}

/// Ten ranges of equally many values; a value that is a tenth or more by itself is a range by itself.
void setDeciles(const Distribution& values, bool isInteger, FieldBaseline& to) {
  if (values.count() == 0) return;
  constexpr int kRanges = 10;
  for (int i = 1; i < kRanges; ++i) {
    const double edge = values.quantile(static_cast<double>(i) / kRanges);
    if (to.edges.empty() || edge > to.edges.back()) {
      to.edges.push_back(edge);
    } else if (to.edges.back() == edge) {
      to.edges.push_back(isInteger ? edge + 1 : after(edge));
    }
  }
  const std::vector<std::uint64_t> counts = values.histogram(to.edges);
  to.counts.assign(counts.begin(), counts.end());
  if (to.counts.front() == 0 && to.counts.size() > 2) {
    const auto used = std::ranges::count_if(to.counts, [](double n) { return n > 0; });
    if (used > 1) to.edges.erase(to.edges.begin()), to.counts.erase(to.counts.begin());
  }
  to.minimum = values.minimum();
  to.maximum = values.maximum();
  to.mean = values.mean();
  if (values.count() > 1) to.deviation = std::sqrt(values.variance());
}

void describeModel(const Model& model, Baseline& out) {
  out.modelName = model.info().modelName;
  out.modelVersion = model.info().modelVersion;
  out.modelSha256 = model.info().documentSha256;
}

const FieldBaseline* find(const std::vector<FieldBaseline>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &FieldBaseline::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Baseline Baseline::ofModel(const Model& model) {
  Baseline out;
  describeModel(model, out);
  for (const Watched& field : watchedOf(model))
    if (const auto& s = model.inputs()[field.isResult ? 0 : field.column].statistics; !field.isResult && s)
      out.fields.push_back(fromStatistics(field, *s));
  return out;
}

const FieldBaseline* Baseline::field(std::string_view name) const noexcept { return find(fields, name); }
const FieldBaseline* Baseline::result(std::string_view name) const noexcept { return find(results, name); }

struct BaselineBuilder::State {
  struct Column {
    Watched field;
    std::uint64_t missing = 0, invalid = 0;
    Distribution numbers;
    std::map<std::string, double, std::less<>> values;
    double others = 0;  // of values that came after kMostDistinct others
  };
  static constexpr std::size_t kMostDistinct = 10'000;

  explicit State(const Model& model) : reader(model) {
    for (Watched& field : watchedOf(model)) columns.emplace_back().field = std::move(field);
  }
  void add(Column& to, Seen seen, const Scorer& scorer, std::size_t row);

  RowReader reader;
  std::vector<Column> columns;
  std::uint64_t rows = 0;
};

void BaselineBuilder::State::add(Column& to, Seen seen, const Scorer& scorer, std::size_t row) {
  const auto [x, raw] = seen;
  if (isMissing(x)) {
    ++to.missing;
  } else if (isInvalid(x)) {
    ++to.invalid;
  } else if (to.field.kind == Kind::number) {
    to.numbers.add(x);
  } else {
    const std::string_view text = reader.text(to.field, raw, scorer, row);
    if (const auto found = to.values.find(text); found != to.values.end())
      ++found->second;
    else if (to.values.size() < kMostDistinct)
      to.values.emplace(text, 1);
    else
      ++to.others;
  }
}

BaselineBuilder::BaselineBuilder(const Model& model) : state_(std::make_unique<State>(model)) {}
BaselineBuilder::~BaselineBuilder() = default;
BaselineBuilder::BaselineBuilder(BaselineBuilder&&) noexcept = default;
BaselineBuilder& BaselineBuilder::operator=(BaselineBuilder&&) noexcept = default;

void BaselineBuilder::add(const Batch& batch, const Scorer& scorer) {
  const std::size_t n = std::min(batch.rows, scorer.rows());
  state_->reader.begin();
  for (State::Column& column : state_->columns)
    state_->reader.read(column.field, batch, scorer, n,
                        [&](std::size_t row, Seen seen) { state_->add(column, seen, scorer, row); });
  state_->rows += n;
}

std::uint64_t BaselineBuilder::rows() const noexcept { return state_->rows; }

Baseline BaselineBuilder::finish() const {
  Baseline out;
  describeModel(state_->reader.model(), out);
  for (const State::Column& column : state_->columns) {
    FieldBaseline b;
    b.name = column.field.name;
    b.kind = column.field.kind;
    b.rows = static_cast<double>(state_->rows);
    b.missing = static_cast<double>(column.missing);
    b.invalid = static_cast<double>(column.invalid);
    if (b.kind == Kind::number) {
      setDeciles(column.numbers, column.field.type == DataType::integer, b);
    } else if (!column.values.empty()) {
      setValues({column.values.begin(), column.values.end()}, b);
      b.counts.back() += column.others;
    }
    (column.field.isResult ? out.results : out.fields).push_back(std::move(b));
  }
  return out;
}

}  // namespace scorelet::telemetry
