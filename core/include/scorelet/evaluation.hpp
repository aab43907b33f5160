// How good predictions were, once it is known what came true.
//
//   scorelet::BinaryEvaluation leavers;
//   for (auto& c : cases) leavers.add(c.probabilityOfLeaving, c.left ? 1 : 0);
//   leavers.auc(); leavers.top(2000).share; leavers.at(0.3).precision();
//
// Each class below takes one case at a time and can be merged with others of its kind: parts merged in any order, and
// cases added in any order, give the same figures to the bit (sums are exact until they are asked for, counts are whole
// numbers). What is missing is counted, never left out in silence. A figure that is not defined (no case, one outcome
// only …) is NaN. An object belongs to one thread; merge those of several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <scorelet/diagnostics.hpp>

namespace scorelet {

namespace evaluation {
struct DistributionState;
struct BinaryState;
struct ClassState;
struct RegressionState;
}  // namespace evaluation

/// How many distinct values are told apart (2 at least). With more, neighbours are put together: as few low bits of the
/// values are dropped as make them fit, so which they are does not depend on the order of the cases. 24 bytes each, 36
/// while cases come in.
struct Resolution {
  std::size_t values = std::size_t{1} << 16;
};

/// What values there are, of one column.
class Distribution {
 public:
  explicit Distribution(Resolution resolution = {});
  ~Distribution();
  Distribution(Distribution&&) noexcept;
  Distribution& operator=(Distribution&&) noexcept;

  /// One value; what is not finite is missing.
  void add(double value);
  /// Refused where the resolutions differ.
  [[nodiscard]] Expected<void> merge(const Distribution& other);

  [[nodiscard]] std::uint64_t count() const noexcept;    ///< values
  [[nodiscard]] std::uint64_t missing() const noexcept;  ///< of all that was added
  [[nodiscard]] double minimum() const noexcept;
  [[nodiscard]] double maximum() const noexcept;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;  ///< of the sample: divided by count - 1
  /// The smallest value that at least the share `p` (0 to 1) of the values do not exceed: the inverse of the empirical
  /// distribution. Exact while `exact()`.
  [[nodiscard]] double quantile(double p) const;
  /// Counts below the first edge, in [edge, next edge) …, and from the last edge on: one more than there are edges,
  /// which must ascend.
  [[nodiscard]] std::vector<std::uint64_t> histogram(std::span<const double> edges) const;
  /// True while each distinct value is known by itself.
  [[nodiscard]] bool exact() const;

 private:
  std::unique_ptr<evaluation::DistributionState> state_;
};

/// Cases by what was predicted (score at or above a threshold, or not) and what came true.
struct Confusion {
  std::uint64_t truePositives = 0, falsePositives = 0, trueNegatives = 0, falseNegatives = 0;

  [[nodiscard]] std::uint64_t cases() const noexcept {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }
  [[nodiscard]] double accuracy() const noexcept;     ///< right answers, of all
  [[nodiscard]] double precision() const noexcept;    ///< events, of those predicted
  [[nodiscard]] double recall() const noexcept;       ///< predicted, of all events
  [[nodiscard]] double specificity() const noexcept;  ///< not predicted, of all that are no events
  [[nodiscard]] double f1() const noexcept;           ///< harmonic mean of precision and recall
  [[nodiscard]] double mcc() const noexcept;  ///< correlation of prediction and outcome (Matthews 1975), -1 to 1
};

/// What a case of each kind brings in, in any one currency; costs are negative.
struct Payoff {
  double truePositive = 0, falsePositive = 0, trueNegative = 0, falseNegative = 0;
  [[nodiscard]] double of(const Confusion& confusion) const noexcept;
};

/// The scores of one event (a class against all others) and whether it came true.
class BinaryEvaluation {
 public:
  explicit BinaryEvaluation(Resolution resolution = {});
  ~BinaryEvaluation();
  BinaryEvaluation(BinaryEvaluation&&) noexcept;
  BinaryEvaluation& operator=(BinaryEvaluation&&) noexcept;

