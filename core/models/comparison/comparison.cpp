#include "models/comparison/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "program/interval.hpp"

namespace scorelet::models::comparison {

namespace {

constexpr double kLn2 = 0.693147180559945309417232121458;

/// |x - y|, the short way round where the field is cyclic.
double distance(double x, double y, double period) {
  double z = std::fabs(x - y);
  if (period > 0) {
    z -= std::floor(z / period) * period;
    z = std::min(z, period - z);
  }
  return z;
}

}  // namespace

std::int32_t Table::indexOf(Value v) const noexcept {
  for (std::size_t i = 0; i < size(); ++i)
    if (values.empty() ? program::inInterval(intervals[i], v) : values[i] == v) return static_cast<std::int32_t>(i);
  return -1;
}

Value Measure::compare(const Frame& frame, std::size_t row, const Points& points, std::span<Value> out) const {
  const std::size_t n = points.count;
  auto& sums = frame.buffers.sums;
  const bool isBinary = aggregate == Aggregate::binary;
  sums.assign(isBinary ? 4 * n : n, 0);
  std::fill(out.begin(), out.end(), aggregate == Aggregate::chebychev ? -std::numeric_limits<double>::infinity() : 0);
  double weight = 0;  // of all fields, missing or not
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const ComparedField& field = fields[f];
    weight = round(weight + field.missingWeight);
    Value x = frame.at(field.slot)[row];
    if (isMissing(x)) continue;
    if (isInvalid(x)) return x;
    if (isBinary) {
      if (x != 0 && x != 1) return invalid(Reason::notInDomain, field.place);
      count(x, points.of(f), sums);
      continue;
    }
    if (field.function == CompareFunction::table) {
      const std::int32_t index = field.table.indexOf(x);
      if (index < 0) return invalid(Reason::notInDomain, field.place);
      x = index;
    }
    add(field, x, points.of(f), out, sums);
  }
  for (std::size_t j = 0; j < n; ++j) {
    if (isBinary) {
      double above = 0, below = 0;
      for (const std::size_t cell : {3, 2, 1, 0}) {  // a11, a10, a01, a00
        const double times = sums[cell * n + j];
        above = round(above + round(c[cell / 2][cell % 2] * times));
        below = round(below + round(d[cell / 2][cell % 2] * times));
      }
      out[j] = below == 0 ? missing() : checked(round(above / below));
    } else {
      out[j] = sums[j] == 0 ? missing() : checked(finish(out[j], round(weight / sums[j])));
    }
  }
  return missing();
}

void Measure::count(double x, std::span<const Value> coordinates, std::span<double> counts) const {
  const std::size_t n = coordinates.size();
  for (std::size_t j = 0; j < n; ++j) {
    const Value y = coordinates[j];
    if (isPresent(y)) ++counts[(x != 0 ? 2 * n : 0) + (y != 0 ? n : 0) + j];
  }
}

void Measure::add(const ComparedField& field, double x, std::span<const Value> coordinates, std::span<Value> totals,
                  std::span<double> weights) const {
  const auto each = [&](auto compare, auto join) {
    for (std::size_t j = 0; j < coordinates.size(); ++j) {
      const Value y = coordinates[j];
      if (!isPresent(y)) continue;
      weights[j] = round(weights[j] + field.missingWeight);
      totals[j] = join(totals[j], compare(y));
    }
  };
  const auto joined = [&](auto compare) {
    const double w = field.weight;
    switch (aggregate) {
      case Aggregate::euclidean:
      case Aggregate::squaredEuclidean:
        return each(compare, [&](double t, double c) { return round(t + round(w * round(c * c))); });
      case Aggregate::cityBlock: return each(compare, [&](double t, double c) { return round(t + round(w * c)); });
      case Aggregate::chebychev:
        return each(compare, [&](double t, double c) {
          const double wc = round(w * c);
          return wc > t || wc != wc ? wc : t;  // an undefined term stays
        });
      case Aggregate::minkowski:
        return each(compare, [&](double t, double c) { return round(t + round(w * round(dm::pow(c, p)))); });
      case Aggregate::binary: return;
    }
  };
  const double number = round(x);
  switch (field.function) {
    case CompareFunction::absDiff: return joined([&](double y) { return round(distance(number, y, field.period)); });
    case CompareFunction::gaussSim: {
      const double s2 = round(field.scale * field.scale);
      return joined([&](double y) {
        const double z = round(distance(number, y, field.period));
        return round(dm::exp(round(round(-kLn2 * round(z * z)) / s2)));
      });
    }
    case CompareFunction::delta: return joined([&](double y) { return x == y ? 0.0 : 1.0; });
    case CompareFunction::equal: return joined([&](double y) { return x == y ? 1.0 : 0.0; });
    case CompareFunction::table: {
      const double* entries = field.table.entries.data() + static_cast<std::size_t>(x) * field.table.size();
      return joined([&](double y) { return entries[static_cast<std::size_t>(y)]; });
    }
  }
}

double Measure::finish(double total, double adjustment) const {
  const double adjusted = round(adjustment * total);
  switch (aggregate) {
    case Aggregate::euclidean: return round(std::sqrt(adjusted));
    case Aggregate::minkowski: return round(dm::pow(adjusted, 1 / p));
    default: return adjusted;
  }
}

std::size_t Measure::bytes() const noexcept {
  std::size_t n = fields.size() * sizeof(ComparedField);
  for (const ComparedField& f : fields)
    n += f.table.values.size() * sizeof(Value) + f.table.intervals.size() * sizeof(Interval) +
         f.table.entries.size() * sizeof(double);
  return n;
}

}  // namespace scorelet::models::comparison
