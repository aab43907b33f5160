// Detectors of change in a stream of numbers: errors, scores, values of a field, one at a time and in their order.
//
// They cannot be merged: each watches one stream. ADWIN needs no tuning and suits errors and scores; CUSUM and
// Page–Hinkley are for streams whose usual mean and spread are known, and raise false alarms on others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace scorelet::telemetry {

/// A window that grows until two parts of it differ in their mean (Bifet and Gavaldà, "Learning from time-changing data
/// with adaptive windowing", 2007: ADWIN2, with exponential buckets). Begins anew after an alarm, as River does.
/// Memory: some 100 bytes for each doubling of the window.
class Adwin {
 public:
  struct Options {
    double delta = 0.002;        ///< chance of a false alarm at one cut
    std::uint32_t clock = 32;    ///< looks for a cut every so many numbers
    std::uint32_t buckets = 5;   ///< of each size: 1 to 16
    std::uint32_t shortest = 5;  ///< part that is compared
    std::uint32_t grace = 10;    ///< numbers before the first look
  };
  Adwin() : Adwin(Options{}) {}
  explicit Adwin(const Options& options);

  /// True if the mean has changed. `x` is finite.
  bool add(double x);
  [[nodiscard]] double mean() const noexcept { return width_ > 0 ? total_ / width_ : 0; }
  [[nodiscard]] std::uint64_t width() const noexcept { return static_cast<std::uint64_t>(width_); }

 private:
  struct Bucket {
    double total = 0, variance = 0;  // variance: sum of squared deviations
  };
  struct Row {
    std::vector<Bucket> buckets;  // oldest first; each of 2^(number of the row) numbers
  };
  void insert(double x);
  void compress();
  [[nodiscard]] bool hasCut() const;
  [[nodiscard]] bool isCut(double older, double newer, double difference) const;

  Options options_;
  std::vector<Row> rows_;
  double width_ = 0, total_ = 0, variance_ = 0;
  std::uint64_t seen_ = 0;
};

/// Which changes of the mean are looked for.
enum class Direction : std::uint8_t { up, down, both };

/// Page–Hinkley test against the running mean (Page 1954; Hinkley 1971). Begins anew after an alarm.
class PageHinkley {
 public:
  struct Options {
    std::uint32_t least = 30;  ///< numbers before the first alarm
    double delta = 0.005;      ///< change that is tolerated
    double threshold = 50;
    double alpha = 0.9999;  ///< how much of the sum is kept from one number to the next
    Direction direction = Direction::both;
  };
  PageHinkley() : PageHinkley(Options{}) {}
  explicit PageHinkley(const Options& options) : options_(options) {}

  /// `x` is finite.
  bool add(double x);

 private:
  Options options_;
  double mean_ = 0, up_ = 0, down_ = 0, lowest_ = 0, highest_ = 0;
  std::uint64_t seen_ = 0;
};

/// Two-sided tabular CUSUM against a known mean and standard deviation (Page 1954; Montgomery, "Introduction to
/// Statistical Quality Control", ch. 9). With k = 0.5 and h = 5 a stream without change still gives an alarm every 465
/// numbers. Both sums begin anew after an alarm.
class Cusum {
 public:
  struct Options {
    double mean = 0, deviation = 1;  ///< of the stream without change; deviation > 0
    double slack = 0.5;              ///< k, in deviations: half the change that is to be found soon
    double threshold = 5;            ///< h, in deviations
  };
  explicit Cusum(const Options& options) : options_(options) {}

  /// `x` is finite.
  bool add(double x);

 private:
  Options options_;
  double up_ = 0, down_ = 0;
};

}  // namespace scorelet::telemetry