  /// One case. `outcome`: 1 the event, 0 none, anything else is not known. A score that is not finite is missing.
  void add(double score, double outcome);
  /// Refused where the resolutions differ.
  [[nodiscard]] Expected<void> merge(const BinaryEvaluation& other);

  /// `rows` is the sum of the other four.
  struct Counts {
    std::uint64_t rows = 0, events = 0, nonEvents = 0, missingPredictions = 0, missingOutcomes = 0;
    [[nodiscard]] std::uint64_t cases() const noexcept { return events + nonEvents; }  ///< that can be evaluated
  };
  [[nodiscard]] const Counts& counts() const noexcept;
  /// True while each distinct score is known by itself; else `aucBound` says how far that carries.
  [[nodiscard]] bool exact() const;

  /// Chance that an event scores above a non-event, ties counting half (Mann–Whitney), 0 to 1.
  [[nodiscard]] double auc() const;
  /// Of `auc` (DeLong, DeLong and Clarke-Pearson 1988).
  [[nodiscard]] double aucStandardError() const;
  /// `auc` is off by no more than this: half the share of pairs that were put together. 0 while `exact()`.
  [[nodiscard]] double aucBound() const;
  /// Largest difference between the distributions of scores of events and non-events (Kolmogorov–Smirnov), 0 to 1.
  [[nodiscard]] double ks() const;

  // For scores that are probabilities; NaN if one of an evaluated case is below 0 or above 1.
  /// Mean squared difference of probability and outcome (Brier 1950), 0 to 1; 0 is best.
  [[nodiscard]] double brier() const;
  /// Mean of -log of the probability given to what came true, in nats; probabilities are kept 1e-15 away from 0 and 1.
  [[nodiscard]] double logLoss() const;
  [[nodiscard]] double meanScore() const;  ///< of the evaluated cases
  [[nodiscard]] double eventRate() const;  ///< share of events among the evaluated cases

  /// With this threshold: scores at or above it are predicted to be events.
  [[nodiscard]] Confusion at(double threshold) const;
  /// A point of the way from "none predicted" to "all predicted". ROC: falsePositives / nonEvents against
  /// truePositives / events. Gain: (truePositives + falsePositives) / cases against truePositives / events.
  struct Point {
    double threshold = 0;
    std::uint64_t truePositives = 0, falsePositives = 0;
  };
  /// By falling threshold, from infinity (nothing predicted) to the lowest score. All distinct scores, or where there
  /// are more, about `most` of them, spread along the ROC curve.
  [[nodiscard]] std::vector<Point> curve(std::size_t most = 400) const;

  /// The `cases` with the highest scores; of equal scores at the end a proportional part.
  struct Top {
    double cases = 0;   ///< at most all evaluated
    double events = 0;  ///< among them
    double share = 0;   ///< of all events, 0 to 1
    double lift = 0;    ///< times what as many cases taken by chance hold
  };
  [[nodiscard]] Top top(double cases) const;
  /// The fewest cases, taken from the highest score down, that hold this share (0 to 1) of all events.
  [[nodiscard]] Top topWith(double share) const;

  struct Group {
    std::uint64_t cases = 0, events = 0;
    double lowest = 0, highest = 0, meanScore = 0;  ///< scores
    double rate = 0;                                ///< events / cases
    double intervalLow = 0, intervalHigh = 0;       ///< of `rate`, 95 % (Wilson 1927)
  };
  /// Calibration: groups of equally many cases by score, lowest first. Equal scores stay together, in the group that
  /// the middle of them falls into; groups without a case are left out.
  [[nodiscard]] std::vector<Group> calibration(std::size_t groups = 10) const;
  /// The same in ranges of equal width of scores from 0 to 1: [0, 1/groups) …
  [[nodiscard]] std::vector<Group> reliability(std::size_t groups = 10) const;
  /// Expected calibration error of such groups: mean of |rate - meanScore|, weighted by cases (Naeini et al. 2015).
  [[nodiscard]] static double calibrationError(std::span<const Group> groups);

  /// The threshold with the highest payoff among the distinct scores and "none predicted" (infinity); of equals the
  /// highest.
  struct Best {
    double threshold = 0, payoff = 0;
    Confusion confusion;
  };
  [[nodiscard]] Best best(const Payoff& payoff) const;

