#include <scorelet/telemetry/change.hpp>

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace scorelet::telemetry {

namespace {

double sizeOf(std::size_t row) { return std::ldexp(1.0, static_cast<int>(row)); }

/// What two groups' squared deviations gain by being taken together.
double between(double n, double total, double m, double otherTotal) {
  const double difference = total / n - otherTotal / m;
  return n * m * difference * difference / (n + m);
}

}  // namespace

Adwin::Adwin(const Options& options) : options_(options) {
  options_.buckets = std::clamp(options_.buckets, 1u, 16u);
  options_.clock = std::max(options_.clock, 1u);
  options_.shortest = std::max(options_.shortest, 1u);
  rows_.reserve(64);  // windows of 2^64 numbers
}

bool Adwin::add(double x) {
  insert(x);
  if (++seen_ % options_.clock != 0 || width_ <= options_.grace) return false;
  if (!hasCut()) return false;
  *this = Adwin(options_);
  return true;
}

void Adwin::insert(double x) {
  if (width_ > 0) variance_ += between(1, x, width_, total_);
  ++width_;
  total_ += x;
  if (rows_.empty()) rows_.emplace_back().buckets.reserve(options_.buckets + 1);
  rows_[0].buckets.push_back({x, 0});
  compress();
}

/// Where a row has one bucket too many, the two oldest become one of the next.
void Adwin::compress() {
  for (std::size_t r = 0; r < rows_.size() && rows_[r].buckets.size() > options_.buckets; ++r) {
    if (r + 1 == rows_.size()) rows_.emplace_back().buckets.reserve(options_.buckets + 1);
    std::vector<Bucket>& from = rows_[r].buckets;
    const Bucket a = from[0], b = from[1];
    from.erase(from.begin(), from.begin() + 2);
    const double n = sizeOf(r);
    rows_[r + 1].buckets.push_back({a.total + b.total, a.variance + b.variance + between(n, a.total, n, b.total)});
  }
}

bool Adwin::hasCut() const {
  double older = 0, olderTotal = 0;
  for (std::size_t r = rows_.size(); r-- > 0;)
    for (const Bucket& bucket : rows_[r].buckets) {
      older += sizeOf(r);
      olderTotal += bucket.total;
      const double newer = width_ - older;
      if (newer < options_.shortest || older < options_.shortest) continue;
      if (isCut(older, newer, olderTotal / older - (total_ - olderTotal) / newer)) return true;
    }
  return false;
}

bool Adwin::isCut(double older, double newer, double difference) const {
  const double chance = dm::log(2 * dm::log(width_) / options_.delta);
  const double sizes = 1 / (older - options_.shortest + 1) + 1 / (newer - options_.shortest + 1);
  const double bound = std::sqrt(2 * sizes * (variance_ / width_) * chance) + 2.0 / 3 * chance * sizes;
  return std::fabs(difference) > bound;
}

bool PageHinkley::add(double x) {
  ++seen_;
  mean_ += (x - mean_) / static_cast<double>(seen_);
  const double off = x - mean_;
  up_ = options_.alpha * up_ + off - options_.delta;
  down_ = options_.alpha * down_ + off + options_.delta;
  lowest_ = seen_ == 1 ? up_ : std::min(lowest_, up_);
  highest_ = seen_ == 1 ? down_ : std::max(highest_, down_);
  if (seen_ < options_.least) return false;
  const bool isUp = options_.direction != Direction::down && up_ - lowest_ > options_.threshold;
  const bool isDown = options_.direction != Direction::up && highest_ - down_ > options_.threshold;
  if (!isUp && !isDown) return false;
  *this = PageHinkley(options_);
  return true;
}

bool Cusum::add(double x) {
  const double z = (x - options_.mean) / options_.deviation;
  up_ = std::max(0.0, up_ + z - options_.slack);
  down_ = std::max(0.0, down_ - z - options_.slack);
  if (up_ <= options_.threshold && down_ <= options_.threshold) return false;
  up_ = down_ = 0;
  return true;
}

}  // namespace scorelet::telemetry
