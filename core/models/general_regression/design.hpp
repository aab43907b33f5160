// The design of a GeneralRegressionModel: what a record contributes to each parameter (spec: General Regression).
#pragma once

#include <vector>

#include "program/wiring.hpp"

namespace scorelet::models::general_regression {

using program::Frame;
using program::Slot;

/// The share of one predictor in one parameter: a cell of the PPMatrix.
struct Cell {
  enum class Kind : std::uint8_t {
    factor,     ///< 1 where the field is `number`, else 0
    contrast,   ///< the field's code in a column of its contrast matrix
    covariate,  ///< the field to the power of `number`
  };
  Kind kind = Kind::factor;
  Slot slot = program::kNoSlot;
  double number = 0;
  std::uint32_t first = 0, count = 0;  ///< contrast: in `Design::codes`
};

struct Contrast {
  Value category;
  double code;
};

/// One x of the linear predictors: the product of its cells, 1 without any (an intercept).
struct Row {
  std::uint32_t first = 0, count = 0;
};

struct Term {
  std::uint32_t row;
  double beta;
};

/// Σ beta·x of one target category, or of the only response.
struct Equation {
  Value category = missing();
  std::vector<Term> terms;

  [[nodiscard]] std::size_t bytes() const noexcept { return terms.size() * sizeof(Term); }
};

struct Design final : program::Parts {
  std::vector<Cell> cells;
  std::vector<Contrast> codes;
  std::vector<Row> rows;
  bool isFloat = false;

  [[nodiscard]] double round(double x) const noexcept { return isFloat ? toFloat(x) : x; }
  /// The linear predictor for explanations: each x a product of cells.
  [[nodiscard]] program::Sum describe(const Equation& equation, Slot offset) const;
  [[nodiscard]] Value part(const Frame& frame, std::size_t row, std::uint32_t cell) const override {
    return share(cells[cell], frame.at(cells[cell].slot)[row]);
  }
  /// Every x of record `i`. A predictor that is missing or invalid makes it so.
  void evaluate(const Frame& frame, std::size_t i, std::vector<double>& x) const;
  [[nodiscard]] Value predictor(const Equation& equation, const std::vector<double>& x) const;
  [[nodiscard]] Value plus(Value y, Value offset) const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept {
    return cells.size() * sizeof(Cell) + codes.size() * sizeof(Contrast) + rows.size() * sizeof(Row);
  }

 private:
  [[nodiscard]] Value share(const Cell& cell, Value v) const;
};

/// Of two values that are not both present, the one that decides: invalid before missing.
[[nodiscard]] inline Value hole(Value a, Value b) noexcept {
  return isInvalid(a) ? a : isInvalid(b) ? b : isPresent(a) ? b : a;
}
[[nodiscard]] inline bool arePresent(Value a, Value b) noexcept { return isPresent(a) && isPresent(b); }

}  // namespace scorelet::models::general_regression