  /// Scores by outcome, in ranges as of `Distribution::histogram`.
  struct Bin {
    std::uint64_t nonEvents = 0, events = 0, unknown = 0;
  };
  [[nodiscard]] std::vector<Bin> histogram(std::span<const double> edges) const;
  /// As `Distribution::quantile`, of all scores, whether or not their outcome is known.
  [[nodiscard]] double quantile(double p) const;

 private:
  std::unique_ptr<evaluation::BinaryState> state_;
};

/// Predicted and actual classes, by their numbers from 0.
class ClassEvaluation {
 public:
  static constexpr std::size_t kMost = 1000;  ///< classes; more are treated as not known
  explicit ClassEvaluation(std::size_t classes);
  ~ClassEvaluation();
  ClassEvaluation(ClassEvaluation&&) noexcept;
  ClassEvaluation& operator=(ClassEvaluation&&) noexcept;

  /// One case; a number that is no class is missing.
  void add(std::int64_t predicted, std::int64_t actual);
  /// Refused where there are not as many classes.
  [[nodiscard]] Expected<void> merge(const ClassEvaluation& other);

  /// `rows` is the sum of the other three.
  struct Counts {
    std::uint64_t rows = 0, cases = 0, missingPredictions = 0, missingOutcomes = 0;
  };
  [[nodiscard]] const Counts& counts() const noexcept;
  [[nodiscard]] std::size_t classes() const noexcept;
  [[nodiscard]] std::uint64_t cell(std::size_t actual, std::size_t predicted) const noexcept;
  [[nodiscard]] double accuracy() const noexcept;
  [[nodiscard]] double precision(std::size_t c) const noexcept;  ///< right, of those predicted to be `c`
  [[nodiscard]] double recall(std::size_t c) const noexcept;     ///< right, of those that are `c`

 private:
  std::unique_ptr<evaluation::ClassState> state_;
};

/// Predicted and actual numbers. A residual is actual minus predicted, as in PMML.
class RegressionEvaluation {
 public:
  /// `edges` part the predicted values into groups, as of `Distribution::histogram`; they are sorted, and what is equal
  /// or not finite is left out.
  explicit RegressionEvaluation(std::vector<double> edges = {}, Resolution resolution = {});
  ~RegressionEvaluation();
  RegressionEvaluation(RegressionEvaluation&&) noexcept;
  RegressionEvaluation& operator=(RegressionEvaluation&&) noexcept;

  /// One case; what is not finite is missing.
  void add(double predicted, double actual);
  /// Refused where edges or resolutions differ.
  [[nodiscard]] Expected<void> merge(const RegressionEvaluation& other);

  /// `rows` is the sum of the other three.
  struct Counts {
    std::uint64_t rows = 0, cases = 0, missingPredictions = 0, missingOutcomes = 0;
  };
  [[nodiscard]] const Counts& counts() const noexcept;
  // In the target's unit, but r2.
  [[nodiscard]] double mae() const;               ///< mean of |residual|
  [[nodiscard]] double maeStandardError() const;  ///< standard deviation of |residual| / √cases
  [[nodiscard]] double rmse() const;              ///< root of the mean squared residual
  [[nodiscard]] double bias() const;              ///< mean of predicted minus actual: above 0 it predicts too much
  [[nodiscard]] double maximumError() const noexcept;
  [[nodiscard]] double r2() const;  ///< 1 - squared residuals / squared differences from the mean; at most 1
  [[nodiscard]] double meanActual() const;
  /// Of the residuals.
  [[nodiscard]] const Distribution& residuals() const noexcept;

  /// Cases by predicted value, one group more than there are edges.
  struct Group {
    std::uint64_t cases = 0;
    double meanPredicted = 0, meanResidual = 0;
    double deviation = 0;  ///< standard deviation of the residuals (cases - 1)
  };
  [[nodiscard]] const std::vector<double>& edges() const noexcept;
  [[nodiscard]] std::vector<Group> groups() const;

 private:
  std::unique_ptr<evaluation::RegressionState> state_;
};

}  // namespace scorelet
