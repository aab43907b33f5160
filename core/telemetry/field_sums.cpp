#include "telemetry/field_sums.hpp"

#include <array>
#include <cstring>

#include "program/frame.hpp"

namespace scorelet::telemetry {

namespace {

// Two lanes: SSE2, NEON, Wasm SIMD; where there are none, the compiler takes them apart.
using Pair = double __attribute__((vector_size(16)));
using Marks = std::int64_t __attribute__((vector_size(16)));  // -1: yes

/// A chunk of numbers; behind the last of them the first again and again.
class Chunk {
 public:
  explicit Chunk(std::span<const double> some) : pairs_((some.size() + 1) / 2), size_(some.size()) {
    std::memcpy(values_.data(), some.data(), some.size_bytes());
    if (some.size() % 2 != 0) values_[pairs_ - 1][1] = some[0];
  }
  /// Of -0 and 0, which are equal, whichever came first would stay: neither does.
  [[nodiscard]] FieldSums::Range range() const {
    Pair low = values_[0], high = values_[0];
    for (std::size_t i = 1; i < pairs_; ++i) {
      low = values_[i] < low ? values_[i] : low;
      high = values_[i] > high ? values_[i] : high;
    }
    return {(low[0] < low[1] ? low[0] : low[1]) + 0.0, (high[0] > high[1] ? high[0] : high[1]) + 0.0};
  }
  [[nodiscard]] std::uint64_t atLeast(double edge) const {
    const Pair edges = {edge, edge};
    Marks marks{};
    for (std::size_t i = 0; i < pairs_; ++i) marks += values_[i] >= edges;
    const std::int64_t surplus = size_ % 2 != 0 && values_[0][0] >= edge ? 1 : 0;
    return static_cast<std::uint64_t>(-marks[0] - marks[1] - surplus);
  }

 private:
  std::array<Pair, program::kChunk / 2> values_;
  std::size_t pairs_, size_;
};

}  // namespace

FieldSums::Range FieldSums::add(std::span<const double> some, std::span<const double> edges) {
  numbers += some.size();
  histogram.add(some);
  sum.add(some);
  const Chunk chunk(some);
  const Range range = chunk.range();
  widen(range.low, range.high);
  if (bins.empty()) return range;
  std::uint64_t before = some.size();  // those that are at least the edge before
  for (std::size_t k = 0; k < edges.size(); ++k) {
    const std::uint64_t now = chunk.atLeast(edges[k]);
    bins[k] += before - now;
    before = now;
  }
  bins.back() += before;
  return range;
}

void FieldSums::widen(double low, double high) {
  if (!(low >= minimum)) minimum = low == low ? low : minimum;
  if (!(high <= maximum)) maximum = high == high ? high : maximum;
}

void FieldSums::merge(const FieldSums& other) {
  missing += other.missing;
  invalid += other.invalid;
  outside += other.outside;
  novel += other.novel;
  numbers += other.numbers;
  for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += other.bins[i];
  histogram.merge(other.histogram);
  sum.merge(other.sum);
  widen(other.minimum, other.maximum);
  novelValues.merge(other.novelValues);
}

}  // namespace scorelet::telemetry
