// Linear predictors and their links.
#include <algorithm>

#include "base/math.hpp"
#include "models/regression/regression.hpp"
#include "models/row_sums.hpp"

namespace scorelet::models::regression {

namespace {

double power(double x, double exponent) { return exponent == 1 ? x : exponent == 2 ? x * x : dm::pow(x, exponent); }

/// The run of categories of one field that begins with a term.
template <bool isFloat, bool isOneRow>
void addCategories(const Table& table, std::size_t begin, const Frame& frame, double* y) {
  constexpr double kNothing = -0.0;  // changes no sum
  const Term& first = table.terms[begin];
  const double* x = frame.at(first.slot);
  const std::size_t n = isOneRow ? 1 : frame.n;
  double contribution[isOneRow ? 1 : program::kChunk];
  std::fill_n(contribution, n, kNothing);
  if (first.count != 0) {
    const std::span sorted = std::span(table.byCategory).subspan(first.first, first.count);
    for (std::size_t i = 0; i < n; ++i) {
      const auto at = std::ranges::lower_bound(sorted, x[i], {}, &std::pair<Value, double>::first);
      if (at != sorted.end() && at->first == x[i]) contribution[i] = at->second;
    }
  } else {
    for (const Term& term : std::span(table.terms).subspan(begin, first.run)) {
      const double category = term.category, coefficient = term.coefficient;
      for (std::size_t i = 0; i < n; ++i) {
        const double other = contribution[i];
        contribution[i] = x[i] == category ? coefficient : other;
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) y[i] = rounded<isFloat>(y[i] + contribution[i]);
  for (std::size_t i = 0; i < n; ++i)
    if (isInvalid(x[i])) y[i] = x[i];
}

/// The sum of one row with its missing and invalid values.
template <bool isFloat>
Value carefully(const Table& table, const Frame& frame, std::size_t i) {
  constexpr auto r = rounded<isFloat>;
  Value y = r(table.intercept);
  for (const Term& term : table.terms) {
    double contribution = term.coefficient;
    if (term.kind == Term::Kind::product) {
      for (std::uint32_t f = 0; f < term.count; ++f) {
        const Value x = frame.at(table.factors[term.first + f])[i];
        if (isPresent(x) && isPresent(contribution))
          contribution = checked(r(contribution * x));
        else if (isPresent(contribution) || (isMissing(contribution) && isInvalid(x)))
          contribution = x;
      }
    } else {
      const Value x = frame.at(term.slot)[i];
      if (term.kind == Term::Kind::categorical) {
        // A missing category contributes nothing (spec: CategoricalPredictor).
        if (isInvalid(x))
          contribution = x;
        else if (!(x == term.category))
          continue;
      } else {
        contribution = isPresent(x) ? checked(r(term.coefficient * r(power(x, term.exponent)))) : x;
      }
    }
    if (!isPresent(y)) {
      if (isMissing(y) && isInvalid(contribution)) y = contribution;
    } else {
      y = isPresent(contribution) ? checked(r(y + contribution)) : contribution;
    }
  }
  return y;
}

/// Sums as if all values were numbers; where one is not, the sum is none either, and is then taken with care.
/// Each apart: together they would have too few registers.
template <bool isFloat, bool isOneRow>
[[gnu::noinline]] void predictor(const Table& table, const Frame& frame, double* out) {
  const std::size_t n = isOneRow ? 1 : frame.n;
  double own;  // a lane could be one of those that are read: a sum of its own stays in a register
  double* const y = isOneRow ? &own : out;
  constexpr auto r = rounded<isFloat>;
  for (std::size_t i = 0; i < n; ++i) y[i] = r(table.intercept);
  for (std::size_t t = 0; t < table.terms.size(); t += table.terms[t].run) {
    const Term& term = table.terms[t];
    const double c = term.coefficient;
    if (term.kind == Term::Kind::categorical) {
      addCategories<isFloat, isOneRow>(table, t, frame, y);
    } else if (term.kind == Term::Kind::product) {
      double product[isOneRow ? 1 : program::kChunk];
      std::fill_n(product, n, c);
      for (std::uint32_t f = 0; f < term.count; ++f) {
        const double* x = frame.at(table.factors[term.first + f]);
        for (std::size_t i = 0; i < n; ++i) product[i] = r(product[i] * x[i]);
      }
      for (std::size_t i = 0; i < n; ++i) y[i] = r(y[i] + product[i]);
    } else {
      const double* x = frame.at(term.slot);
      if (term.exponent == 1)
        for (std::size_t i = 0; i < n; ++i) y[i] = r(y[i] + r(c * r(x[i])));
      else
        for (std::size_t i = 0; i < n; ++i)
          y[i] = r(y[i] + r(c * r(isPresent(x[i]) ? power(x[i], term.exponent) : x[i])));
    }
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = isPresent(y[i]) ? y[i] : carefully<isFloat>(table, frame, i);
}

void predictor(bool isFloat, const Table& table, const Frame& frame, double* y) {
  if (frame.n == 1)
    isFloat ? predictor<true, true>(table, frame, y) : predictor<false, true>(table, frame, y);
  else
    isFloat ? predictor<true, false>(table, frame, y) : predictor<false, false>(table, frame, y);
}

/// The tables' predictors of row `i` become probabilities in place.
void normalize(const RegressionStep& step, const Frame& frame, std::size_t i) {
  const std::size_t k = step.outputs.size();
  const Normalization normalization = step.normalization;
  const auto y = [&](std::size_t t) -> double& { return frame.at(step.outputs[t])[i]; };
  const auto round = [&](double x) { return step.round(x); };
  if (step.isOrdinal) {
    // Each table gives the cumulative probability up to its category; the last one is 1.
    double before = 0;
    for (std::size_t t = 0; t < k; ++t) {
      const double cumulative = t + 1 == k ? 1 : inverseLink(normalization, y(t));
      y(t) = round(cumulative - before);
      before = cumulative;
    }
  } else if (normalization == Normalization::softmax) {
    double most = y(0), sum = 0;
    for (std::size_t t = 1; t < k; ++t) most = std::max(most, y(t));
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + (y(t) = round(dm::exp(round(y(t) - most)))));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  } else if (normalization == Normalization::simplemax) {
    double sum = 0;
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + y(t));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  } else if (k == 2 || normalization == Normalization::none) {
    // The last category closes the sum.
    double rest = 1;
    for (std::size_t t = 0; t + 1 < k; ++t) {
      y(t) = round(inverseLink(normalization, y(t)));
      rest = round(rest - y(t));
    }
    y(k - 1) = rest;
  } else {
    // One against the rest for each of several categories: shares of the inverse links' sum.
    double sum = 0;
    for (std::size_t t = 0; t < k; ++t) sum = round(sum + (y(t) = round(inverseLink(normalization, y(t)))));
    for (std::size_t t = 0; t < k; ++t) y(t) = round(y(t) / sum);
  }
}

void classify(const RegressionStep& step, const Frame& frame) {
  const std::size_t k = step.outputs.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value hole = 0;
    for (std::size_t t = 0; t < k; ++t) {
      const Value y = frame.at(step.outputs[t])[i];
      if (!isPresent(y) && !isInvalid(hole)) hole = y;
    }
    if (isPresent(hole)) normalize(step, frame, i);
    Value best = hole;
    double most = -1;
    for (std::size_t t = 0; t < k; ++t) {
      double& p = frame.at(step.outputs[t])[i];
      if (!isPresent(hole))
        p = hole;
      else if (!isPresent(p))
        hole = best = p = invalid(Reason::notANumber);
      else if (p > most || t == 0)
        most = p, best = step.tables[t].category;
    }
    if (!isPresent(hole))
      for (std::size_t t = 0; t < k; ++t) frame.at(step.outputs[t])[i] = hole;
    frame.at(step.winner)[i] = best;
  }
}

}  // namespace

/// A term without its coefficient. A missing category contributes nothing.
Value Table::part(const Frame& frame, std::size_t row, std::uint32_t index) const {
  const Term& term = terms[index];
  const Value x = frame.at(term.slot)[row];
  if (term.kind == Term::Kind::categorical) return isInvalid(x) ? x : x == term.category ? 1 : 0;
  return isPresent(x) ? checked(power(x, term.exponent)) : x;
}

void RegressionStep::run(const Frame& frame) const {
  for (std::size_t t = 0; t < tables.size(); ++t) predictor(isFloat, tables[t], frame, frame.at(outputs[t]));
  if (isClassification)
    classify(*this, frame);
  else
    for (std::size_t i = 0; i < frame.n; ++i) {
      double& y = frame.at(outputs[0])[i];
      if (isPresent(y)) y = round(checked(inverseLink(normalization, y)));
    }
}

std::size_t RegressionStep::bytes() const noexcept {
  std::size_t n = 0;
  for (const Table& t : tables)
    n +=
        t.terms.size() * sizeof(Term) + t.factors.size() * sizeof(Slot) + t.byCategory.size() * sizeof(t.byCategory[0]);
  return n;
}

}  // namespace scorelet::models::regression
