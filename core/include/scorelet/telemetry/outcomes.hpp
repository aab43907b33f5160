// How good predictions were, kept in a few kilobytes a day, and whether a challenger is better than a champion.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <scorelet/evaluation.hpp>

namespace scorelet::telemetry {

/// A prediction whose outcome is known, as far as it can be judged.
struct JudgedCase {
  std::optional<double> probability;  ///< of the event
  bool isEvent = false;
  std::optional<bool> isRight;                       ///< the class that was predicted
  std::optional<double> predicted, actual;           ///< numbers
  [[nodiscard]] std::optional<double> loss() const;  ///< squared difference (Brier); wrong class; squared error
};

/// Probabilities are kept to 12 binary digits, which moves Brier scores and AUC by less than 0.0003; so windows of
/// parts merge to the window of the whole. Sums of errors of numbers are merged to rounding.
class OutcomeSummary {
 public:
  void add(const JudgedCase& judged);
  void merge(const OutcomeSummary& other);

  [[nodiscard]] std::uint64_t cases() const noexcept { return cases_; }
  [[nodiscard]] bool hasProbabilities() const noexcept { return !scores_.empty(); }
  /// Of the cases with a probability.
  [[nodiscard]] BinaryEvaluation binary() const;

  /// A figure with its 95 % range; NaN where it is not defined.
  struct Figure {
    double value, low, high;
  };
  [[nodiscard]] Figure auc() const;       ///< range: DeLong
  [[nodiscard]] Figure brier() const;     ///< range of a mean
  [[nodiscard]] Figure accuracy() const;  ///< range: Wilson
  [[nodiscard]] Figure rmse() const;      ///< range: from that of the mean squared error
  [[nodiscard]] Figure mae() const;
  [[nodiscard]] double bias() const;  ///< mean of predicted minus actual

  /// Losses (see `JudgedCase::loss`): their number, sum and sum of squares.
  struct Losses {
    double count = 0, sum = 0, squares = 0;
    void add(double x) { ++count, sum += x, squares += x * x; }
    void merge(const Losses& o) { count += o.count, sum += o.sum, squares += o.squares; }
    [[nodiscard]] double mean() const noexcept { return sum / count; }
    [[nodiscard]] double variance() const noexcept;  ///< divided by count
  };
  [[nodiscard]] const Losses& losses() const noexcept { return losses_; }

  void save(std::string& out) const;
  [[nodiscard]] static std::optional<OutcomeSummary> read(std::string_view bytes);

 private:
  std::uint64_t cases_ = 0, classes_ = 0, right_ = 0;
  std::map<float, std::array<std::uint64_t, 2>> scores_;  // counts of no event and event
  double numbers_ = 0, errors_ = 0, absolute_ = 0, squared_ = 0, fourth_ = 0;
  Losses losses_;
};

/// A difference with a range that holds at every look: one may look each day and stop at any of them, and is misled
/// once in 20 streams at most.
struct SequentialDifference {
  double difference = 0, low = 0, high = 0;
  [[nodiscard]] bool isPositive() const noexcept { return low > 0; }
  [[nodiscard]] bool isNegative() const noexcept { return high < 0; }
};
/// From differences of pairs. Asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52, 2024,
/// theorem 2.2), with its rho such that it is narrowest at 1,000 pairs. Undefined (NaN) below 50.
[[nodiscard]] SequentialDifference sequentialDifference(const OutcomeSummary::Losses& pairs);
/// From losses of different cases: first minus second. Each side has a sequence at half the risk.
[[nodiscard]] SequentialDifference sequentialDifference(const OutcomeSummary::Losses& first,
                                                        const OutcomeSummary::Losses& second);

}  // namespace scorelet::telemetry
