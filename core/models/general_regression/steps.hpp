// The steps of a GeneralRegressionModel.
#pragma once

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

  /// The standard error of Σ beta·x. The x may have holes where no coefficient asks for them.
  [[nodiscard]] Value error(const std::vector<double>& x) const;
};

/// regression, generalLinear and generalizedLinear with a continuous target.
struct MeanStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
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

 private:
  [[nodiscard]] Value count(Value mean, Value n) const;
};

/// Models with classes.
struct ClassStep final : program::Step {
  enum class Kind : std::uint8_t { multinomial, ordinal, binary };
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Kind kind = Kind::multinomial;
  Design design;
  std::vector<Equation> equations;  ///< one per category; the reference category's is not asked
  std::size_t reference = 0;
  Link link;
  Slot offset = program::kNoSlot;
  std::vector<Slot> probabilities;
  Slot winner = program::kNoSlot;
  DataType type = DataType::string;  ///< of the categories

 private:
  [[nodiscard]] Value predictors(const Frame& frame, std::size_t i) const;
  void normalize(const Frame& frame, std::size_t i) const;
};

}  // namespace scorelet::models::general_regression
