#include "models/general_regression/design.hpp"

#include "base/math.hpp"

namespace scorelet::models::general_regression {

Value Design::share(const Cell& cell, Value v) const {
  if (!isPresent(v)) return v;
  switch (cell.kind) {
    case Cell::Kind::factor: return v == cell.number ? 1 : 0;
    case Cell::Kind::covariate: return cell.number == 1 ? v : checked(round(dm::pow(v, cell.number)));
    case Cell::Kind::contrast: break;
  }
  for (std::uint32_t c = cell.first; c < cell.first + cell.count; ++c)
    if (codes[c].category == v) return codes[c].code;
  return missing();  // a category that the matrix has no row for
}

void Design::evaluate(const Frame& frame, std::size_t i, std::vector<double>& x) const {
  x.resize(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Value product = 1;
    for (std::uint32_t c = rows[r].first; c < rows[r].first + rows[r].count; ++c) {
      const Value v = share(cells[c], frame.at(cells[c].slot)[i]);
      product = arePresent(product, v) ? checked(round(product * v)) : hole(product, v);
    }
    x[r] = product;
  }
}

Value Design::predictor(const Equation& equation, const std::vector<double>& x) const {
  Value y = 0;
  for (const Term& term : equation.terms) {
    const Value v = x[term.row];
    y = plus(y, isPresent(v) ? checked(round(term.beta * v)) : v);
  }
  return y;
}

Value Design::plus(Value y, Value offset) const noexcept {
  return arePresent(y, offset) ? checked(round(y + offset)) : hole(y, offset);
}

}  // namespace scorelet::models::general_regression
