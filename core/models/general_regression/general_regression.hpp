// GeneralRegressionModel (spec: General Regression) as it runs: one step for each kind of answer.
#pragma once

#include <memory>
#include <vector>

#include "models/general_regression/design.hpp"
#include "models/general_regression/link.hpp"

namespace scorelet::models::general_regression {

/// Variances and covariances of the coefficients, for the standard error of a linear predictor.
struct Covariance {
  struct Entry {
    std::uint32_t row, column;  ///< of the design
    double value;               ///< off the diagonal that of both halves
  };
  std::vector<Entry> entries;
  /// The standard error of Σ beta·x; the x are present.
  [[nodiscard]] Value error(const std::vector<double>& x) const;
};

/// One equation: regression, generalLinear and generalizedLinear with a continuous target.
struct MeanStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Design design;
  Equation equation;
  Link link;
  Slot offset = program::kNoSlot;  ///< added to the linear predictor
  Slot trials = program::kNoSlot;  ///< times the mean of one of them
  Covariance covariance;
  Slot value = program::kNoSlot;
  /// Made with a covariance only: the linear predictor, its standard error and that of the value.
  Slot predictor = program::kNoSlot, predictorError = program::kNoSlot, valueError = program::kNoSlot;
};

/// Classes: multinomialLogistic, ordinalMultinomial, and generalizedLinear with two categories.
struct ClassStep final : program::Step {
  enum class Kind : std::uint8_t { multinomial, ordinal, binary };
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Kind kind = Kind::multinomial;
  Design design;
  std::vector<Equation> equations;  ///< one per category; the reference category's is not asked
  std::size_t reference = 0;
  Link link;
  Slot offset = program::kNoSlot;
  std::vector<Slot> probabilities;
  Slot winner = program::kNoSlot;

 private:
  [[nodiscard]] Value predictors(const Frame& frame, std::size_t i) const;
  void normalize(const Frame& frame, std::size_t i) const;
};

/// The baseline cumulative hazard of one stratum: steps in the order of time.
struct Stratum {
  Value value = missing();
  double maxTime = 0;
  std::vector<std::pair<double, double>> steps;  ///< time, cumulative hazard
};

/// CoxRegression: the cumulative hazard at the end time.
struct CoxStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Design design;
  Equation equation;
  double reference = 0;  ///< Σ beta·referencePoint
  Slot endTime = program::kNoSlot;
  Slot stratum = program::kNoSlot;  ///< none: there is one
  std::vector<Stratum> strata;      ///< by value
  Slot value = program::kNoSlot;

 private:
  [[nodiscard]] const Stratum* stratumOf(Value v) const noexcept;
};

}  // namespace scorelet::models::general_regression
