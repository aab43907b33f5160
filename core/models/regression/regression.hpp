// RegressionModel (spec: Regression).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "compile/model.hpp"
#include "models/normalization.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::regression {

using compile::kNoSlot;
using program::Frame;
using program::Slot;

/// Terms of one RegressionTable in document order; the sum is taken in that order.
struct Term {
  enum class Kind : std::uint8_t { numeric, categorical, product } kind;
  Slot slot = kNoSlot;
  double coefficient = 0;
  double exponent = 1;
  Value category = missing();
  /// Product: factors in `Table::factors`; first of a long run: its coefficients in `Table::byCategory`.
  std::uint32_t first = 0, count = 0;
  std::uint32_t run = 1;  ///< terms from here on that `addCategories` takes at once
};

struct Table final : program::Parts {
  double intercept = 0;
  std::vector<Term> terms;
  std::vector<Slot> factors;
  Value category = missing();
  std::vector<std::pair<Value, double>> byCategory;  ///< of each long run, sorted

  [[nodiscard]] program::Sum describe() const;
  [[nodiscard]] Value part(const Frame& frame, std::size_t row, std::uint32_t term) const override;
};

/// The linear predictors of all tables, then the normalization.
struct RegressionStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  std::vector<Table> tables;
  std::vector<Slot> outputs;  ///< one per table: predictor, then probability (or the predicted value)
  Normalization normalization = Normalization::none;
  bool isClassification = false, isOrdinal = false, isFloat = false;
  Slot winner = kNoSlot;
  DataType type = DataType::string;  ///< of the categories

  [[nodiscard]] double round(double x) const { return isFloat ? toFloat(x) : x; }
};

}  // namespace scorelet::models::regression
