// Sums of coefficients and their links.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "models/general_regression/steps.hpp"

namespace scorelet::models::general_regression {

Value Covariance::error(const std::vector<double>& x) const {
  double variance = 0;
  for (const Entry& e : entries) {
    if (!arePresent(x[e.row], x[e.column])) return hole(x[e.row], x[e.column]);
    variance += e.value * x[e.row] * x[e.column];
  }
  return variance >= 0 ? std::sqrt(variance) : invalid(Reason::notANumber);
}

void MeanStep::run(const Frame& frame) const {
  std::vector<double>& x = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    design.evaluate(frame, i, x);
    const Value y = design.plus(design.predictor(equation, x), frame.at(offset)[i]);
    const Value n = frame.at(trials)[i];
    const Value v = count(isPresent(y) ? design.round(checked(link.inverse(y))) : y, n);
    frame.at(value)[i] = v;
    if (covariance.entries.empty()) continue;
    const Value error = isPresent(v) ? covariance.error(x) : v;
    const Value slope = isPresent(v) ? link.slope(y) : v;
    frame.at(predictor)[i] = isPresent(v) ? y : v;
    frame.at(predictorError)[i] = error;
    frame.at(valueError)[i] =
        arePresent(slope, error) ? checked(design.round(std::fabs(slope) * error * n)) : hole(slope, error);
  }
}

std::size_t MeanStep::bytes() const noexcept {
  return design.bytes() + equation.bytes() + covariance.entries.size() * sizeof(Covariance::Entry);
}

Value MeanStep::count(Value mean, Value n) const {
  if (!arePresent(mean, n)) return hole(mean, n);
  return n >= 0 ? checked(design.round(mean * n)) : invalid(Reason::notANumber);
}

void ClassStep::run(const Frame& frame) const {
  const std::size_t k = probabilities.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value none = predictors(frame, i);
    if (isPresent(none)) normalize(frame, i);
    Value best = none;
    double most = 0;
    for (std::size_t c = 0; c < k && isPresent(none); ++c) {
      const double p = frame.at(probabilities[c])[i];
      if (!(p == p))
        none = best = isInvalid(p) ? p : invalid(Reason::notANumber);
      else if (c == 0 || p > most)
        most = p, best = equations[c].category;
    }
    if (!isPresent(none))
      for (const Slot p : probabilities) frame.at(p)[i] = none;
    frame.at(winner)[i] = best;
  }
}

/// The linear predictors in the lanes of the probabilities, the reference's 0; what is returned is present if all are.
Value ClassStep::predictors(const Frame& frame, std::size_t i) const {
  std::vector<double>& x = frame.buffers.numbers;
  design.evaluate(frame, i, x);
  const Value o = frame.at(offset)[i];
  Value none = 0;
  for (std::size_t c = 0; c < equations.size(); ++c) {
    const Value y = c == reference ? 0 : design.plus(design.predictor(equations[c], x), o);
    frame.at(probabilities[c])[i] = y;
    if (!arePresent(none, y)) none = hole(none, y);
  }
  return none;
}

void ClassStep::normalize(const Frame& frame, std::size_t i) const {
  const std::size_t k = probabilities.size();
  const auto lane = [&](std::size_t c) -> double& { return frame.at(probabilities[c])[i]; };
  switch (kind) {
    case Kind::multinomial: {
      double most = lane(0), sum = 0;
      for (std::size_t c = 1; c < k; ++c) most = std::max(most, lane(c));
      for (std::size_t c = 0; c < k; ++c) {
        lane(c) = design.round(dm::exp(design.round(lane(c) - most)));
        sum = design.round(sum + lane(c));
      }
      for (std::size_t c = 0; c < k; ++c) lane(c) = design.round(lane(c) / sum);
      break;
    }
    case Kind::ordinal: {
      // Each category but the last gives the cumulative probability up to itself.
      double before = 0;
      for (std::size_t c = 0; c < k; ++c) {
        const double cumulative = c == reference ? 1 : design.round(link.inverse(lane(c)));
        lane(c) = design.round(cumulative - before);
        before = cumulative;
      }
      break;
    }
    case Kind::binary: {
      const double p = design.round(link.inverse(lane(1 - reference)));
      lane(1 - reference) = p;
      lane(reference) = design.round(1 - p);
      break;
    }
  }
}

std::size_t ClassStep::bytes() const noexcept {
  std::size_t n = design.bytes();
  for (const Equation& e : equations) n += sizeof(Equation) + e.bytes();
  return n;
}

}  // namespace scorelet::models::general_regression
