#include "telemetry/field_sums.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace scorelet::telemetry {

Edges::Edges(std::span<const double> edges) : size_(edges.size()) {
  for (const double edge : edges) {
    const auto rounded = static_cast<float>(edge);
    const bool isBelow = static_cast<double>(rounded) < edge;
    doubles_.push_back(edge);
    floats_.push_back(isBelow ? std::nextafter(rounded, std::numeric_limits<float>::infinity()) : rounded);
  }
  while (doubles_.size() % counting::kEdges != 0) {
    doubles_.push_back(std::numeric_limits<double>::infinity());
    floats_.push_back(std::numeric_limits<float>::infinity());
  }
}

void FieldSums::add(const NumberBlock& block, const Edges& edges) {
  if (block.extent().present == 0) return;
  numbers += block.extent().present;
  widen(block.extent().low, block.extent().high);
  if (!bins.empty()) addToBins(block, edges);
  addToHistogram(block);
  addToSum(block);
}

void FieldSums::addToBins(const NumberBlock& block, const Edges& edges) {
  constexpr std::size_t kMost = 7 * counting::kEdges;
  std::uint64_t before = block.extent().present;  // those that are at least the edge before
  for (std::size_t first = 0; first < edges.size(); first += kMost) {
    const std::size_t some = std::min(kMost, edges.size() - first);
    std::uint32_t reached[kMost];
    block.with([&](const auto& passes, const auto* x, std::size_t n) {
      passes.reach(x, n, edges.from(first, *x), some, reached);
    });
    for (std::size_t k = 0; k < some; ++k) {
      bins[first + k] += before - reached[k];
      before = reached[k];
    }
  }
  bins.back() += before;
}

void FieldSums::addToHistogram(const NumberBlock& block) {
  histogram.addZeros(block.extent().zeros);
  if (recent->cover(block.extent(), histogram)) {
    block.with([&](const auto& passes, const auto* x, std::size_t n) { recent->add(passes, x, n, histogram); });
    return;
  }
  recent->fold(histogram);
  std::array<double, counting::kBlock> room;
  for (const double x : block.present(room))
    if (x != 0) histogram.add(x);
}

void FieldSums::addToSum(const NumberBlock& block) {
  const counting::Extent& e = block.extent();
  const double least = std::min(e.leastAbove, -e.mostBelow), most = std::max(e.high, -e.low);
  if (!(most > 0)) return;
  const auto exponentOf = [](double x) { return static_cast<int>(std::bit_cast<std::uint64_t>(x) >> 52) - 1023; };
  const int exponent = exponentOf(most) + 1 - counting::kFinerBy;
  const int lastDigit = exponentOf(least) - (block.isFloats() ? 23 : 52);
  if (!(least > 0x1p-900 && most < 0x1p900) || lastDigit < exponent - counting::kFinerBy) {
    std::array<double, counting::kBlock> room;
    sum.add(block.present(room));
    return;
  }
  const bool isFiner = lastDigit < exponent;
  counting::Sum found;
  block.with([&](const auto& passes, const auto* x, std::size_t n) { passes.add(x, n, exponent, isFiner, found); });
  sum.addUnits(found.units, exponent);
  if (isFiner) sum.addUnits(found.finer, exponent - counting::kFinerBy);
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
