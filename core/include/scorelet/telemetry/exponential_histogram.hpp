// A histogram of numbers of any size with a bounded relative error: at once sketch of quantiles, wire format (OTLP's
// exponential histogram) and what Prometheus keeps as a native histogram.
//
// Bucket i holds base^i < |x| <= base^(i+1), base = 2^(2^-scale) (OpenTelemetry, "Metrics Data Model",
// ExponentialHistogram). With more buckets than the bound, pairs of neighbours are put together and the scale falls by
// one, as often as makes them fit. Which scale that is depends on the smallest and largest values alone, so histograms
// of parts merge to the histogram of the whole, to the bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace scorelet::telemetry {

class ExponentialHistogram {
 public:
  static constexpr int kFinest = 7;             ///< 128 buckets from a number to its double: a relative error of 0.27 %
  static constexpr std::size_t kBuckets = 160;  ///< on either side of zero; 8 bytes each

  /// Histograms that are to be merged begin with the same scale, 0 to kFinest.
  explicit ExponentialHistogram(int scale = kFinest);

  /// A finite number.
  void add(double x);
  /// Makes room for a number and those between it and others of its sign, as if they had been added.
  void cover(double x);
  /// So many numbers of the bucket that has this number at this scale.
  void addBucket(bool isPositive, std::int64_t index, int scale, std::uint64_t count);
  void addZeros(std::uint64_t count) noexcept { zeros_ += count; }
  void merge(const ExponentialHistogram& other);

  /// Buckets of one sign, by their number: `counts[k]` is that of bucket `offset + k`; neither first nor last is 0.
  struct Side {
    std::int32_t offset = 0;
    std::vector<std::uint64_t> counts;
  };
  [[nodiscard]] int scale() const noexcept { return scale_; }
  [[nodiscard]] std::uint64_t zeros() const noexcept { return zeros_; }
  [[nodiscard]] const Side& positive() const noexcept { return positive_; }
  [[nodiscard]] const Side& negative() const noexcept { return negative_; }
  [[nodiscard]] std::uint64_t count() const noexcept;
  /// One that was kept; none if these figures are not of one.
  [[nodiscard]] static std::optional<ExponentialHistogram> restored(int scale, std::uint64_t zeros, Side positive,
                                                                    Side negative);
  /// A value between the ends of the bucket where the inverse of the empirical distribution lies at `p`, 0 to 1: their
  /// geometric mean. NaN if there is nothing.
  [[nodiscard]] double quantile(double p) const;

 private:
  void add(Side& side, std::int64_t index, std::uint64_t count);
  [[nodiscard]] std::int64_t bucketOf(double x) const noexcept;
  void coarsen();
  [[nodiscard]] double valueOf(std::int64_t index) const;

  int scale_;
  std::uint64_t zeros_ = 0;
  Side positive_, negative_;
};

}  // namespace scorelet::telemetry
